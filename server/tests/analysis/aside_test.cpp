#include "server/analysis/conclusions/asides.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {
namespace {

using enum protocol::Category;
using protocol::Analysis;
using protocol::Category;
using protocol::Confidence;
using testing::HasSubstr;
using testing::Not;

Confidence confidenceOf(const Analysis& analysis, std::string_view field) {
    const auto found = std::ranges::find(analysis.evidence, field, &protocol::Evidence::field);
    return found == analysis.evidence.end() ? Confidence::Unsure : found->confidence;
}

TEST(Aside, IsWhatIsRaisedBehindTheFirstMatter) {
    const struct {
        std::vector<std::string> lines;
        std::int32_t turn;
        std::string_view kept;  // of that turn
    } rows[] = {
        {{"A: Support.", "C: Excel plante dès que je l'ouvre.", "A: Je regarde, et là ?",
          "C: Il s'ouvre. Au fait, l'imprimante n'a plus de toner.", "A: J'en envoie un."},
         3,
         "Il s'ouvre. "},
        {{"A: Support.", "C: Mon Excel plante. Tant que je vous ai, l'écran reste noir.", "A: Je regarde."},
         1,
         "Mon Excel plante. "},
        {{"A: Support.", "C: Le VPN ne marche plus.", "A: Je regarde, et là ?",
          "C: ça marche et sinon mon téléphone ne sonne plus", "A: Je regarde."},
         3,
         "ça marche "},
        {{"A: Support.", "C: The printer jams on every page.", "A: Try again.",
          "C: Okay. By the way, Word crashes all the time.", "A: I'll see."},
         3,
         "Okay. "},
        {{"A: Support.", "C: The printer jams on every page.", "A: Done. Anything else?",
          "C: Word crashes all the time.", "A: I'll see."},
         3,
         ""},
        {{"A: Support.", "C: My Excel crashes.", "A: Is it better now?",
          "C: It opens. And my phone doesn't ring any more.", "A: I'll see."},
         3,
         "It opens. "},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.lines[1] + " / " + row.lines.back());
        const protocol::AnalysisInput input = talk(row.lines);
        const Conversation conversation = readConversation(input);
        const auto aside = asideMatter(conversation);
        ASSERT_TRUE(aside);
        EXPECT_EQ(aside->turn, row.turn);
        const Conversation first = withoutAside(conversation, *aside);
        ASSERT_EQ(first.lines.size(), conversation.lines.size());
        EXPECT_EQ(first.lines[static_cast<std::size_t>(row.turn)].text, row.kept);
        EXPECT_EQ(first.lines[1].words.empty(), false);
    }
}

TEST(Aside, IsNoneWhereTheFirstMatterGoesOn) {
    const std::vector<std::string> rows[] = {
        {"A: Support.", "C: L'imprimante n'imprime plus.", "A: Et là ?",
         "C: Non. Et l'imprimante affiche une erreur.", "A: Je regarde."},
        {"A: Support.", "C: Le VPN ne marche plus.", "A: Et là ?",
         "C: Non. En plus le VPN me redemande mon mot de passe, il le refuse.", "A: Je regarde."},
        {"A: Support.", "C: Excel plante.", "A: Et là ?", "C: C'est bon. Au fait, merci pour hier.",
         "A: Je vous en prie."},
        {"A: Support.", "C: Et mon écran reste noir depuis ce matin.", "A: Je regarde."},
        {"A: Support.", "C: The printer jams.", "A: Better?", "C: No. And the printer keeps beeping.",
         "A: I'll see."},
        {"A: Support.", "C: My screen is black.", "A: And now?",
         "C: By the way, you were right about yesterday.", "A: Good."},
    };
    for (const auto& lines : rows)
        EXPECT_FALSE(asideMatter(readConversation(talk(lines)))) << lines[3 % lines.size()];
}

