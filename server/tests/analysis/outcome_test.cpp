#include "server/analysis/actions/action_wording.hpp"
#include "server/analysis/weights/weights.hpp"
#include "server/tests/analysis/talk.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

const protocol::AnalysisAction* actionOf(const protocol::Analysis& analysis, std::string_view kind) {
    for (const protocol::AnalysisAction& action : analysis.actions)
        if (action.kind == kind) return &action;
    return nullptr;
}

/// A ticket is closed at once only where the outcome is not unsure.
TEST(ResolvedByNobody, IsUnsureWhereNoTurnSaysThatItWorks) {
    const auto analysis = analyse(talk({"C: mon forti client et le tunnel"}));
    const auto resolved =
        std::ranges::find(analysis.evidence, std::string{"resolved"}, &protocol::Evidence::field);
    ASSERT_NE(resolved, analysis.evidence.end());
    ASSERT_TRUE(analysis.resolved) << "what the model makes of it: else another call is needed here";
    EXPECT_EQ(resolved->confidence, protocol::Confidence::Unsure);
}

struct ResolvedRow {
    const char* name;
    std::vector<std::string> lines;
    bool isResolved;
    const char* language = "fr";
};
class Resolved : public testing::TestWithParam<ResolvedRow> {};

TEST_P(Resolved, IsHowTheCallEnds) {
    EXPECT_EQ(analyse(talk(GetParam().lines, GetParam().language)).resolved, GetParam().isResolved);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Resolved,
    testing::Values(
        ResolvedRow{"ItWorksAgain",
                    {"A: Support, bonjour.", "C: Bonjour, Outlook ne s'ouvre plus depuis ce matin.",
                     "A: Je recrée votre profil, patientez.", "C: Ah, il s'ouvre, tout est là.",
                     "A: Parfait, je ferme le ticket.", "C: Merci, au revoir."},
                    true},
        ResolvedRow{"ItStillDoesNot",
                    {"A: Support, bonjour.", "C: Bonjour, Outlook ne s'ouvre plus depuis ce matin.",
                     "A: Je recrée votre profil, patientez.", "C: Non, ça ne marche toujours pas.",
                     "A: Je transmets à l'équipe messagerie.", "C: D'accord, j'attends."},
                    false},
        ResolvedRow{"AWorkaroundIsNoRepair",
                    {"A: Support, bonjour.", "C: Bonjour, l'imprimante de la compta ne répond plus.",
                     "A: En attendant, imprimez sur celle de l'accueil.", "C: D'accord, ça dépanne.",
                     "A: Un technicien passera demain pour la vôtre.", "C: Très bien, à demain."},
                    false},
        ResolvedRow{"ASideMatterIsLeft",
                    {"A: support bonjour", "C: bonjour j'ai plus accès au réseau",
                     "A: je redémarre le switch", "A: c'est reparti", "C: oui merci",
                     "A: pour le scanner de votre collègue on passe jeudi", "C: d'accord au revoir"},
                    true},
        ResolvedRow{
            "AThingBesideIsLeft",
            {"A: support bonjour", "C: bonjour mon écran reste noir", "A: débranchez et rebranchez le câble",
             "C: ça remarche", "A: c'est bon alors", "C: oui c'est bon",
             "A: il reste juste la souris je vous en envoie une", "C: merci au revoir"},
            true},
        ResolvedRow{"ASideMatterBesideATrouble",
                    {"A: support bonjour", "C: bonjour j'ai plus accès au réseau",
                     "A: je redémarre le switch", "A: c'est reparti", "C: non toujours rien",
                     "A: pour le scanner de votre collègue on passe jeudi", "C: d'accord au revoir"},
                    false},
        ResolvedRow{"ASideMatterBesideAWorkaround",
                    {"A: support bonjour", "C: bonjour mon écran reste noir", "A: prenez celui de secours",
                     "C: oui ça marche", "A: pour le vôtre on passe jeudi", "C: d'accord au revoir"},
                    false},
        ResolvedRow{"EnglishItWorks",
                    {"A: Support, hello.", "C: Hi, I can't print from my laptop.",
                     "A: I've set the printer up again, try now.", "C: Yes, it's printing. Thank you.",
                     "A: Great, I'll close the ticket.", "C: Bye."},
                    true,
                    "en"},
        ResolvedRow{"EnglishItDoesNot",
                    {"A: Support, hello.", "C: Hi, I can't print from my laptop.",
                     "A: I've set the printer up again, try now.", "C: No, still nothing comes out.",
                     "A: I'll have to send an engineer tomorrow.", "C: Okay, see you tomorrow."},
                    false,
                    "en"}),
    [](const auto& info) { return std::string{info.param.name}; });

struct CallbackRow {
    const char* name;
    std::vector<std::string> lines;
    bool isPromised;
    const char* language = "fr";
};
class CallbackPromised : public testing::TestWithParam<CallbackRow> {};

