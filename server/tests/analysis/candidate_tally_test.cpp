#include "server/analysis/personal_data/candidate_tally.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

Candidate judgedAs(const char* value, const CandidateTally& tally) {
    return judged(tally, Secret{value, 0, 1});
}

TEST(CandidateTally, TellsHowMuchTheFormSays) {
    CandidateTally words;
    words.plain = 1;
    words.digits = 2;
    words.groups = 1;
    EXPECT_EQ(judgedAs("soleil42", words).strength, Strength::WordsThenDigits);

    CandidateTally digits;
    digits.digits = 4;
    digits.groups = 4;
    digits.startsWithNumber = true;
    EXPECT_EQ(judgedAs("4815", digits).strength, Strength::Digits);

    CandidateTally described = words;
    described.cases = 1;
    EXPECT_EQ(judgedAs("Soleil42", described).strength, Strength::Described);
    EXPECT_TRUE(judgedAs("Soleil42", described).isDescription);

    CandidateTally plain;
    plain.plain = 1;
    EXPECT_EQ(judgedAs("soleil", plain).strength, Strength::None);
}

TEST(CandidateTally, CountsNoYearBehindAWord) {
    CandidateTally tally;
    tally.digits = 4;
    tally.groups = 1;
    tally.hasBigWord = true;
    EXPECT_TRUE(judgedAs("2009", tally).isCount);
    tally.plain = 1;
    EXPECT_FALSE(judgedAs("soleil2009", tally).isCount);
}

TEST(CandidateTally, TakesANumberedThingForNone) {
    CandidateTally tally;
    tally.plain = 1;
    tally.digits = 5;
    tally.groups = 2;
    tally.isNumberedThing = true;
    EXPECT_EQ(judgedAs("dossier48213", tally).strength, Strength::None);
}

}  // namespace
}  // namespace ninja3cx::analysis
