#include "bench/analysis/score_verdicts.hpp"

#include "bench/analysis/score_json.hpp"
#include "bench/analysis/tests/calls.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::bench {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ScoreVerdict, PassesWhereAllIsRight) {
    const std::vector<EvaluatedCall> calls = {callOf("a1")};
    const AnalysisScore score = scoreAnalyses(calls, {{"a1", rightOf(calls[0])}});
    EXPECT_THAT(failsOfScores(score), IsEmpty());
}

TEST(ScoreVerdict, NamesTheFieldThatFails) {
    const std::vector<EvaluatedCall> calls = {callOf("a1")};
    Prediction said = rightOf(calls[0]);
    said.priority = protocol::Priority::High;
    const AnalysisScore score = scoreAnalyses(calls, {{"a1", said}});
    EXPECT_THAT(failsOfScores(score), ElementsAre(HasSubstr("priority: 0 where 0.7 is needed")));
    const auto fields = describeFields(score, score);
    EXPECT_FALSE(fields.at("priority").at("passes").as_bool());
    EXPECT_TRUE(fields.at("category").at("passes").as_bool());
    EXPECT_FALSE(fields.at("summary").as_object().contains("passes"));
}

TEST(ScoreVerdict, IsNoneWhereNothingIsLabelled) {
    std::vector<EvaluatedCall> calls = {callOf("a1")};
    calls[0].labels.isWhole = false;
    const AnalysisScore score = scoreAnalyses(calls, {{"a1", rightOf(calls[0])}});
    EXPECT_THAT(failsOfScores(score), IsEmpty());
    const auto fields = describeFields(score, score);
    EXPECT_TRUE(fields.at("pii").at("score").is_null());
    EXPECT_FALSE(fields.at("pii").as_object().contains("passes"));
}

TEST(ScoreVerdict, AllowsOneFalseMaskInTenCalls) {
    std::vector<EvaluatedCall> calls;
    Predictions said;
    for (int i = 10; i < 20; ++i) {
        calls.push_back(callOf("a" + std::to_string(i)));
        said[calls.back().input.id] = rightOf(calls.back());
    }
    const SaidPii mask = {protocol::PersonalDataKind::Password, "bonjour", ""};
    said["a10"].pii = {mask};
    EXPECT_THAT(failsOfScores(scoreAnalyses(calls, said)), IsEmpty());
    said["a11"].pii = {mask};
    EXPECT_THAT(failsOfScores(scoreAnalyses(calls, said)), ElementsAre(HasSubstr("2 false masks")));
}

TEST(ScoreVerdict, AllowsLabelsAndActionsTenPointsAndTheRestTwentyFive) {
    const FieldScores falls = fallsOf({{"category", 0.9}, {"entities", 0.9}, {"pii", std::nullopt}},
                                      {{"category", 0.8}, {"entities", 0.65}, {"pii", std::nullopt}});
    EXPECT_THAT(failsOfFalls(falls), IsEmpty());
    EXPECT_THAT(failsOfFalls(
                    fallsOf({{"category", 0.9}, {"entities", 0.9}}, {{"category", 0.79}, {"entities", 0.6}})),
                ElementsAre(HasSubstr("category"), HasSubstr("entities")));
}

TEST(ScoreVerdict, HoldsTimeAndSameness) {
    AnalysisRun run;
    run.times.msAt40Turns = std::vector<double>(100, 19.0);
    EXPECT_THAT(failsOfRun(run), IsEmpty());
    run.times.msAt40Turns.assign(10, 21.0);
    run.different = {"a1"};
    EXPECT_THAT(failsOfRun(run), Contains(HasSubstr("a1")));
    EXPECT_THAT(failsOfRun(run), Contains(HasSubstr("40 turns")));
}

}  // namespace
}  // namespace ninja3cx::bench
