#include "server/analysis/summary/wording.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using ::testing::HasSubstr;
using ::testing::Not;

GroundedText summaryIn(const std::vector<std::string>& lines, Category category, const std::string& language,
                       protocol::Confidence confidence = protocol::Confidence::Sure) {
    const protocol::AnalysisInput input = talk(lines, language);
    const Conversation conversation = readConversation(input);
    CategoryFinding finding;
    finding.main.value = category;
    finding.main.confidence = confidence;
    const Names names = findNames(conversation);
    const std::vector<FoundAction> actions;
    const std::vector<Movement> movements = movementsIn(conversation, names);
    return summaryOf({conversation, finding, names, movements, actions, protocol::Sentiment::Neutral, false});
}

struct Row {
    const char* name;
    std::vector<std::string> lines;
    Category category;
    const char* summary;
    const char* language = "fr";
};
class Pieces : public testing::TestWithParam<Row> {};

TEST_P(Pieces, SayWhatATechnicianWouldSend) {
    const Row& row = GetParam();
    EXPECT_EQ(summaryIn(row.lines, row.category, row.language).text, row.summary);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Pieces,
    testing::Values(
        Row{"HowItIsDone",
            {"A: Bonjour.",
             "C: Bonjour, Paul Girard. C'est juste une question : comment je fais pour enregistrer une "
             "réunion Teams ?",
             "A: Trois points, Enregistrer. Je le note dans le dossier.",
             "C: C'est tout ce que je voulais savoir."},
            Category::InformationRequest,
            "Paul Girard demande comment enregistrer une réunion Teams. Reste ouvert."},
        Row{"HowItIsDoneHere",
            {"A: Bonjour.", "C: Bonjour, Paul Girard. Comment on met une signature dans Outlook ?"},
            Category::InformationRequest,
            "Paul Girard demande comment on met une signature dans Outlook. Reste ouvert."},
        Row{"HowItIsDoneInEnglish",
            {"A: Hello.", "C: Hi, how do I colour the meetings in my calendar?"},
            Category::InformationRequest,
            "The customer asks how to colour the meetings in their calendar. Still open.",
            "en"},
        Row{"ByWhen",
            {"A: Bonjour.",
             "C: Bonjour, Isabelle Moreau. Sage Paie ne s'ouvre plus du tout, pour personne, et les "
             "virements des salaires doivent partir avant dix-sept heures aujourd'hui."},
            Category::SoftwareApplication,
            "Isabelle Moreau signale que Sage Paie ne s'ouvre plus du tout, pour personne. Échéance : les "
            "virements "
            "des salaires doivent partir avant dix-sept heures aujourd'hui. Reste ouvert."},
        Row{"WhatWasOverwritten",
            {"A: Bonjour.",
             "C: Bonjour, c'est Corinne Jaubert, je suis un peu embêtée, j'ai écrasé le dossier des "
             "contrats 2025 sur le serveur, il y a tout dedans et le client vient à quatorze heures."},
            Category::BackupRestore,
            "Corinne Jaubert a écrasé le dossier des contrats 2025 sur le serveur, il y a tout dedans. "
            "Échéance : le "
            "client vient à quatorze heures. Reste ouvert."},
        Row{"NobodyIsHe",
            {"A: Bonjour.", "C: Bonjour, c'est Solène Arcambal.", "A: Oui ?",
             "C: Il en prend quatre d'un coup, bourrage papier, il se bloque."},
            Category::PrinterScanner,
            "Solène Arcambal appelle au sujet de : bourrage papier. Reste ouvert."},
        Row{"WhatCannotBeTurnedIsNamed",
            {"A: Bonjour.",
             "C: Bonjour, Hugo Santerre. Toutes les dix minutes le VPN, réglé comme une horloge."},
            Category::NetworkVpn,
            "Hugo Santerre signale un problème (VPN : se déconnecte). Reste ouvert."}));

TEST(SummaryPieces, TheDeadlineRestsOnItsTurn) {
    const GroundedText summary =
        summaryIn({"A: Hello.", "C: Hi, Jane Smith. Our accounts program won't open.", "A: I see.",
                   "C: The payroll must go out by noon today."},
                  Category::SoftwareApplication, "en");
    EXPECT_THAT(summary.text, HasSubstr("Deadline: the payroll must go out by noon today."));
    ASSERT_EQ(summary.sentences.size(), sentencesOf(summary.text).size());
    EXPECT_THAT(summary.sentences[1].turns, testing::ElementsAre(3));
}

TEST(SummaryPieces, WhatIsNotSaidIsNotClaimed) {
    const GroundedText summary =
        summaryIn({"A: Support, bonjour.", "C: Salut Nico, c'est Fab. Tu viens manger à midi ?"},
                  Category::ServerInfrastructure, "fr", protocol::Confidence::Unsure);
    EXPECT_THAT(summary.text, Not(HasSubstr("erveur")));
    EXPECT_THAT(summary.text, Not(HasSubstr("Fab.")));
}

}  // namespace
}  // namespace ninja3cx::analysis
