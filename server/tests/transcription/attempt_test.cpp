#include "server/transcription/attempt.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::transcription {
namespace {

Attempt said(std::string text, double meanLogProb) {
    Attempt attempt;
    if (!text.empty()) attempt.tokens.push_back({1, " " + std::move(text)});
    attempt.meanLogProb = meanLogProb;
    return attempt;
}

const Attempt kFirst = said("je n'arrive pas à me connecter", -0.6);

TEST(SecondTry, StandsWhereItIsMoreProbable) {
    EXPECT_TRUE(isBetter(said("je n'arrive plus à me connecter", -0.3), kFirst, 0));
    EXPECT_FALSE(isBetter(said("je n'arrive plus à me connecter", -0.7), kFirst, 0));
}

TEST(SecondTry, DoesNotStandForAllItsProbability) {
    EXPECT_FALSE(isBetter(said("", 0), kFirst, 0)) << "it ended at once";
    EXPECT_FALSE(isBetter(said("bonjour", 0), kFirst, 1)) << "it says nothing behind the prefix";
    EXPECT_FALSE(isBetter(said("oui oui oui oui oui oui oui oui oui oui oui oui", -0.1), kFirst, 0))
        << "a loop";
    EXPECT_FALSE(isBetter(said("Sous-titres réalisés par la communauté d'Amara.org", -0.1), kFirst, 0))
        << "an invention";
    Attempt cut = said("je n'arrive plus", -0.1);
    cut.isCut = true;
    EXPECT_FALSE(isBetter(cut, kFirst, 0));
    Attempt silence = said("merci", -0.1);
    silence.isLikelySilence = true;
    EXPECT_FALSE(isBetter(silence, kFirst, 0));
}

}  // namespace
}  // namespace ninja3cx::transcription
