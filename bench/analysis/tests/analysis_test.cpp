#include "bench/commands.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::bench {
namespace {

using ::testing::HasSubstr;

constexpr const char* kDev = "tests/eval/analysis/dev";

struct Row {
    const char* name;
    Options options;
    const char* says;
};
class AnalysisBenchUsage : public testing::TestWithParam<Row> {};
TEST_P(AnalysisBenchUsage, IsRefusedWithTheOption) {
    const auto result = measureAnalysis(GetParam().options);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Rejected);
    EXPECT_THAT(result.error().detail, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(
    Rows, AnalysisBenchUsage,
    testing::Values(
        Row{"NoSet", {}, "--set is needed"},
        Row{"NoSuchFolder", {{"--set", "tests/nowhere"}}, "tests/nowhere"},
        Row{"NoCallsThere", {{"--set", "docs"}}, "no labelled call"},
        Row{"NoCallOfTheIds", {{"--set", kDev}, {"--ids", "z1-z2"}}, "of these ids"},
        Row{"BrokenIds", {{"--set", kDev}, {"--ids", "some"}}, "--ids"},
        Row{"SeedAlone", {{"--set", kDev}, {"--ids", "d001-d002"}, {"--seed", "3"}}, "--word-errors"},
        Row{"MoreErrorsThanWords",
            {{"--set", kDev}, {"--ids", "d001-d002"}, {"--word-errors", "15"}},
            "1 at most"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(AnalysisBench, TellsScoresCostAndWhatWordErrorsDo) {
    const auto result = measureAnalysis(
        {{"--set", kDev}, {"--ids", "d001-d003"}, {"--word-errors", "0.15"}, {"--seeds", "2"}});
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_EQ(result->at("ids").as_string(), "ana-d001 to ana-d003");
    EXPECT_TRUE(result->at("identical").as_bool());
    for (const char* key : {"fields", "scores", "baseline", "msPerCall", "p95MsAt40Turns", "passes", "fails"})
        EXPECT_TRUE(result->contains(key)) << key;
    EXPECT_TRUE(result->at("liveUsPerUtterance").is_double());
    const auto& errors = result->at("wordErrors").as_object();
    const double clean = errors.at("clean").at("category").to_number<double>();
    const double degraded = errors.at("degraded").at("category").to_number<double>();
    EXPECT_NEAR(errors.at("fall").at("category").to_number<double>(), 100 * (clean - degraded), 0.02);
}

TEST(AnalysisBench, TellsTheSameScoresEachTime) {
    const Options options = {
        {"--set", kDev}, {"--ids", "d001-d002"}, {"--word-errors", "0.3"}, {"--seeds", "1"}};
    const auto once = measureAnalysis(options);
    const auto again = measureAnalysis(options);
    ASSERT_TRUE(once && again);
    EXPECT_EQ(once->at("scores"), again->at("scores"));
    EXPECT_EQ(once->at("wordErrors"), again->at("wordErrors"));
}

TEST(AnalysisBench, ReadsTextsWithoutEntities) {
    const auto result = measureAnalysis({{"--set", "training/analysis/dev.txt"}, {"--ids", "d001-d002"}});
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_TRUE(result->at("fields").at("entities").at("score").is_null());
    EXPECT_TRUE(result->at("scores").at("overall").is_null());
    EXPECT_TRUE(result->at("fields").at("actions").at("score").is_number());
}

}  // namespace
}  // namespace ninja3cx::bench
