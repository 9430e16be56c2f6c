#include "bench/word_score.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

protocol::Utterance utterance(protocol::Speaker channel, std::int64_t startMs, std::int64_t endMs,
                              std::string text) {
    protocol::Utterance one;
    one.channel = channel;
    one.startMs = startMs;
    one.endMs = endMs;
    one.text = std::move(text);
    return one;
}

TEST(WordErrors, CountWordsLeftOutPutInAndReplaced) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(wordErrors({}, {}), 0U);
    EXPECT_EQ(wordErrors({"le", "poste", "plante"}, {"le", "poste", "plante"}), 0U);
    EXPECT_EQ(wordErrors({"le", "poste", "plante"}, {"le", "poste"}), 1U);
    EXPECT_EQ(wordErrors({"le", "poste"}, {"le", "vieux", "poste"}), 1U);
    EXPECT_EQ(wordErrors({"le", "poste", "plante"}, {"la", "poste", "chante"}), 2U);
    EXPECT_EQ(wordErrors({"a", "b", "c"}, {}), 3U);
    EXPECT_EQ(wordErrors({}, Words{"a", "b"}), 2U);
    EXPECT_EQ(wordErrors({"a", "b", "c"}, {"b", "c", "a"}), 2U);
}

TEST(WordScore, TellsRatesOfAllThatWasAdded) {
    WordScore score = scoreWords("Bonjour, mon poste plante.", "bonjour mon poste chante");
    EXPECT_EQ(score.words, 4U);
    EXPECT_DOUBLE_EQ(score.wer(), 0.25);
    EXPECT_DOUBLE_EQ(score.recall(), 0.75);
    EXPECT_DOUBLE_EQ(score.streamingCostPoints(), 0) << "nothing to compare with";
    EXPECT_FALSE(score.json().contains("baselineWer"));

    WordScore other = scoreWords("Merci beaucoup à vous.", "");
    other.baselineErrors = 2;
    other.baselineRecalled = 2;
    score.add(other);
    EXPECT_EQ(score.words, 8U);
    EXPECT_DOUBLE_EQ(score.wer(), 5.0 / 8);
    EXPECT_DOUBLE_EQ(score.streamingCostPoints(), 100 * 3.0 / 8);
    EXPECT_DOUBLE_EQ(score.json().at("baselineRecall").as_double(), 0.25);
}

TEST(WordsOutsideTurns, StandWhereTheSpeakerOfTheScriptIsSilent) {
    SampleCall call;
    call.turns = {{0, 1, 3, "un deux"}, {1, 4, 8, "trois quatre"}};
    using enum protocol::Speaker;
    EXPECT_EQ(wordsOutsideTurns(call, 0, {utterance(Agent, 800, 3'200, "un deux trois quatre")}), 0U);
    EXPECT_EQ(wordsOutsideTurns(call, 0, {utterance(Agent, 4'200, 8'000, "trois quatre")}), 2U);
    EXPECT_EQ(wordsOutsideTurns(call, 0, {utterance(Customer, 1'000, 2'000, "un deux")}), 0U);
    EXPECT_EQ(wordsOutsideTurns(call, 1, {utterance(Customer, 1'000, 2'000, "un deux")}), 2U);
    // Half of a long utterance lies behind the turn.
    EXPECT_EQ(wordsOutsideTurns(call, 0, {utterance(Agent, 1'000, 5'600, "un deux trois quatre")}), 2U);
}

}  // namespace
}  // namespace ninja3cx::bench
