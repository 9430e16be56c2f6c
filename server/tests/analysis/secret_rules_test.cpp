#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/personal_data/secrets.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// The turns of a rule's example, and where its secret stands.
struct Example {
    std::vector<std::string> turns;
    std::size_t line = 0;
    std::string secret;
};
Example readExample(std::string_view written) {
    Example example;
    while (!written.empty()) {
        const std::size_t end = std::min(written.find(" | "), written.size());
        std::string turn{written.substr(0, end)};
        written.remove_prefix(std::min(end + 3, written.size()));
        if (const std::size_t open = turn.find('{'); open != std::string::npos) {
            const std::size_t close = turn.find('}');
            example.line = example.turns.size();
            example.secret = turn.substr(open + 1, close - open - 1);
            turn.replace(open, close - open + 1, example.secret);
        }
        example.turns.push_back(std::move(turn));
    }
    return example;
}

/// The secrets of the example's line, as they are said there.
std::vector<std::string> secretsIn(const Example& example, std::string_view leftOut) {
    const protocol::AnalysisInput input = talk(example.turns, "fr");
    Conversation conversation = readConversation(input);
    for (Line& line : conversation.lines) line.words = mendedNumbers(line.words);
    const Line& line = conversation.lines[example.line];
    std::vector<std::string> found;
    for (const Secret& secret : SecretFinder{conversation, leftOut}.in(example.line)) {
        const auto begin = static_cast<std::size_t>(line.words[secret.first].begin);
        const auto end = static_cast<std::size_t>(line.words[secret.last - 1].end);
        found.emplace_back(line.text.substr(begin, end - begin));
    }
    return found;
}

TEST(SecretRules, EachFindsWhatNoOtherDoes) {
    for (const SecretRule& rule : SecretFinder::rules()) {
        SCOPED_TRACE(rule.name);
        const Example example = readExample(rule.example);
        const std::vector<std::string> secret{example.secret};
        EXPECT_EQ(secretsIn(example, {}), secret);
        EXPECT_NE(secretsIn(example, rule.name), secret);
    }
}

TEST(SecretRules, HaveNamesOfTheirOwn) {
    std::vector<std::string_view> names;
    for (const SecretRule& rule : SecretFinder::rules()) names.push_back(rule.name);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
    EXPECT_FALSE(names.empty());
}

}  // namespace
}  // namespace ninja3cx::analysis
