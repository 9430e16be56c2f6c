#include "server/analysis/conclusions/praise.hpp"
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

struct MoodRow {
    const char* name;
    std::vector<std::string> lines;
    protocol::Sentiment mood;
    const char* language = "fr";
};
class Mood : public testing::TestWithParam<MoodRow> {};

TEST_P(Mood, IsWhatTheCustomerMeans) {
    EXPECT_EQ(of(GetParam().lines, GetParam().language), GetParam().mood);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Mood,
    testing::Values(
        MoodRow{"Praise",
                {"A: Support, bonjour.", "C: Bonjour, mon poste ne démarrait plus hier.",
                 "A: Oui, le disque a été changé.",
                 "C: Il marche à merveille, je suis vraiment content du résultat.", "A: Tant mieux.",
                 "C: Vous êtes formidables, un grand merci."},
                Positive},
        MoodRow{"PraiseDenied",
                {"A: Support, bonjour.", "C: Bonjour, mon poste ne démarrait plus hier.",
                 "A: Oui, le disque a été changé.", "C: Je ne suis pas content du tout du résultat.",
                 "A: Ah bon.", "C: Non, ce n'est vraiment pas sérieux."},
                Negative},
        MoodRow{"Sarcasm",
                {"A: Support, bonjour.", "C: Bonjour, l'imprimante est encore en panne, bravo.",
                 "A: On l'a réparée lundi pourtant.",
                 "C: Ah oui, une réparation magnifique, elle a tenu une heure.", "A: Je suis désolé.",
                 "C: Merci pour rien, vraiment."},
                Negative},
        MoodRow{"SarcasmEnglish",
                {"A: Support, hello.", "C: Hello, the scanner's dead again, well done you.",
                 "A: We fixed it on Monday.", "C: Oh yes, a wonderful repair, it lasted an hour.",
                 "A: I'm sorry.", "C: Thanks for nothing."},
                Negative,
                "en"},
        MoodRow{"AConcession",
                {"A: Support, bonjour.", "C: Bonjour, la messagerie est bloquée depuis lundi.",
                 "A: C'est réparé, essayez.", "C: Ça marche, mais trois jours d'attente c'est inadmissible.",
                 "A: Je comprends.", "C: Je suis très déçu de votre service."},
                Negative},
        MoodRow{
            "ThePoliteTechnicianIsNoHappyCustomer",
            {"A: Support, bonjour, je suis ravi de vous entendre.", "C: Bonjour, mon écran ne s'allume plus.",
             "A: Formidable, je vous en envoie un, vous êtes adorable.", "C: D'accord.",
             "A: Merci infiniment, excellente journée.", "C: Au revoir."},
            Neutral},
        MoodRow{"TheTechniciansRegretIsNoUnhappyCustomer",
                {"A: Support, bonjour.", "C: Bonjour, mon écran ne s'allume plus.",
                 "A: C'est inadmissible, je suis vraiment désolé, quelle honte.", "C: Ce n'est pas grave.",
                 "A: Je vous en envoie un demain.", "C: D'accord, merci, au revoir."},
                Neutral}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Praise, IsMockedBesideAComplaint) {
    const struct {
        const char* said;
        Praise praise;
        const char* language = "fr";
    } rows[] = {
        {"bravo, vraiment, le scanner est encore en panne", Praise::Mocking},
        {"génial, deux heures que le fax est bloqué, je suis ravi", Praise::Mocking},
        {"eh bien super, il a de nouveau planté", Praise::Mocking},
        {"merci pour rien", Praise::Mocking},
        {"super, et le scanner ne marche plus", Praise::Doubtful},
        {"super, il n'est plus en panne", Praise::Honest},
        {"génial, ça ne plante plus, ça marche", Praise::Honest},
        {"vous êtes formidable, c'était en panne depuis lundi", Praise::Honest},
        {"le scanner est encore en panne", Praise::Honest},
        {"oh wonderful, the fax has crashed again", Praise::Mocking, "en"},
        {"brilliant, two hours and the fax is down, I'm delighted", Praise::Mocking, "en"},
        {"great, and the fax won't print", Praise::Doubtful, "en"},
        {"brilliant, it's working again, that's just what I needed", Praise::Honest, "en"},
        {"wonderful, it hasn't crashed again", Praise::Honest, "en"},
        {"the fax has crashed again", Praise::Honest, "en"},
    };
    for (const auto& row : rows) {
        const auto input = talk({std::string{"C: "} + row.said}, row.language);
        EXPECT_EQ(praiseIn(readConversation(input).lines[0]), row.praise) << row.said;
    }
}

TEST(Irony, IsPraiseOfWhatIsNone) {
    const struct {
        const char* trouble;
        const char* answer;
        const char* reply;
        bool isIronic;
        const char* language = "fr";
    } rows[] = {
        {"L'imprimante est encore en panne.", "On passe jeudi.", "Bravo, belle réussite.", true},
        {"Le scanner est mort.", "Pas avant lundi.", "Lundi, quel service.", true},
        {"Le VPN a encore coupé.", "Je ne peux pas avant demain.", "Ah génial, vraiment.", true},
        {"The router is down again.", "It'll be next week.", "Oh perfect. Just great.", true, "en"},
        {"The till has crashed again.", "Nobody is in today.", "Well, that's really wonderful.", true, "en"},
        {"The screen is broken.", "I can't say when.", "Great work.", true, "en"},
        // The day suits.
        {"L'imprimante est encore en panne.", "On passe jeudi.", "Super, vraiment sympa.", false},
        {"L'imprimante est encore en panne.", "Pas avant vendredi.", "Vendredi, c'est vraiment parfait.",
         false},
        {"L'imprimante est encore en panne.", "On passe jeudi.", "Bravo, quelle efficacité, merci.", false},
        {"Le scanner est mort.", "On passe lundi.", "Super, quelle efficacité !", false},
        {"Le VPN a encore coupé.", "Je regarde.", "Parfait, quelle chance.", false},
        {"My mail is down again.", "I'll come next week.", "Perfect, next week it is.", false, "en"},
        {"The printer is dead again.", "Not before Friday.", "Friday's really great.", false, "en"},
        {"The printer is dead again.", "We'll come on Thursday.", "That's just perfect.", false, "en"},
        {"The printer is dead.", "We'll come on Thursday.", "Lovely, what a service!", false, "en"},
        {"The printer is dead again.", "Not before Friday.", "Great work, thank you.", false, "en"},
        // Nothing was wrong, or it is mended.
        {"Je voudrais un deuxième écran.", "Pas avant jeudi.", "Super, quelle efficacité !", false},
        {"I'd like a second monitor.", "Could be Tuesday.", "Impressive, really.", false, "en"},
        {"Le VPN a encore coupé.", "C'est rétabli depuis jeudi.", "Bravo, quelle efficacité.", false},
        {"The router is down again.", "It's fixed, it will be fine this week.", "Superb work, really.", false,
         "en"},
    };
    for (const auto& row : rows) {
        const auto input = talk({"A: Support.", std::string{"C: "} + row.trouble,
                                 std::string{"A: "} + row.answer, std::string{"C: "} + row.reply},
                                row.language);
        EXPECT_EQ(isIronic(readConversation(input), 3), row.isIronic) << row.trouble << ' ' << row.reply;
    }
}

TEST(Sentiment, MockeryIsNeverSurelyPositive) {
    for (const auto& [said, language] :
         {std::pair{"bravo, génial, deux heures que le terminal est en panne, je suis ravi", "fr"},
          std::pair{"ah magnifique, le scanner a encore planté", "fr"},
          std::pair{"oh wonderful, the till has crashed again, just what I needed", "en"},
          std::pair{"well done, the scanner's down again, I'm thrilled", "en"}}) {
        const auto analysis =
            analyse(talk({"A: Support.", std::string{"C: "} + said, "A: Okay.", "C: Okay."}, language));
        EXPECT_EQ(analysis.sentiment, Negative) << said;
        EXPECT_NE(analysis.sentimentStart, Positive) << said;
    }
}

TEST(Sentiment, AFeelingIsNoName) {
    const auto analysis =
        analyse(talk({"A: support bonjour", "C: deux heures d'attente je suis ravi", "A: bien"}));
    const auto people = analysis.entities.find("person");
    EXPECT_TRUE(people == analysis.entities.end() || people->second.empty());
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
