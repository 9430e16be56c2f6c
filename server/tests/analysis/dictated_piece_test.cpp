#include "server/analysis/personal_data/dictated_piece.hpp"

#include "server/analysis/numbers/spoken_numbers.hpp"
#include "server/analysis/words/words.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::analysis {
namespace {

Line lineOf(const std::string& text) {
    Line line;
    line.text = text;
    line.words = mendedNumbers(wordsOf(text));
    return line;
}

struct Row {
    const char* name;
    std::string said;
    const char* value;
    bool isAll = true;
};
class SecretPiece : public testing::TestWithParam<Row> {};

TEST_P(SecretPiece, IsWrittenAsItIsMeant) {
    const DictatedPiece piece = secretPieceIn(lineOf(GetParam().said));
    EXPECT_EQ(piece.value, GetParam().value);
    EXPECT_EQ(piece.isAll, GetParam().isAll);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, SecretPiece,
    testing::Values(Row{"Letters", "m a r g d'accord", "marg"}, Row{"Pair", "o double n e t", "onnet"},
                    Row{"Digits", "quarante-quatre", "44"}, Row{"ACapital", "majuscule b", "B"},
                    Row{"Explained", "x comme xavier", "x"},
                    Row{"AWordAndDigits", "girafe et puis 44", "girafe44"}, Row{"ASign", "tiret 44", "-44"},
                    Row{"ASignOfTwoWords", "tulipe 44 point d'exclamation", "tulipe44!"},
                    Row{"ACaseOfTheWordBefore", "printemps 26, p majuscule, étoile", "Printemps26*"},
                    Row{"ACaseOfAMixedWord", "Printemps2026, P majuscule", "Printemps2026"},
                    Row{"ALetterOfItsOwn", "tulipe 26, p majuscule", "tulipe26P"},
                    Row{"ACardToPayWith", "carte bleue", "", false}, Row{"Agreement", "oui d'accord", ""},
                    Row{"Talk", "je cherche le carnet", "", false}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(NumberPiece, HasLettersWhereTheNumberHas) {
    EXPECT_TRUE(numberPieceIn(lineOf("4012 8888"), false).isAll);
    EXPECT_EQ(numberPieceIn(lineOf("4012 8888"), false).value, "40128888");
    EXPECT_EQ(numberPieceIn(lineOf("f r 76"), true).value, "fr76");
    EXPECT_FALSE(numberPieceIn(lineOf("au deuxième bureau"), true).isAll);
    EXPECT_EQ(leadingNumberIn(lineOf("et onze onze, expiration douze")).value, "1111");
}

}  // namespace
}  // namespace ninja3cx::analysis
