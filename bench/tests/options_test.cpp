#include "bench/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

TEST(Options, ArePairsAndFlags) {
    const auto options =
        parseOptions({"--calls", "4", "--compare", "--model", "x"}, {"--calls", "--model"}, {"--compare"});
    ASSERT_TRUE(options);
    EXPECT_THAT(*options,
                UnorderedElementsAre(Pair("--calls", "4"), Pair("--compare", "yes"), Pair("--model", "x")));
}

TEST(Options, ThatAreUnknownOrWithoutValueAreRefused) {
    EXPECT_THAT(parseOptions({"--count", "4"}, {"--calls"}, {"--compare"}).error().detail,
                HasSubstr("unknown option '--count'; known: --calls --compare"));
    EXPECT_THAT(parseOptions({"--calls"}, {"--calls"}).error().detail, HasSubstr("--calls needs a value"));
}

TEST(Options, GiveNumbersThatMakeSense) {
    const Options options{{"--hours", "0.5"}, {"--calls", "8"}, {"--seconds", "soon"}, {"--workers", "0"}};
    EXPECT_EQ(*numberOr(options, "--hours", 1), 0.5);
    EXPECT_EQ(*numberOr(options, "--days", 2), 2);
    EXPECT_EQ(*countOr(options, "--calls", 1), 8U);
    EXPECT_FALSE(numberOr(options, "--seconds", 1));
    EXPECT_FALSE(countOr(options, "--workers", 1));
    EXPECT_FALSE(countOr(options, "--hours", 1)) << "not a whole number";
}

TEST(Options, AskForNoMoreWorkersThanTheServerMayHave) {
    EXPECT_EQ(*workersOr({{"--workers", "64"}}, 2), 64U);
    EXPECT_EQ(*workersOr({}, 2), 2U);
    EXPECT_EQ(*workersOr({}, 256), 64U) << "a machine of many cores";
    for (const char* wrong : {"65", "100000", "0", "1.5", "many"}) {
        const auto refused = workersOr({{"--workers", wrong}}, 2);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_EQ(refused.error().kind, ErrorKind::Rejected);
        EXPECT_THAT(refused.error().detail, HasSubstr("--workers"));
    }
}

TEST(Options, SayYesOrNoInTheseWordsOnly) {
    EXPECT_TRUE(*yesOr({{"--texts", "yes"}}, "--texts", false));
    EXPECT_FALSE(*yesOr({{"--texts", "no"}}, "--texts", true));
    EXPECT_FALSE(*yesOr({}, "--texts", false));
    const auto refused = yesOr({{"--texts", "maybe"}}, "--texts", false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Rejected);
    EXPECT_EQ(refused.error().detail, "option --texts is yes or no, not 'maybe'");
}

TEST(Options, AskForOnePolicyOrForAll) {
    EXPECT_EQ(*policyOf({}), "ours");
    EXPECT_EQ(*policyOf({{"--policy", "stream"}}), "stream");
    EXPECT_EQ(*policyOf({{"--compare", "yes"}}), "all");
    EXPECT_EQ(*policyOf({{"--compare", "yes"}, {"--naive-seconds", "5"}}), "all");
    EXPECT_EQ(*policyOf({{"--policy", "stream"}, {"--stream-seconds", "5"}}), "stream");
    for (const Options& wrong :
         {Options{{"--policy", "theirs"}}, Options{{"--policy", "naive"}, {"--compare", "yes"}},
          Options{{"--naive-seconds", "5"}}, Options{{"--policy", "naive"}, {"--stream-seconds", "5"}}}) {
        const auto refused = policyOf(wrong);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::Rejected);
        EXPECT_THAT(refused.error().detail, HasSubstr("--policy"));
    }
}

TEST(Options, AskForALanguageThatIsKnown) {
    EXPECT_EQ(*languageOr({{"--language", "en"}}, "fr"), "en");
    EXPECT_EQ(*languageOr({{"--language", "auto"}}, "fr"), "auto");
    EXPECT_EQ(*languageOr({}, "fr"), "fr");
    const auto refused = languageOr({{"--language", "xx"}}, "fr");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Rejected);
    EXPECT_THAT(refused.error().detail, HasSubstr("--language: language 'xx' is not known"));
}

}  // namespace
}  // namespace ninja3cx::bench