/// "Main problem first, by the way at the end": the first is what the call is about, and what its subject names.
TEST(Aside, DecidesNeitherCategoryNorSubject) {
    const struct {
        const char* name;
        const char* language;
        std::vector<std::string> lines;
        Category main;
        Category second;
        const char* told;     // in the summary's beginning
        const char* foreign;  // not in the subject
        bool isFound = true;  // false: another category, of which it is not sure
    } rows[] = {
        {"Excel, then toner",
         "fr",
         {"A: Support bonjour, Nadège à l'appareil.",
          "C: Bonjour, Fabien Roussel de chez Meublia. Excel plante dès que j'ouvre mon fichier de stock.",
          "A: Il se ferme tout seul ?",
          "C: Oui, une fenêtre blanche, puis il se ferme. Trois fois depuis ce matin.",
          "A: Je désactive un complément et on essaie.", "C: Là il s'ouvre. Non, il vient encore de planter.",
          "A: Je transmets à l'équipe bureautique, elle vous rappelle cet après-midi.",
          "C: D'accord. Au fait, l'imprimante du couloir n'a plus de toner.",
          "A: Je vous en fais envoyer un.", "C: Merci, bonne journée."},
         SoftwareApplication,
         PrinterScanner,
         "Excel",
         "oner"},
        {"Excel, then toner, in English",
         "en",
         {"A: IT support, hello.",
          "C: Hi, it's Megan from Harlow Foods. Excel keeps crashing whenever I open the price list.",
          "A: Any error on the screen?", "C: No, it just greys out and closes.",
          "A: Let me repair Office. This takes ten minutes.", "C: Okay. It opened... no, it's gone again.",
          "A: I'll pass it to our applications team and they'll ring you after lunch.",
          "C: Fine. Oh, by the way, the printer on the second floor is out of toner.",
          "A: I'll get one sent over.", "C: Cheers, bye."},
         SoftwareApplication,
         PrinterScanner,
         "Excel",
         "oner"},
        {"mails, then a screen",
         "en",
         {"A: IT help desk, hello.",
          "C: Hello, Carol Finch, Dunmore Estates. My emails are stuck in the outbox since this morning.",
          "A: Any large attachments?", "C: There's one with a brochure, about forty meg.",
          "A: That's blocking the rest. Delete it and send a link instead.",
          "C: Deleted... they're going out now.", "A: Good.",
          "C: One more thing, my second monitor flickers when I move the cable.",
          "A: I'll bring a new cable tomorrow.", "C: Perfect, thank you."},
         Email,
         Hardware,
         "emails",
         "screen",
         false},
        {"an application, then a slow machine",
         "fr",
         {"A: Bonjour, support.", "C: bonjour euh autocad refuse d'enregistrer mes plans il dit accès refusé",
          "A: sur le serveur ou en local", "C: sur le serveur en local ça marche",
          "A: les droits du dossier ont changé je corrige", "C: ça enregistre super", "A: parfait",
          "C: et mon pc est super lent le matin genre dix minutes pour démarrer",
          "A: je regarde les programmes au démarrage", "C: merci"},
         SoftwareApplication,
         WorkstationPerformance,
         "AutoCAD",
         "démarrage",
         false},
    };
    for (const auto& row : rows) {
        const Analysis analysis = analyse(talk(row.lines, row.language));
        SCOPED_TRACE(std::string{row.name} + ": " + analysis.subject + " / " + analysis.summary);
        const bool isRight = analysis.category == row.main;
        EXPECT_TRUE(isRight || confidenceOf(analysis, "category") != Confidence::Sure);
        EXPECT_TRUE(isRight || !row.isFound);
        EXPECT_TRUE(analysis.secondaryCategory == row.second || analysis.runnerUp == row.second);
        EXPECT_THAT(analysis.subject, Not(HasSubstr(row.foreign)));
        EXPECT_THAT(analysis.summary.substr(0, analysis.summary.find(". ")), HasSubstr(row.told));
    }
}

