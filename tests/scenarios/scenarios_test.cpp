#include "tests/scenarios/player.hpp"
#include "tests/scenarios/timeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <ostream>
#include <set>

namespace ninja3cx::scenarios {
namespace {

constexpr const char* kFolder = "tests/scenarios/rows";

/// A row, or why there is none.
struct Entry {
    std::string file;
    std::string problem;
    Row row;
};
void PrintTo(const Entry& entry, std::ostream* out) {
    *out << entry.file << ": \"" << entry.row.name << '"';
}

std::vector<Entry> allRows() {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& file : std::filesystem::directory_iterator{kFolder, missing})
        if (file.path().extension() == ".json") files.push_back(file.path());
    std::ranges::sort(files);
    std::vector<Entry> entries;
    for (const auto& file : files) {
        auto rows = readRows(file);
        if (!rows) {
            entries.push_back({file.filename(), rows.error().detail, {}});
            entries.back().row.name = file.stem().string() + " cannot be read";
            continue;
        }
        for (Row& row : *rows) entries.push_back({file.filename(), "", std::move(row)});
    }
    return entries;
}

/// "a call is answered" as a test's name: ACallIsAnswered.
std::string testNameOf(const std::string& name) {
    std::string out;
    bool isStart = true;
    for (const char c : name) {
        const bool isLetter = std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (isLetter) out += isStart ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        isStart = !isLetter;
    }
    return out;
}

class Scenario : public testing::TestWithParam<Entry> {};

TEST_P(Scenario, GoesAsWritten) {
    const auto& [file, problem, row] = GetParam();
    ASSERT_EQ(problem, "");
    SCOPED_TRACE(file + ": \"" + row.name + "\"");
    const auto played = play(row);
    ASSERT_TRUE(played) << played.error().detail;
    std::vector<Told> told = played->told;
    if (row.leavesLinkOut) std::erase_if(told, [](const Told& one) { return one.text.starts_with("link "); });
    if (const auto difference = differenceOf(row.timeline, told))
        ADD_FAILURE() << *difference << "the server's log:\n" << played->log;
    for (const std::string& fault : played->faults) ADD_FAILURE() << fault << "\n" << played->log;
    for (const std::string& words : row.log)
        EXPECT_NE(played->log.find(words), std::string::npos) << "the log lacks '" << words << "':\n"
                                                              << played->log;
    for (const auto& [route, most] : row.atMostRequests) {
        const auto asked = played->requests.find(route);
        EXPECT_LE(asked == played->requests.end() ? 0 : asked->second, most) << route;
    }
}

INSTANTIATE_TEST_SUITE_P(Rows, Scenario, testing::ValuesIn(allRows()),
                         [](const auto& info) { return testNameOf(info.param.row.name); });

TEST(Scenarios, AreFortyOrMoreWithNamesOfTheirOwn) {
    std::set<std::string> names;
    for (const Entry& entry : allRows())
        EXPECT_TRUE(names.insert(testNameOf(entry.row.name)).second) << entry.row.name;
    EXPECT_GE(names.size(), 40U);
}

}  // namespace
}  // namespace ninja3cx::scenarios
