#include "server/analysis/actions/said_deeds.hpp"

#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

struct Row {
    const char* said;
    const char* kind;  // null: no such deed
    const char* language = "fr";
    const char* before = "C: Bonjour.";
};

TEST(SaidDeeds, AreWhatTheTechnicianSaysInTheFirstPerson) {
    const Row rows[] = {
        {"Je transmets au consultant EBP de chez nous, il vous écrira.", "escalate"},
        {"J'ai transmis votre dossier à l'équipe réseau.", "escalate"},
        {"Je vous transmets le devis par mail.", nullptr},
        {"Si ça ne suffit pas je transmets au consultant.", nullptr},
        {"Je peux transmettre à l'équipe réseau.", nullptr},
        {"Je transmets à l'équipe réseau ?", nullptr},
        {"Je vous prête un autre portable, il part ce soir.", "order_hardware"},
        {"Je ne vous prête pas de portable.", nullptr},
        {"Je réinitialise votre code PIN.", "reset_password"},
        {"Je vous le remets à quatre huit deux un.", "reset_password", "fr",
         "C: J'ai oublié le code de ma messagerie."},
        {"Je vous le remets à demain.", nullptr},
        {"I'm passing this to the network team right now.", "escalate", "en"},
        {"Should I pass it to the network team?", nullptr, "en"},
        {"I'll lend you a laptop until Friday.", "order_hardware", "en"},
        {"I've reset the PIN, try it now.", "reset_password", "en"},
        {"I could lend you a laptop.", nullptr, "en"},
        {"j'ai redémarré le spouleur ça devrait partir", "reboot"},
        {"Je viens de redémarrer la box.", "reboot"},
        {"J'ai relancé le service d'impression.", "reboot"},
        {"J'ai relancé le fournisseur.", nullptr},
        {"Je ne l'ai pas redémarré.", nullptr},
        {"Vous avez redémarré le poste.", nullptr},
        {"J'ai redémarré la box hier.", nullptr},
        {"ive just restarted it try now", "reboot", "en"},
        {"Have you restarted it?", nullptr, "en"},
        {"If I've restarted it by then, fine.", nullptr, "en"},
        {"Je vous l'ai installé, regardez.", "install_software"},
        {"J'ai installé la mise à jour.", nullptr},
        {"Je vous l'ai installé la semaine dernière.", nullptr},
        {"I've installed it on the laptop.", "install_software", "en"},
        {"I've installed the update.", nullptr, "en"},
        {"I've just unlocked your account.", "reset_password", "en"},
        {"ive just reset it for you", "reset_password", "en", "C: it says my account is locked"},
        {"ive just reset it for you", nullptr, "en", "C: the router has a red light"},
        {"Je vous l'ai débloqué.", "reset_password", "fr", "C: Mon compte est verrouillé."},
        {"Je vous l'ai débloqué.", nullptr, "fr", "C: Le tiroir de la caisse est coincé."},
    };
    for (const Row& row : rows) {
        const auto input = talk({row.before, std::string{"A: "} + row.said}, row.language);
        const auto deeds = saidDeedsIn(readConversation(input));
        ASSERT_EQ(deeds.size(), row.kind ? 1U : 0U) << row.said;
        if (row.kind) {
            EXPECT_EQ(deeds[0].kind, row.kind) << row.said;
        }
    }
}

TEST(SaidDeeds, AreNotMadeOfTheirOpposite) {
    const auto isUnsaidIn = [](const char* kind, const char* said, const char* language) {
        const auto input = talk({std::string{"A: "} + said}, language);
        FoundAction action;
        action.action.kind = kind;
        action.turns = {0};
        return isUnsaid(action, readConversation(input));
    };
    EXPECT_TRUE(isUnsaidIn("install_software", "Je désinstalle la mise à jour de cette nuit.", "fr"));
    EXPECT_FALSE(isUnsaidIn("install_software", "Je désinstalle Office et je le réinstalle.", "fr"));
    EXPECT_TRUE(
        isUnsaidIn("onsite_visit", "I'll send a dock by courier, it should arrive on Wednesday.", "en"));
    EXPECT_FALSE(isUnsaidIn("onsite_visit", "It is delivered on Wednesday and our engineer fits it.", "en"));
    EXPECT_TRUE(isUnsaidIn("onsite_visit", "Le colis est livré mercredi.", "fr"));
    EXPECT_FALSE(isUnsaidIn("onsite_visit", "Je passe mercredi avec le colis.", "fr"));
    EXPECT_TRUE(isUnsaidIn("onsite_visit", "I'll switch off her access on Friday at five.", "en"));
    EXPECT_FALSE(
        isUnsaidIn("onsite_visit", "I'll cut her access and someone will collect the laptop.", "en"));
}

