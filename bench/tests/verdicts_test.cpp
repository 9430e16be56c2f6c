#include "bench/verdicts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Growth kFlat{500, 505};
constexpr Growth kSteady{900, 980};

TEST(Verdict, OfSpeechWantsEverySoundTurnAndRuleKept) {
    EXPECT_THAT(failsOfSpeech({}), IsEmpty());
    LiveResult result;
    result.droppedAudio = std::chrono::milliseconds{40};
    EXPECT_THAT(failsOfSpeech(result), ElementsAre("40 ms of sound were dropped"));
    result = {};
    result.texts.finalsLost = 1;
    EXPECT_THAT(failsOfSpeech(result), ElementsAre(HasSubstr("no final text")));
    result.texts.violations = 2;
    EXPECT_EQ(failsOfSpeech(result).size(), 2U);
    result = {};
    result.partialsShed = 100;
    EXPECT_THAT(failsOfSpeech(result), IsEmpty()) << "under load partials may be rarer";
}

TEST(Verdict, OfASoakWantsMemoryAndDelayFlatToo) {
    EXPECT_THAT(failsOfSoak({}, kFlat, kSteady), IsEmpty());
    EXPECT_THAT(failsOfSoak({}, {500, 526}, kSteady), ElementsAre("memory grows"));
    struct Row {
        Growth lag;
        bool passes;
    };
    for (const Row& row : {Row{{200, 299}, true}, Row{{200, 301}, false}, Row{{3'000, 3'290}, true},
                           Row{{3'000, 3'310}, false}, Row{{900, 300}, true}, Row{{0, 0}, true}})
        EXPECT_EQ(failsOfSoak({}, kFlat, row.lag).empty(), row.passes)
            << row.lag.first << " " << row.lag.last;
    LiveResult lossy;
    lossy.texts.finalsLost = 1;
    lossy.droppedAudio = std::chrono::milliseconds{1};
    EXPECT_EQ(failsOfSoak(lossy, kFlat, kSteady).size(), 2U);
}

/// Of 100 words for each channel.
VariantScore scored(const std::string& group, std::size_t errors, std::size_t recalled,
                    std::size_t outside = 0) {
    VariantScore score;
    score.variant.name = group;
    score.variant.group = group;
    for (WordScore& channel : score.channels) {
        channel.words = 100;
        channel.errors = errors;
        channel.recalled = recalled;
        channel.baselineErrors = 15;
    }
    score.agentWordsOutside = outside;
    return score;
}

TEST(Verdict, OfAccuracyHoldsEachVariantToItsOwnClaim) {
    const VariantScore clean = scored("clean", 15, 86, 1);
    struct Row {
        VariantScore score;
        bool passes;
    };
    for (const Row& row : {Row{scored("clean", 16, 86), true}, Row{scored("clean", 17, 86), false},
                           Row{scored("telephone", 17, 86), false}, Row{scored("noisy", 20, 40), true},
                           Row{scored("noisy", 21, 86), false}, Row{scored("echo", 60, 86, 3), true},
                           Row{scored("echo", 15, 86, 4), false}, Row{scored("double-talk", 60, 81), true},
                           Row{scored("double-talk", 15, 80), false}}) {
        const Fails fails = failsOfVariant(row.score, clean);
        EXPECT_EQ(fails.empty(), row.passes) << row.score.variant.name << " " << row.score.channels[0].errors;
        EXPECT_THAT(fails, Each(HasSubstr(row.score.variant.name + ": ")));
    }
    EXPECT_THAT(failsOfNonSpeech(0), IsEmpty());
    EXPECT_THAT(failsOfNonSpeech(1), ElementsAre(HasSubstr("1 words")));
}

TEST(Verdict, IsToldInTheResult) {
    boost::json::object result;
    tellVerdict(result, {});
    EXPECT_TRUE(result.at("passes").as_bool());
    tellVerdict(result, {"memory grows"});
    EXPECT_FALSE(result.at("passes").as_bool());
    EXPECT_EQ(result.at("fails").as_array().size(), 1U);
}

}  // namespace
}  // namespace ninja3cx::bench
