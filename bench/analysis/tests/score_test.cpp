#include "bench/analysis/score.hpp"

#include "bench/analysis/tests/calls.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::bench {
namespace {

using enum protocol::PersonalDataKind;

TEST(AnalysisScore, IsOneWhereAllIsRight) {
    const std::vector<EvaluatedCall> calls = {callOf("a1")};
    const AnalysisScore score = scoreAnalyses(calls, {{"a1", rightOf(calls[0])}});
    ASSERT_TRUE(score.overall);
    EXPECT_NEAR(*score.overall, 1, 1e-12);
    for (const auto& [field, value] : fieldsOf(score)) EXPECT_EQ(value, 1) << field;
}

TEST(AnalysisScore, ResolvedIsNotScoredWhereNoTicketIsWarranted) {
    std::vector<EvaluatedCall> calls = {callOf("a1"), callOf("a2")};
    calls[1].labels.ticketWarranted = false;
    calls[1].labels.resolved = true;
    Predictions said = {{"a1", rightOf(calls[0])}, {"a2", rightOf(calls[1])}};
    said["a2"].resolved = false;
    const AnalysisScore score = scoreAnalyses(calls, said);
    EXPECT_EQ(score.resolved.n, 1u);
    EXPECT_EQ(score.resolved.accuracy, 1);
}

TEST(AnalysisScore, ACallOfWhichNothingIsSaidIsWrongEverywhere) {
    const std::vector<EvaluatedCall> calls = {callOf("a1")};
    const AnalysisScore score = scoreAnalyses(calls, {{"a9", {}}});
    EXPECT_EQ(score.missing, 1u);
    EXPECT_EQ(score.extra, 1u);
    EXPECT_EQ(score.category.macroF1, 0);
    EXPECT_EQ(score.actions.all, (Counts{0, 0, 1}));
}

TEST(AnalysisScore, TextsAloneAreScoredForWhatTheyAreLabelledWith) {
    std::vector<EvaluatedCall> calls = {callOf("a1"), callOf("a2")};
    calls[1].labels.isWhole = false;
    const AnalysisScore half = scoreAnalyses(calls, {{"a1", rightOf(calls[0])}});
    ASSERT_TRUE(half.whole);
    EXPECT_EQ(half.whole->calls, 1u);
    EXPECT_FALSE(half.overall);
    EXPECT_EQ(half.category.accuracy, 0.5);
    calls[0].labels.isWhole = false;
    const FieldScores fields = fieldsOf(scoreAnalyses(calls, {}));
    EXPECT_EQ(fields.at("entities"), std::nullopt);
    EXPECT_EQ(fields.at("pii"), std::nullopt);
    EXPECT_EQ(fields.at("category"), 0);
}

TEST(AnalysisScore, NamesEveryFieldInTheOrderOfReading) {
    const FieldScores fields = fieldsOf(scoreAnalyses({callOf("a1")}, {}));
    std::vector<std::string> names;
    for (const auto& [name, ignored] : fields) names.push_back(name);
    EXPECT_THAT(scoredFields(), testing::UnorderedElementsAreArray(names));
}

struct Row {
    const char* name;
    LabelledPii label;
    SaidPii said;
    bool expected;
};
class FoundPii : public testing::TestWithParam<Row> {};
TEST_P(FoundPii, IsTheValueOrMostOfItsWords) {
    EXPECT_EQ(isFound(GetParam().label, GetParam().said, true), GetParam().expected);
}
const LabelledPii kCard = {Card, "cinq un zéro cinq dix", "5105 10"};
INSTANTIATE_TEST_SUITE_P(
    Rows, FoundPii,
    testing::Values(
        Row{"TheWrittenValue", kCard, {Card, "", "510510"}, true},
        Row{"AnotherKind", kCard, {Password, "", "510510"}, false},
        Row{"NoKind", kCard, {std::nullopt, "", "510510"}, false},
        Row{"ThreeWordsOfFive", kCard, {Card, "zéro cinq dix", ""}, true},
        Row{"TwoWordsOfFive", kCard, {Card, "cinq dix", ""}, false},
        Row{"TheWholeTurnIsTooMuch",
            kCard,
            {Card, "alors ma carte euh attendez je la cherche c'est le cinq un zéro cinq dix merci", ""},
            false},
        Row{"DigitsOfANumberAmongWords", kCard, {Card, "le 51 05 10", ""}, true},
        Row{"DigitsOfAPassword", {Password, "x", "a51"}, {Password, "le 51", ""}, false}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::bench
