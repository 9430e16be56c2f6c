#include "server/analysis/numbers/spoken_numbers.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

std::string allDigits(const std::string& text) {
    const auto words = wordsOf(text);
    std::string all;
    for (const DigitRun& run : digitRuns(words)) all += (all.empty() ? "" : " ") + run.digits();
    return all;
}

TEST(SpokenNumbers, AreReadAsPeopleSayThem) {
    const std::pair<const char*, const char*> rows[] = {
        {"zéro cinq trente-six quarante-neuf zéro sept douze", "0536490712"},
        {"zéro deux soixante et un quatre-vingt-onze quatorze trente", "0261911430"},
        {"soixante-dix-sept soixante et onze soixante-dix", "777170"},
        {"quatre-vingts quatre-vingt-dix-neuf", "8099"},
        {"cinquante-huit neuf cent deux", "58902"},
        {"deux mille vingt-six", "2026"},
        {"mille neuf cent quatre-vingt-quatre", "1984"},
        {"06 24 51 33 18", "0624513318"},
        {"oh seven seven double zero nine", "077009"},
        {"forty two seventeen", "4217"},
        {"quatre cent quatre", "404"},
        {"dix-neuf cent quatre-vingt-quatre", "1984"},
        {"two hundred and twelve", "212"},
        {"quarante quatre-vingts", "4080"},
        {"rien du tout", ""},
    };
    for (const auto& [said, digits] : rows) EXPECT_EQ(allDigits(said), digits) << said;
}

TEST(SpokenNumbers, HesitationsDoNotBreakANumber) {
    EXPECT_EQ(allDigits("zéro cinq euh trente-six"), "0536");
}

TEST(SpokenNumbers, AreMendedAmongNumbers) {
    const std::pair<const char*, const char*> rows[] = {
        {"quarante cette douze vin trois", "471223"}, {"quatrevingtdix dixsept", "9017"},
        {"oh four too seven for nine", "042749"},     {"cette imprimante sans papier", ""},
        {"le deux ou le trois mars", "2 3"},          {"five to nine", "5 9"},
    };
    for (const auto& [said, digits] : rows) {
        const auto words = mendedNumbers(wordsOf(said));
        std::string all;
        for (const DigitRun& run : digitRuns(words)) all += (all.empty() ? "" : " ") + run.digits();
        EXPECT_EQ(all, digits) << said;
    }
}

TEST(SpokenNumbers, GoOnAfterWordsInBetween) {
    const auto words = wordsOf("4970 1012 alors c'est 3456 et puis voilà donc 7890");
    const auto runs = spacedDigitRuns(words);
    ASSERT_EQ(runs.size(), 2u);
    EXPECT_EQ(runs[0].digits(), "497010123456");
    EXPECT_EQ(spacedDigitRuns(mendedNumbers(wordsOf("trois d'eux quatre cinq")))[0].digits(), "3245");
}

}  // namespace
}  // namespace ninja3cx::analysis