/// True exactly when an agent's callback is to be done.
TEST_P(CallbackPromised, IsWhatTheHelpDeskSays) {
    const protocol::Analysis analysis = analyse(talk(GetParam().lines, GetParam().language));
    EXPECT_EQ(analysis.callbackPromised, GetParam().isPromised);
    const protocol::AnalysisAction* action = actionOf(analysis, "callback");
    EXPECT_EQ(action && action->status == "todo", GetParam().isPromised);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, CallbackPromised,
    testing::Values(
        CallbackRow{"ByTheTechnician",
                    {"A: Support, bonjour.", "C: Bonjour, le serveur de fichiers est très lent.",
                     "A: Je regarde les journaux et je vous rappelle avant midi.", "C: D'accord, merci.",
                     "A: À tout à l'heure."},
                    true},
        CallbackRow{"ByAColleague",
                    {"A: Support, bonjour.", "C: Bonjour, le standard ne prend plus les appels.",
                     "A: Ma collègue de la téléphonie vous rappelle dans une heure.", "C: Entendu.",
                     "A: Bonne journée."},
                    true},
        CallbackRow{
            "NotByTheCustomer",
            {"A: Support, bonjour.", "C: Bonjour, mon VPN ne se connecte plus.",
             "A: Je vous remets un certificat. Essayez.", "C: Ça marche. Je vous rappelle si ça recommence.",
             "A: Très bien, bonne journée.", "C: Merci, au revoir."},
            false},
        CallbackRow{"NotByMail",
                    {"A: Support, bonjour.", "C: Bonjour, il me faudrait un devis pour deux écrans.",
                     "A: Je vous l'envoie par mail demain.", "C: Parfait, merci.", "A: Au revoir."},
                    false},
        CallbackRow{"BesideSomethingElse",
                    {"A: support hello", "C: i need a quote for six licences",
                     "A: i'll send it on tuesday and call you in a fortnight", "C: thanks"},
                    true,
                    "en"},
        CallbackRow{"BesideSomethingElseInFrench",
                    {"A: support bonjour", "C: il me faut un devis pour six licences",
                     "A: je vous l'envoie mardi et je vous rappelle sous quinzaine", "C: merci"},
                    true},
        CallbackRow{"NotATestCall",
                    {"A: support bonjour", "C: le poste de l'atelier ne sonne plus du tout",
                     "A: rebranchez le", "C: voilà il redémarre", "A: je vous appelle dessus pour tester",
                     "C: ça sonne", "A: très bien", "C: merci au revoir"},
                    false},
        CallbackRow{"NotAnEnglishTestCall",
                    {"A: support hello", "C: the phone in the workshop does not ring any more",
                     "A: unplug it and plug it in again", "C: it's starting", "A: i'll ring it now to test",
                     "C: it's ringing", "A: lovely", "C: thanks bye"},
                    false,
                    "en"},
        CallbackRow{
            "ButACallToTestLater",
            {"A: support bonjour", "C: le poste de l'atelier ne sonne plus du tout",
             "A: je change le réglage et je vous appelle à quinze heures pour tester", "C: d'accord merci"},
            true},
        CallbackRow{"NotAReminder",
                    {"A: support bonjour", "C: je n'arrive pas à changer mon mot de passe",
                     "A: je vous rappelle qu'il faut douze caractères", "C: ah ça y est c'est passé",
                     "A: parfait", "C: merci au revoir"},
                    false},
        CallbackRow{"NotByTheEnglishCustomer",
                    {"A: support hello", "C: my vpn will not connect", "A: try it again now",
                     "C: it's connected, i'll call you back if it drops", "A: okay bye", "C: bye"},
                    false,
                    "en"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(TicketWarranted, IsFalseOnlyForWhatIsNoMatterOfTheHelpDesk) {
    const struct {
        std::vector<std::string> lines;
        bool isWarranted;
    } rows[] = {
        {{"A: Support, bonjour.", "C: Bonjour, je voudrais une table pour quatre ce soir.",
          "A: Vous êtes au support informatique.", "C: Oh pardon, je me suis trompé de numéro."},
         false},
        {{"A: Support, bonjour.", "C: Bonjour, je vous propose une offre d'énergie pour les entreprises.",
          "A: Nous ne sommes pas intéressés, merci.", "C: C'est sans engagement.",
          "A: Non merci, au revoir."},
         false},
        {{"A: Support, bonjour.", "C: Bonjour, juste une question, quels sont vos horaires ?",
          "A: De huit heures à dix-huit heures.", "C: Merci, au revoir."},
         true},
        {{"A: Support, bonjour.", "C: Bonjour, mon écran clignote.", "A: Je vous en envoie un autre.",
          "C: Merci."},
         true}};
    for (const auto& row : rows) {
        const protocol::Analysis analysis = analyse(talk(row.lines));
        EXPECT_EQ(analysis.ticketWarranted, row.isWarranted) << row.lines[1];
        if (row.isWarranted) continue;
        EXPECT_EQ(analysis.priority, protocol::Priority::Low);
        EXPECT_TRUE(analysis.resolved);
        ASSERT_EQ(analysis.actions.size(), 1u);
        EXPECT_EQ(analysis.actions[0].kind, "none");
    }
}

protocol::Confidence confidenceOf(const protocol::Analysis& analysis, const std::string& field) {
    const auto evidence = std::ranges::find(analysis.evidence, field, &protocol::Evidence::field);
    return evidence == analysis.evidence.end() ? protocol::Confidence::Unsure : evidence->confidence;
}

TEST(TicketWarranted, IsNeverSureOfACallThatBrokeOff) {
    for (const auto& [lines, language] :
         {std::pair{std::vector<std::string>{"A: support bonjour", "C: bonjour je vous appelle parce que"},
                    "fr"},
          std::pair{std::vector<std::string>{"A: support bonjour", "C: oui bonjour c'est madame perrin",
                                             "A: bonjour madame", "C: allo allo"},
                    "fr"},
          std::pair{std::vector<std::string>{"A: hello support", "C: yeah hello i'm just ringing about the"},
                    "en"}})
        EXPECT_NE(confidenceOf(analyse(talk(lines, language)), "ticket_warranted"),
                  protocol::Confidence::Sure)
            << lines[1];
    for (const auto& [lines, language] :
         {std::pair{std::vector<std::string>{"A: support bonjour", "C: bonjour mon écran clignote"}, "fr"},
          std::pair{std::vector<std::string>{"A: hello support", "C: my screen is flickering"}, "en"}})
        EXPECT_EQ(confidenceOf(analyse(talk(lines, language)), "ticket_warranted"),
                  protocol::Confidence::Sure)
            << lines[1];
}

/// A call of which it is not sure that it is no matter for support is told neither as one of a subject nobody named nor
/// as solved.
TEST(NoMatterForSupport, IsNotToldAsASolvedProblem) {
    for (const auto& [lines, language] :
         {std::pair{std::vector<std::string>{"A: support bonjour", "C: oui bonjour c'est madame perrin",
                                             "A: bonjour madame", "C: allo allo"},
                    "fr"},
          std::pair{std::vector<std::string>{"A: service desk hello", "C: hi it's joan from the office",
                                             "A: hello are you there", "C: hello"},
                    "en"}}) {
        const protocol::Analysis analysis = analyse(talk(lines, language));
        ASSERT_EQ(analysis.category, protocol::Category::OtherNonSupport) << lines[1];
        EXPECT_EQ(analysis.summary.find("Résolu"), std::string::npos) << analysis.summary;
        EXPECT_EQ(analysis.summary.find("Resolved"), std::string::npos) << analysis.summary;
        EXPECT_EQ(analysis.summary.find("messagerie"), std::string::npos) << analysis.summary;
    }
}

TEST(Actions, AreDoneOrToBeDone) {
    const protocol::Analysis analysis = analyse(
        talk({"A: Support, bonjour.", "C: Bonjour, mon compte est verrouillé et mon écran est cassé.",
              "A: Je viens de réinitialiser votre mot de passe.", "C: C'est bon, je suis connectée.",
              "A: Pour l'écran, je vous en commande un, il arrivera jeudi.", "C: Merci, au revoir."}));
    ASSERT_TRUE(actionOf(analysis, "reset_password"));
    EXPECT_EQ(actionOf(analysis, "reset_password")->status, "done");
    EXPECT_EQ(actionOf(analysis, "reset_password")->text, "Mot de passe réinitialisé");
    ASSERT_TRUE(actionOf(analysis, "order_hardware"));
    EXPECT_EQ(actionOf(analysis, "order_hardware")->status, "todo");
    EXPECT_EQ(actionOf(analysis, "order_hardware")->owner, "agent");
}

TEST(Actions, AColleagueWhoIsNamedOwnsThem) {
    const protocol::Analysis analysis = analyse(
        talk({"A: Support, bonjour, Karim à l'appareil.", "C: Bonjour, Claire Fontaine, le VPN est coupé.",
              "A: Je transmets le dossier.", "C: Et qui s'en occupe ?",
              "A: Ma collègue Sandrine Morel vous rappelle avant midi.", "C: Merci."}));
    const protocol::AnalysisAction* callback = actionOf(analysis, "callback");
    ASSERT_TRUE(callback);
    EXPECT_TRUE(callback->owner.starts_with("Sandrine")) << callback->owner;
}

TEST(Actions, HaveATextForEveryKindOfTheDefinition) {
    for (const Choice& choice : builtInModel().choices) {
        if (!choice.name.starts_with("action.")) continue;
        const auto wording = std::ranges::find(actionWordings(), choice.name.substr(7), &ActionWording::kind);
        ASSERT_NE(wording, actionWordings().end()) << choice.name;
        for (const std::string_view text : {wording->done, wording->todo, wording->doneEn, wording->todoEn})
            EXPECT_FALSE(text.empty()) << choice.name;
    }
}

}  // namespace
}  // namespace ninja3cx::analysis