/// An incident may be the matter, whenever it is told.
TEST(Aside, OfAnIncidentLeavesADoubt) {
    const Analysis analysis =
        analyse(talk({"A: Support bonjour.", "C: Bonjour, l'imprimante de l'accueil n'imprime plus.",
                      "A: Je la relance, et là ?",
                      "C: Elle imprime. Au fait, j'ai cliqué sur un lien dans un mail bizarre et j'ai donné "
                      "mon mot de passe, "
                      "c'était une fausse page.",
                      "A: Quand ça ? Je réinitialise votre mot de passe et je coupe vos sessions.",
                      "C: Il y a dix minutes, merci.", "A: On surveille le compte, vous avez bien fait."}));
    EXPECT_TRUE(analysis.category == SecurityIncident ||
                confidenceOf(analysis, "category") != Confidence::Sure);
}

/// What says "also" is not told as one more "also".
TEST(Aside, IsToldWithOneAlso) {
    const Analysis french =
        analyse(talk({"A: Support bonjour.",
                      "C: Bonjour, j'ai un message disque C plein, je ne peux plus rien enregistrer.",
                      "A: Je vide les fichiers temporaires.",
                      "C: Ah ça remonte. Et aussi, mon casque grésille quand je suis au téléphone.",
                      "A: Je vous en change."}));
    EXPECT_THAT(french.summary, Not(HasSubstr("« Aussi")));
    const Analysis english = analyse(talk(
        {"A: Support.", "C: My C drive is full and I can't save anything.", "A: I'm clearing it.",
         "C: That's better. And also my headset keeps crackling when I'm on the phone.", "A: I'll swap it."},
        "en"));
    EXPECT_THAT(english.summary, Not(HasSubstr("reports: also")));
    EXPECT_THAT(english.summary, Not(HasSubstr("Also, also")));
}

TEST(Aside, LeavesAKeptAccountToTheSubject) {
    const auto subjectOfLeaver = [](const std::string& said) {
        return analyse(talk({"A: Bonjour, support.",
                             "C: Bonjour, ici Estelle Huet aux ressources humaines. " + said,
                             "A: Entendu, je note pour le compte.", "C: Merci."}))
            .subject;
    };
    EXPECT_THAT(subjectOfLeaver("Karim s'en va vendredi mais gardez son compte, il reste consultant."),
                HasSubstr("compte à conserver"));
    EXPECT_THAT(subjectOfLeaver("Karim s'en va vendredi, gardez sa boîte mais coupez le compte."),
                Not(HasSubstr("conserver")));
    EXPECT_THAT(subjectOfLeaver("Karim s'en va vendredi, il faut fermer son compte."),
                Not(HasSubstr("conserver")));
}

TEST(Aside, PraiseOfAnAnswerIsNoDispleasure) {
    const std::vector<std::string> call = {
        "A: IT, good morning.",
        "C: Morning, I'm locked out of my account, I got the password wrong three times.",
        "A: What's your name?",
        "C: Sylvia Grant, purchasing.",
        "A: It's unlocked, try now.",
        "C: I'm in, thank you. My mouse has died though, I'm on the trackpad.",
        "A: Come to room twelve and pick one up.",
    };
    std::vector<std::string> praised = call;
    praised.emplace_back("C: Brilliant, that's really quick.");
    EXPECT_NE(analyse(talk(praised, "en")).sentiment, protocol::Sentiment::Negative);
    std::vector<std::string> mocked = {"A: IT, good morning.",
                                       "C: The server is down again, it's the third time.",
                                       "A: I'm afraid nobody can come before Friday.",
                                       "C: Brilliant, just brilliant. Great service as usual."};
    EXPECT_EQ(analyse(talk(mocked, "en")).sentiment, protocol::Sentiment::Negative);
}

}  // namespace
}  // namespace ninja3cx::analysis
