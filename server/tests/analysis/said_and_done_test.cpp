#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace ninja3cx::analysis {
namespace {

const protocol::AnalysisAction* actionOf(const protocol::Analysis& analysis, const char* kind) {
    const auto found = std::ranges::find(analysis.actions, kind, &protocol::AnalysisAction::kind);
    return found == analysis.actions.end() ? nullptr : &*found;
}

TEST(DeniedDeeds, OfAQuestionInVainAreNone) {
    for (const char* asked :
         {"Did you restart it?", "Have you tried restarting it?", "Did you reboot the PC?"})
        for (const char* answer : {"No.", "Not yet.", "No, I haven't.", "I haven't, no."}) {
            const auto analysis =
                analyse(talk({"A: Support, hello.", "C: Hi, my PC is very slow.", std::string{"A: "} + asked,
                              std::string{"C: "} + answer, "A: Please do that tonight.", "C: Okay."},
                             "en"));
            EXPECT_EQ(actionOf(analysis, "reboot"), nullptr) << asked << answer;
        }
    for (const char* asked :
         {"Vous l'avez redémarré ?", "Vous avez redémarré le poste ?", "Il a été redémarré ?"})
        for (const char* answer : {"Non.", "Pas encore.", "Ah non.", "Non, pas depuis hier."}) {
            const auto analysis =
                analyse(talk({"A: Support, bonjour.", "C: Bonjour, mon PC rame.", std::string{"A: "} + asked,
                              std::string{"C: "} + answer, "A: D'accord, faites-le ce soir.", "C: Ok."}));
            EXPECT_EQ(actionOf(analysis, "reboot"), nullptr) << asked << answer;
        }
}

TEST(DeniedDeeds, OfACancelledAccountAreNone) {
    const auto french = analyse(talk(
        {"A: Support, bonjour.", "C: Bonjour, finalement la nouvelle collègue ne vient pas, il faut annuler.",
         "A: D'accord, j'annule la création du compte.", "C: Merci."}));
    EXPECT_EQ(actionOf(french, "create_account"), nullptr);
}

TEST(DeniedDeeds, OfTomorrowAreStillToDo) {
    for (const char* said : {"Je la lance demain et je redémarre.", "Je redémarre le serveur ce soir.",
                             "Je fais la mise à jour jeudi et je redémarre."}) {
        const auto analysis =
            analyse(talk({"A: Support, bonjour.", "C: Bonjour, la mise à jour du serveur n'est pas passée.",
                          std::string{"A: "} + said, "C: Merci."}));
        const auto* reboot = actionOf(analysis, "reboot");
        if (reboot) {
            EXPECT_EQ(reboot->status, "todo") << said;
        }
    }
    const auto now = analyse(talk({"A: Support, hello.", "C: Hi, my PC is very slow.",
                                   "A: I've restarted it, try now.", "C: It works, thanks."},
                                  "en"));
    ASSERT_NE(actionOf(now, "reboot"), nullptr);
    EXPECT_EQ(actionOf(now, "reboot")->status, "done");
}

TEST(SaidVisits, AreToDo) {
    for (const char* said : {"An engineer will visit next Tuesday.", "A technician will come on Tuesday.",
                             "We'll send an engineer on Tuesday."}) {
        const auto analysis = analyse(talk({"A: Support, hello.", "C: Hi, the network cabinet makes a noise.",
                                            std::string{"A: "} + said, "C: Thanks."},
                                           "en"));
        ASSERT_NE(actionOf(analysis, "onsite_visit"), nullptr) << said;
        EXPECT_EQ(actionOf(analysis, "onsite_visit")->status, "todo");
    }
}

TEST(DeniedDeeds, OfAnAddInCutNoAccount) {
    for (const char* said : {"C'est le complément Teams, je le désactive.", "Il y a une macro, je la bloque.",
                             "C'est l'antivirus, je le coupe une minute."}) {
        const auto analysis = analyse(talk({"A: Support, bonjour.", "C: Bonjour, Outlook plante.",
                                            std::string{"A: "} + said, "C: Ça marche, merci."}));
        EXPECT_EQ(actionOf(analysis, "disable_account"), nullptr) << said;
    }
}

TEST(QuestionsAboutInvoices, AreNoRequestForLicences) {
    const auto french = analyse(
        talk({"A: Support, bonjour.", "C: Bonjour, sur la facture de novembre il y a une ligne, c'est quoi ?",
              "A: Ce sont les licences Office du mois.", "C: D'accord merci."}));
    EXPECT_EQ(french.subject, "Question sur une facture");
    const auto english = analyse(
        talk({"A: Support, hello.", "C: Hi, I don't understand a line on the last invoice, what is it?",
              "A: Those are the Microsoft licences for November.", "C: I see, thanks."},
             "en"));
    EXPECT_EQ(english.subject, "Question about an invoice");
}

}  // namespace
}  // namespace ninja3cx::analysis
