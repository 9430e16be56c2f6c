#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Sentiment;

protocol::Sentiment of(const std::vector<std::string>& lines, const std::string& language = "fr") {
    return analyse(talk(lines, language)).sentiment;
}

TEST(Sentiment, PolitenessIsNeutral) {
    EXPECT_EQ(of({"C: le vpn est en panne", "A: c'est réparé", "C: merci beaucoup bonne journée"}), Neutral);
}

TEST(Sentiment, TheEndCountsMore) {
    EXPECT_EQ(of({"C: c'est inadmissible", "A: je regarde", "C: d'accord", "A: c'est fait",
                  "C: ah formidable je suis ravie", "C: un grand merci"}),
              Positive);
    EXPECT_EQ(
        of({"C: bonjour le technicien était formidable", "A: merci", "C: oui", "A: par contre c'est demain",
            "C: encore demain c'est inadmissible", "C: je suis vraiment déçu"}),
        Negative);
}

TEST(Sentiment, AComplaintFollowedByPolitenessStays) {
    EXPECT_EQ(of({"C: c'est inacceptable ça fait trois fois que j'appelle", "A: désolé", "C: j'en ai marre",
                  "A: je transmets", "C: bon", "A: bonne journée", "C: merci au revoir"}),
              Negative);
}

TEST(Sentiment, TheTechniciansWordsDoNotCount) {
    EXPECT_EQ(
        of({"C: l'écran est noir", "A: super formidable génial", "C: d'accord", "A: je suis ravi, parfait"}),
        Neutral);
}

TEST(Sentiment, NegationTurnsPraise) {
    EXPECT_NE(of({"C: bonjour", "A: alors", "C: je suis pas contente du tout"}), Positive);
}

TEST(Sentiment, StartAndEndAreReported) {
    const auto analysis = analyse(talk({"C: I'm fed up this is ridiculous", "A: sorry", "C: okay", "A: done",
                                        "C: brilliant thank you so much, you're a star"},
                                       "en"));
    EXPECT_EQ(analysis.sentimentStart, Negative);
    EXPECT_EQ(analysis.sentimentEnd, Positive);
}

}  // namespace
}  // namespace ninja3cx::analysis
