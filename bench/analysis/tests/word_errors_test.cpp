#include "bench/analysis/word_errors.hpp"

#include "bench/analysis/tests/calls.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::bench {
namespace {

EvaluatedCall longCall(const std::string& id) {
    EvaluatedCall call = callOf(id);
    for (int i = 0; i < 2000; ++i) call.input.turns[1].text += " mot" + std::to_string(i);
    return call;
}

WordErrorMix only(int WordErrorMix::*kind) {
    WordErrorMix mix{0, 0, 0, 0, 0};
    mix.*kind = 1;
    return mix;
}

TEST(WordErrors, StrikeTheShareOfWordsThatIsAskedFor) {
    const std::vector<EvaluatedCall> calls = {longCall("a1")};
    const auto degraded = WordErrors{calls, 0.15}.degrade(calls[0].input, 1);
    EXPECT_EQ(degraded.words, 2011u);
    EXPECT_NEAR(static_cast<double>(degraded.errors) / static_cast<double>(degraded.words), 0.15, 0.03);
    EXPECT_NE(degraded.call, calls[0].input);
}

TEST(WordErrors, AreTheSameForASeedWhateverElseIsDegraded) {
    const std::vector<EvaluatedCall> calls = {longCall("a1"), longCall("a2")};
    const WordErrors errors{calls, 0.15};
    const auto once = errors.degrade(calls[1].input, 3).call;
    errors.degrade(calls[0].input, 3);
    EXPECT_EQ(errors.degrade(calls[1].input, 3).call, once);
    EXPECT_NE(errors.degrade(calls[1].input, 4).call.turns, once.turns);
    EXPECT_NE(errors.degrade(calls[0].input, 3).call.turns, once.turns);
}

TEST(WordErrors, LeaveSpeakersTimesAndIdAlone) {
    const std::vector<EvaluatedCall> calls = {callOf("a1")};
    const auto degraded = WordErrors{calls, 1}.degrade(calls[0].input, 1).call;
    EXPECT_EQ(degraded.id, "a1");
    ASSERT_EQ(degraded.turns.size(), 3u);
    EXPECT_EQ(degraded.turns[1].speaker, protocol::Speaker::Customer);
    EXPECT_EQ(degraded.turns[1].t0, 3);
}

struct Row {
    const char* name;
    int WordErrorMix::*kind;
    const char* heard;  // of "un un": every word of the set is that one
};
class WordErrorKind : public testing::TestWithParam<Row> {};
TEST_P(WordErrorKind, DoesWhatItsNameSays) {
    EvaluatedCall call = callOf("a1");
    call.input.turns = {{protocol::Speaker::Agent, 0, 1, "un un"}};
    const WordErrors errors{{call}, 1, only(GetParam().kind)};
    EXPECT_EQ(errors.degrade(call.input, 1).call.turns[0].text, GetParam().heard);
}
INSTANTIATE_TEST_SUITE_P(Rows, WordErrorKind,
                         testing::Values(Row{"Substituted", &WordErrorMix::substituted, "un un"},
                                         Row{"Deleted", &WordErrorMix::deleted, ""},
                                         Row{"Inserted", &WordErrorMix::inserted, "un un un un"},
                                         Row{"Doubled", &WordErrorMix::doubled, "un un un un"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(MangledWord, IsAnotherOneAndStillUtf8) {
    std::mt19937_64 random{5};
    for (const char* word : {"é", "a", "7", "réseau", "0612", "aa", "œœ"})
        for (int i = 0; i < 200; ++i) {
            const std::string other = mangled(word, random);
            EXPECT_NE(other, word);
            EXPECT_FALSE(other.empty());
            EXPECT_NE(static_cast<unsigned char>(other[0]) & 0xC0, 0x80);
        }
}

TEST(ScaledCall, HasTheTurnsThatAreAskedForInTheOrderOfTime) {
    const auto call = callOf("a1").input;
    for (const std::size_t turns : {0u, 2u, 3u, 40u}) {
        const auto scaled = withTurns(call, turns);
        ASSERT_EQ(scaled.turns.size(), turns);
        for (std::size_t i = 1; i < turns; ++i) EXPECT_GT(scaled.turns[i].t0, scaled.turns[i - 1].t0);
        if (turns > 0) {
            EXPECT_EQ(scaled.durationS, scaled.turns.back().t1);
        }
    }
    EXPECT_EQ(withTurns(call, 40).turns[39].text, call.turns[0].text);
}

}  // namespace
}  // namespace ninja3cx::bench