const protocol::Evidence* evidenceOn(const protocol::Analysis& analysis, const std::string& field) {
    const auto found = std::ranges::find(analysis.evidence, field, &protocol::Evidence::field);
    return found == analysis.evidence.end() ? nullptr : &*found;
}

struct Announced {
    std::vector<std::string> said;  // from the technician's first turn on
    const char* kind;
    const char* status;
    const char* language = "fr";
};
TEST(SaidDeeds, AreDoneWhereTheTechnicianHasDoneThem) {
    const Row rows[] = {{"j'ai redémarré le spouleur", "reboot"},
                        {"je vous l'ai installé", "install_software"},
                        {"ive just restarted it", "reboot", "en"}};
    for (const Row& row : rows) {
        const auto deeds =
            saidDeedsIn(readConversation(talk({row.before, std::string{"A: "} + row.said}, row.language)));
        ASSERT_EQ(deeds.size(), 1U) << row.said;
        EXPECT_TRUE(deeds[0].isDone) << row.said;
    }
}

TEST(SaidDeeds, AreToDoWhereTheyAreOnlyAnnounced) {
    const Announced rows[] = {
        {{"A: C'est bloqué. Je vais lancer une analyse complète à midi.", "C: D'accord."},
         "security_scan",
         "todo"},
        {{"A: C'est bloqué. Je vais lancer une analyse complète.", "C: Je peux travailler ?", "A: Oui.",
          "C: Merci."},
         "security_scan",
         "todo"},
        {{"A: It's blocked. I'm going to run a full scan at noon.", "C: Okay."},
         "security_scan",
         "todo",
         "en"},
        {{"A: Je redémarre le serveur ce soir.", "C: D'accord."}, "reboot", "todo"},
        {{"A: J'ai redémarré le serveur.", "C: D'accord."}, "reboot", "done"},
        {{"A: Je vais redémarrer le serveur.", "C: D'accord.", "A: Voilà, c'est fait, il est redémarré.",
          "C: Merci."},
         "reboot",
         "done"},
        {{"A: I'm going to restart it.", "C: Okay.", "A: Done.", "C: Thanks."}, "reboot", "done", "en"},
    };
    for (const Announced& row : rows) {
        const bool isEnglish = std::string{row.language} == "en";
        std::vector<std::string> lines{isEnglish ? "A: Support, hello." : "A: Support bonjour.",
                                       isEnglish ? "C: Hi, Ben Lane, the server is slow."
                                                 : "C: Bonjour, Benoît Lagarde, le serveur est lent."};
        lines.insert(lines.end(), row.said.begin(), row.said.end());
        const auto analysis = analyse(talk(lines, row.language));
        const auto deed = std::ranges::find(analysis.actions, row.kind, &protocol::AnalysisAction::kind);
        ASSERT_NE(deed, analysis.actions.end()) << row.said[0];
        EXPECT_EQ(deed->status, row.status) << row.said[0];
    }
}

TEST(SaidDeeds, AreTold) {
    const auto analysis = analyse(
        talk({"A: Support bonjour.", "C: Bonjour, Claire Dubreuil. Dans EBP j'ai une erreur de TVA.",
              "A: C'est sur toutes les factures ?", "C: Seulement sur celles avec deux taux.",
              "A: Je n'ai pas la main sur les paramètres, je transmets au consultant EBP de chez nous.",
              "C: D'accord, merci à vous."}));
    const auto* escalated = evidenceOn(analysis, "actions.escalate");
    ASSERT_NE(escalated, nullptr);
    EXPECT_NE(escalated->confidence, protocol::Confidence::Unsure);
}

TEST(SaidDeeds, LeaveNoVisitOfACourier) {
    const auto analysis = analyse(
        talk({"A: Service desk, Mark.",
              "C: Hello, Irene Walsh, Leeds office. The docking station has died, no lights at all.",
              "A: Have you tried another socket?", "C: Yes, and another cable. Nothing.",
              "A: I'll send a replacement dock by courier, it should arrive on Wednesday.", "C: Thank you."},
             "en"));
    EXPECT_EQ(evidenceOn(analysis, "actions.onsite_visit"), nullptr);
    EXPECT_NE(evidenceOn(analysis, "actions.order_hardware"), nullptr);
}

}  // namespace
}  // namespace ninja3cx::analysis
