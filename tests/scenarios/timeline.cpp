#include "tests/scenarios/timeline.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace ninja3cx::scenarios {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTenth{100};

std::optional<milliseconds> readSeconds(std::string_view text) {
    double seconds = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (failure != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
    return milliseconds{std::llround(seconds * 1000)};
}

bool fits(const Result<ExpectedLine>& expected, const Told& told) {
    return expected && told.text == expected->text && told.at >= expected->from &&
           told.at < expected->to + kTenth;
}

}  // namespace

Result<ExpectedLine> readLine(const std::string& line) {
    std::istringstream words{line};
    std::string time;
    words >> time;
    const std::size_t dash = time.find('-');
    const auto from = readSeconds(std::string_view{time}.substr(0, dash));
    const auto to = dash == std::string::npos ? from : readSeconds(std::string_view{time}.substr(dash + 1));
    if (!from || !to)
        return Error{ErrorKind::BadMessage,
                     "'" + line + "' does not begin with a time, as \"5.0 201 connected\""};
    ExpectedLine expected{*from, *to, {}};
    for (std::string word; words >> word;) expected.text += (expected.text.empty() ? "" : " ") + word;
    return expected;
}

std::optional<std::string> differenceOf(const std::vector<std::string>& expected,
                                        const std::vector<Told>& told) {
    std::ostringstream text;
    const std::size_t both = std::max(expected.size(), told.size());
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < both; ++i) {
        const bool isExpected = i < expected.size();
        const bool isTold = i < told.size();
        const auto line = isExpected ? readLine(expected[i]) : Result<ExpectedLine>{ExpectedLine{}};
        if (!line) return "line " + std::to_string(i + 1) + ": " + line.error().detail;
        if (isExpected && isTold && fits(line, told[i])) continue;
        first = i;
        text << "line " << i + 1 << "\n  expected: " << (isExpected ? expected[i] : "nothing more")
             << "\n  got:      " << (isTold ? lineOf(told[i]) : "nothing more") << "\n";
        break;
    }
    if (!first) return std::nullopt;
    text << "all that was told, as a row writes it:\n";
    for (std::size_t i = 0; i < told.size(); ++i)
        text << (i == *first ? "> " : "  ") << '"' << lineOf(told[i]) << '"'
             << (i + 1 < told.size() ? ",\n" : "\n");
    return text.str();
}

}  // namespace ninja3cx::scenarios
