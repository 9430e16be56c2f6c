#include "server/analysis/conclusions/named_trouble.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace ninja3cx::analysis {
namespace {

/// Openings that a wrong number has as well, before each of the complaints, in the shortest of calls.
void expectTickets(std::span<const char* const> openings, std::span<const char* const> complaints,
                   const char* language) {
    const bool isFrench = std::string_view{language} == "fr";
    for (const char* opening : openings)
        for (const char* complaint : complaints) {
            const auto analysis =
                analyse(talk({isFrench ? "A: support bonjour" : "A: hello support",
                              std::string{isFrench ? "C: bonjour " : "C: hi "} + opening + " " + complaint,
                              isFrench ? "A: d'accord je regarde" : "A: let me have a look",
                              isFrench ? "C: merci au revoir" : "C: thanks bye"},
                             language));
            EXPECT_TRUE(analysis.ticketWarranted) << opening << " " << complaint;
        }
}

TEST(NamedTrouble, IsAMatterHoweverTheCallOpens) {
    const char* const openings[] = {"vous êtes bien le support informatique",
                                    "excusez-moi de vous déranger",
                                    "vous êtes le dépannage informatique c'est ça",
                                    "je suis bien chez le support informatique",
                                    "désolée de vous embêter",
                                    "c'est bien le service informatique ?",
                                    "on m'a donné votre numéro",
                                    "je me suis peut-être trompé de numéro mais"};
    const char* const complaints[] = {"mon pc ne démarre plus",        "l'imprimante est en panne",
                                      "je n'ai plus accès à ma boîte", "mon mot de passe est refusé",
                                      "le vpn ne se connecte plus",    "on a plus de réseau"};
    expectTickets(openings, complaints, "fr");
    const char* const english[] = {"is this the it help desk", "sorry to bother you",
                                   "i'm not sure if i have the right number", "am i through to it support"};
    const char* const englishComplaints[] = {"my computer won't start", "i can't get into my mailbox",
                                             "the printer is broken", "the vpn won't connect"};
    expectTickets(english, englishComplaints, "en");
}

TEST(NamedTrouble, IsNoneOfAStranger) {
    struct Row {
        const char* said;
        const char* answer;
    };
    const Row rows[] = {
        {"vous êtes bien la pharmacie", "ah non vous faites erreur"},
        {"bonjour mon ascenseur est bloqué", "ici c'est le support informatique vous faites erreur"},
        {"bonjour c'est bien le taxi", "non monsieur vous êtes au support informatique"},
        {"je vous appelle pour vous proposer notre offre quand internet est coupé",
         "ça ne nous intéresse pas"},
        {"rien n'est en panne je voulais juste vous remercier", "c'est gentil"},
    };
    for (const Row& row : rows) {
        const auto analysis = analyse(talk({"A: support bonjour", std::string{"C: "} + row.said,
                                            std::string{"A: "} + row.answer, "C: ah pardon au revoir"}));
        EXPECT_FALSE(analysis.ticketWarranted) << row.said;
    }
}

bool namesTroubleIn(const std::vector<std::string>& lines) {
    const protocol::AnalysisInput input = talk(lines);
    return namesTrouble(readConversation(input));
}
TEST(NamedTrouble, IsSaidByTheCustomerAlone) {
    EXPECT_TRUE(namesTroubleIn({"C: mon écran ne s'allume plus"}));
    EXPECT_FALSE(namesTroubleIn({"A: votre écran ne s'allume plus"}));
    EXPECT_FALSE(namesTroubleIn({"C: rien n'est en panne"}));
    EXPECT_FALSE(namesTroubleIn({"C: mon ascenseur est bloqué", "A: vous vous trompez de numéro"}));
    EXPECT_FALSE(namesTroubleIn({"C: je voudrais vous proposer une offre quand le serveur est en panne"}));
}

TEST(NamedTrouble, IsReadWithoutTheOpening) {
    const protocol::AnalysisInput input =
        talk({"C: excusez-moi de vous déranger mon pc plante", "C: c'est bien le support"});
    const Conversation conversation = readConversation(input);
    const Conversation rest = withoutOpenings(conversation);
    ASSERT_EQ(rest.lines[0].words.size(), 3U);
    EXPECT_EQ(rest.lines[0].words[0].text, "mon");
    EXPECT_EQ(rest.lines[1].words.size(), conversation.lines[1].words.size());  // nothing else is said
}

struct StaffRow {
    const char* said;
    const char* language = "fr";
};
protocol::Analysis analyseStaff(const StaffRow& row) {
    const bool isFrench = std::string_view{row.language} == "fr";
    return analyse(
        talk({isFrench ? "A: assistance informatique bonjour" : "A: IT support good morning",
              std::string{isFrench ? "C: bonjour c'est Brigitte Salmon. " : "C: hi it's Olivia Grant. "} +
                  row.said + ".",
              isFrench ? "A: je m'en occupe" : "A: I'll look into it",
              isFrench ? "C: merci au revoir" : "C: thanks bye"},
             row.language));
}

TEST(ColleaguesTrouble, IsNoMovement) {
    const StaffRow rows[] = {
        {"Franck Ollier n'arrive plus à accéder à sa boîte mail"},
        {"Franck Ollier n'arrive plus à ouvrir sa session"},
        {"Sophie Blanchet n'arrive pas à se connecter"},
        {"Sophie Blanchet n'arrive plus à se connecter à son compte"},
        {"Franck Ollier arrive pas à ouvrir ses mails"},
        {"ma collègue Sophie Blanchet n'arrive plus à accéder à son compte"},
        {"Sophie Blanchet n'arrive plus à entrer dans Sage"},
        {"c'est Franck Ollier qui n'arrive plus à ouvrir sa session"},
        {"Franck Ollier a son compte bloqué et n'arrive plus à travailler"},
        {"le compte de Sophie Blanchet est bloqué, elle arrive pas à se connecter"},
        {"Franck Ollier quitte sa session et au retour tout est perdu"},
        {"le nouveau PC de Franck Ollier arrive lundi"},
        {"Sophie Blanchet démarre son PC et son compte est inconnu"},
        {"Franck Ollier n'arrive plus à imprimer"},
        {"Sophie Blanchet n'arrive pas à ouvrir le dossier partagé"},
        {"Martin Shaw can't get into his account", "en"},
        {"Martin Shaw is leaving his session open all the time", "en"},
        {"Gavin Pruett has left his laptop on the train", "en"},
        {"Martin Shaw can't log in to his account this morning", "en"},
        {"Gavin Pruett starts his PC and his account is unknown", "en"},
        {"the new laptop for Martin Shaw arrives on Monday", "en"},
        {"Gavin Pruett left his password on a sticky note", "en"},
    };
    for (const StaffRow& row : rows) {
        const auto analysis = analyseStaff(row);
        EXPECT_NE(analysis.category, protocol::Category::OnboardingOffboarding) << row.said;
        for (const std::string_view movement : {"Arrivée", "Départ", "New starter", "Leaver", "Mouvement"})
            EXPECT_FALSE(analysis.subject.starts_with(movement)) << row.said << ": " << analysis.subject;
    }
}

TEST(ColleaguesTrouble, IsOfTheCategoryOfOnesOwn) {
    using enum protocol::Category;
    const struct {
        StaffRow row;
        protocol::Category category;
    } rows[] = {
        {{"Sophie Blanchet n'arrive plus à se connecter à son compte"}, AccountPassword},
        {{"Franck Ollier arrive pas à ouvrir ses mails"}, Email},
        {{"Sophie Blanchet arrive plus à accéder à sa boîte"}, Email},
        {{"Martin Shaw can't log in to his account this morning", "en"}, AccountPassword},
    };
    for (const auto& [row, category] : rows) {
        const auto analysis = analyseStaff(row);
        EXPECT_EQ(analysis.category, category) << row.said;
        const auto evidence = std::ranges::find(analysis.evidence, "category", &protocol::Evidence::field);
        ASSERT_NE(evidence, analysis.evidence.end());
        EXPECT_NE(evidence->confidence, protocol::Confidence::Sure) << row.said;
    }
}

TEST(ColleaguesTrouble, IsToldAsOnesOwn) {
    const protocol::AnalysisInput input = talk({"C: Paul Roux n'ouvre plus sa boîte ni ses dossiers"});
    const Conversation conversation = readConversation(input);
    const std::vector<std::string> people{"Paul Roux"};
    const Conversation own = toldAsOwn(conversation, people);
    std::string text;
    for (const Word& word : own.lines[0].words) text += (text.empty() ? "" : " ") + word.text;
    EXPECT_EQ(text, "je n ouvre plus ma boite ni mes dossiers");
    EXPECT_EQ(own.lines[0].words[0].end, 9);  // where the name was said
}

TEST(ColleaguesTrouble, LeavesMovementsWhatTheyAre) {
    const StaffRow rows[] = {
        {"Franck Ollier arrive lundi, il faut lui créer un compte et une session"},
        {"on a une nouvelle collègue, Sophie Blanchet, qui commence lundi, il lui faut un compte"},
        {"Franck Ollier quitte la société vendredi, il faut couper ses accès"},
        {"Franck Ollier part à la retraite vendredi et son compte est bloqué"},
        {"Sophie Blanchet est arrivée lundi et n'arrive pas à se connecter, il faut lui créer un compte"},
        {"il faut désactiver le compte de Franck Ollier, il ne travaille plus ici"},
        {"on embauche Sophie Blanchet au service compta, il lui faut un poste et une adresse mail"},
        {"Franck Ollier a démissionné, on n'arrive pas à supprimer son compte"},
        {"c'est pour une arrivée, Sophie Blanchet, lundi, avec un ordinateur et une boîte mail"},
        {"Franck Ollier nous quitte le quinze, il faut fermer sa boîte"},
        {"notre nouvelle stagiaire Sophie Blanchet démarre lundi, il faut un compte"},
        {"Martin Shaw is leaving the company on Friday, please disable his account", "en"},
        {"Gavin Pruett starts on Monday, he needs an account and a laptop", "en"},
        {"we have a new starter on Monday, Gavin Pruett, he needs an account", "en"},
        {"Martin Shaw has resigned and we can't get into his mailbox, please close the account", "en"},
    };
    for (const StaffRow& row : rows)
        EXPECT_EQ(analyseStaff(row).category, protocol::Category::OnboardingOffboarding) << row.said;
}

TEST(ColleaguesTrouble, IsNamedWhereNoAccountIsMadeOrClosed) {
    const auto isNamed = [](const std::vector<std::string>& lines) {
        const protocol::AnalysisInput input = talk(lines);
        return namesNoMovement(readConversation(input));
    };
    EXPECT_TRUE(isNamed({"C: Paul n'arrive plus à ouvrir sa boîte"}));
    EXPECT_TRUE(isNamed({"C: le nouvel écran de Paul arrive lundi"}));
    EXPECT_FALSE(isNamed({"C: Paul arrive lundi"}));
    EXPECT_FALSE(isNamed({"A: Paul n'arrive plus à ouvrir sa boîte ?", "C: il arrive lundi"}));
    EXPECT_FALSE(isNamed({"C: Paul n'arrive pas à ouvrir sa boîte", "A: je lui crée un compte"}));
}

}  // namespace
}  // namespace ninja3cx::analysis
