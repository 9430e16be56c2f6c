#include "server/analysis/spoken_numbers.hpp"

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
        {"rien du tout", ""},
    };
    for (const auto& [said, digits] : rows) EXPECT_EQ(allDigits(said), digits) << said;
}

TEST(SpokenNumbers, HesitationsDoNotBreakANumber) {
    EXPECT_EQ(allDigits("zéro cinq euh trente-six"), "0536");
}

}  // namespace
}  // namespace ninja3cx::analysis
