#include "server/analysis/promises/offer_answers.hpp"

#include "server/analysis/words/words.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::analysis {
namespace {

Line lineOf(const std::string& text) {
    Line line;
    line.text = text;
    line.words = wordsOf(text);
    line.isQuestion = text.ends_with('?');
    line.speaker = protocol::Speaker::Customer;
    return line;
}

struct Row {
    const char* name;
    const char* said;
    OfferAnswer answer;
};
class Answers : public testing::TestWithParam<Row> {};

/// "voulez-vous que je vous rappelle ?"
TEST_P(Answers, TakesOrRefusesTheCall) {
    EXPECT_EQ(answerTo(OfferedDeed::phoning(), true, lineOf(GetParam().said)), GetParam().answer);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Answers,
    testing::Values(Row{"Yes", "oui volontiers", OfferAnswer::Taken},
                    Row{"No", "non merci", OfferAnswer::Refused},
                    Row{"Needless", "pas la peine de me rappeler", OfferAnswer::Refused},
                    Row{"NeedlessAtAll", "pas la peine du tout", OfferAnswer::Refused},
                    Row{"NeedlessAtAllByName", "pas la peine du tout de me rappeler", OfferAnswer::Refused},
                    Row{"NeedlessThenByName", "pas la peine du coup de me rappeler", OfferAnswer::Refused},
                    Row{"OnlyNotBefore", "d'accord et surtout pas avant neuf heures", OfferAnswer::Taken},
                    Row{"TimeGained", "euh attendez", OfferAnswer::Unclear}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(AnAnswer, OfAnotherMatterRefusesNothing) {
    EXPECT_NE(answerTo(OfferedDeed::phoning(), true, lineOf("oui mais pas besoin de passer au bureau")),
              OfferAnswer::Refused);
    EXPECT_TRUE(refusesByName(OfferedDeed::phoning(), lineOf("finalement ne me rappelez pas")));
    EXPECT_FALSE(refusesByName(OfferedDeed::phoning(), lineOf("finalement ne passez pas")));
    EXPECT_TRUE(leavesOpen(lineOf("voulez-vous que je vous rappelle ?")));
    EXPECT_TRUE(gainsTime(lineOf("euh attendez")));
}

}  // namespace
}  // namespace ninja3cx::analysis
