#include "bench/analysis/scored_text.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

struct Row {
    const char* name;
    std::string (*read)(std::string_view);
    const char* text;
    const char* expected;
};
class ScoredText : public testing::TestWithParam<Row> {};
TEST_P(ScoredText, IsReadAsTheScorerReadsIt) {
    EXPECT_EQ(GetParam().read(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ScoredText,
    testing::Values(Row{"AccentsGo", foldedForScore, "Éléonore Çelik", "eleonore celik"},
                    Row{"AccentsWrittenApartGo", foldedForScore, "E\u0301le\u0301", "ele"},
                    Row{"LigaturesOpen", foldedForScore, "Œuvre Ægir", "oeuvre aegir"},
                    Row{"LettersWithoutDecompositionStay", foldedForScore, "Łódź Straße", "łodz straße"},
                    Row{"WhatIsNoUtf8IsReplaced", foldedForScore, "a\xFF", "a\uFFFD"},
                    Row{"OtherLettersSeparateWords", squashed, "Straße", "strae"},
                    Row{"NationalNumber", phoneDigits, "06.39.98.12.57", "0639981257"},
                    Row{"InternationalNumber", phoneDigits, " +33 (0)6 39 98 12 57", "0639981257"},
                    Row{"DoubleZeroIsAPlus", phoneDigits, "0033 6 39 98 12 57", "0639981257"},
                    Row{"UnknownCountryStays", phoneDigits, "+999 12", "099912"},
                    Row{"SpaceBeforeThePlusIsAnySpace", phoneDigits, "\u00A0+44 20 79 46", "0207946"},
                    Row{"DigitsOfOtherScriptsCount", digitsOf, "٠١ a 2", "٠١2"},
                    Row{"MailLosesEverySpace", foldedMail, " K.Dupont\u00A0@\u2003Acme.FR ",
                        "k.dupont@acme.fr"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ContentWords, LeaveOutSmallWordsAndSingleLetters) {
    EXPECT_EQ(contentWords("Le VPN de l'agence B est en panne, poste 4"),
              (std::vector<std::string>{"vpn", "agence", "panne", "poste", "4"}));
}

TEST(WordsInCommon, CountRepetitionsOnBothSides) {
    EXPECT_EQ(wordsInCommon({"a", "b", "a", "a"}, {"a", "c", "a"}), 2u);
    EXPECT_EQ(wordsInCommon({}, {"a"}), 0u);
}

}  // namespace
}  // namespace ninja3cx::bench
