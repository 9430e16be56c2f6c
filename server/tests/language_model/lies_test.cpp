#include "server/tests/language_model/judges.hpp"

#include <gtest/gtest.h>

/// Every word of these was said, and what they say was not.
namespace ninja3cx::language_model {
namespace {

using protocol::AnalysisAction;
using protocol::Confidence;

struct Case {
    protocol::AnalysisInput input;
    protocol::Analysis builtIn;
};

Case french() {
    Case made;
    made.input =
        talk({"A: support informatique Karim bonjour",
              "C: bonjour Claire Fabre de la société Tilleul mon scanner ne répond plus depuis lundi",
              "A: le scanner n'est pas cassé le réseau est coupé",
              "C: ma collègue Sophie Roux n'arrive plus à imprimer",
              "A: je contacte Bouygues et je vous rappelle demain", "C: d'accord",
              "A: et mon collègue Yanis vient vendredi avec un câble", "C: merci au revoir"});
    protocol::Analysis& analysis = made.builtIn;
    analysis.category = protocol::Category::PrinterScanner;
    analysis.ticketWarranted = true;
    analysis.callbackPromised = true;
    analysis.subject = "Scanner qui ne répond plus – Tilleul";
    analysis.summary =
        "Claire Fabre (Tilleul) signale que son scanner ne répond plus depuis lundi. À faire : rappeler "
        "Claire Fabre (mardi 1er décembre).";
    analysis.actions.push_back(
        {"callback", "Rappeler Claire Fabre", "agent", "2026-12-01", "todo", "demain"});
    analysis.entities["person"] = {"Claire Fabre", "Sophie Roux", "Yanis"};
    analysis.entities["company"] = {"Tilleul"};
    analysis.evidence = {{"actions.callback", "rappelle", {4}, Confidence::Sure}};
    return made;
}

Case english() {
    Case made;
    made.input = talk({"A: service desk good morning",
                       "C: hello this is Helen Marsh from Larkfield my scanner is not answering since monday",
                       "A: the scanner is not broken the network is down",
                       "C: my colleague Oliver Stone cannot print any more",
                       "A: I will contact Vodafone and I will call you back tomorrow", "C: fine thanks",
                       "A: and someone will come out on friday with a cable"},
                      "en");
    protocol::Analysis& analysis = made.builtIn;
    analysis.category = protocol::Category::PrinterScanner;
    analysis.ticketWarranted = true;
    analysis.callbackPromised = true;
    analysis.subject = "Scanner not answering – Larkfield";
    analysis.summary =
        "Helen Marsh (Larkfield) reports that her scanner is not answering since Monday. To do: call the "
        "customer back (Tuesday 1 December).";
    analysis.actions.push_back(
        {"callback", "Call Helen Marsh back", "agent", "2026-12-01", "todo", "tomorrow"});
    analysis.entities["person"] = {"Helen Marsh", "Oliver Stone"};
    analysis.entities["company"] = {"Larkfield"};
    analysis.evidence = {{"actions.callback", "call you back", {4}, Confidence::Sure}};
    return made;
}

Improvement improved(const Case& from, const Proposal& proposal) {
    return improve(from.input, from.builtIn, proposal, "mistral", judges());
}

struct ActionRow {
    const char* name;
    Case (*of)();
    AnalysisAction action;
    std::vector<std::int32_t> turns;
    bool stands;
};
class ProposedAction : public testing::TestWithParam<ActionRow> {};

TEST_P(ProposedAction, StandsWhereSomebodyPromisedIt) {
    const Case from = GetParam().of();
    Proposal proposal;
    proposal.actions.push_back({GetParam().action, GetParam().turns});
    const Improvement made = improved(from, proposal);
    EXPECT_EQ(made.accepted, GetParam().stands ? 1U : 0U);
    EXPECT_EQ(made.analysis == from.builtIn, !GetParam().stands);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ProposedAction,
    testing::Values(ActionRow{"Visit",
                              french,
                              {"onsite_visit", "Venir vendredi avec un câble", "agent", {}, "todo"},
                              {6},
                              true},
                    ActionRow{"VisitOfAColleagueOfTheHelpDesk",
                              french,
                              {"onsite_visit", "Venir vendredi avec un câble", "Yanis", {}, "todo"},
                              {6},
                              true},
                    ActionRow{"VisitOfTheCustomersColleague",
                              french,
                              {"onsite_visit", "Venir vendredi avec un câble", "Sophie Roux", {}, "todo"},
                              {6},
                              false},
                    ActionRow{"VisitOnACallback",
                              french,
                              {"onsite_visit", "Passer demain chez Tilleul", "agent", {}, "todo"},
                              {4},
                              false},
                    ActionRow{"VisitOnAnotherDay",
                              french,
                              {"onsite_visit", "Venir demain avec un câble", "agent", {}, "todo"},
                              {6},
                              false},
                    ActionRow{"Escalation",
                              french,
                              {"escalate", "Transférer le scanner au réseau", "agent", {}, "todo"},
                              {2},
                              false},
                    ActionRow{"RewordingWithItsDay",
                              french,
                              {"callback", "Rappeler Claire Fabre demain", "agent", {}, "todo"},
                              {4},
                              true},
                    ActionRow{"RewordingForAnother",
                              french,
                              {"callback", "Rappeler Bouygues demain", "agent", {}, "todo"},
                              {4},
                              false},
                    ActionRow{"RewordingForAColleague",
                              french,
                              {"callback", "Rappeler Sophie Roux", "agent", {}, "todo"},
                              {4},
                              false},
                    ActionRow{"RewordingForAColleagueAsWell",
                              french,
                              {"callback", "Rappeler Claire Fabre et Sophie Roux", "agent", {}, "todo"},
                              {4},
                              false},
                    ActionRow{"RewordingOnAnotherDay",
                              french,
                              {"callback", "Rappeler Claire Fabre vendredi", "agent", {}, "todo"},
                              {4},
                              false},
                    ActionRow{"RewordingAboutSomethingElse",
                              french,
                              {"callback", "Rappeler Claire Fabre pour le câble", "agent", {}, "todo"},
                              {4},
                              false},
                    ActionRow{"EnglishVisit",
                              english,
                              {"onsite_visit", "Come out on Friday with a cable", "agent", {}, "todo"},
                              {6},
                              true},
                    ActionRow{"EnglishVisitOnACallback",
                              english,
                              {"onsite_visit", "Visit Larkfield tomorrow", "agent", {}, "todo"},
                              {4},
                              false},
                    ActionRow{"EnglishVisitOfTheCustomersColleague",
                              english,
                              {"onsite_visit", "Come out on Friday with a cable", "Oliver Stone", {}, "todo"},
                              {6},
                              false},
                    ActionRow{"EnglishRewording",
                              english,
                              {"callback", "Call Helen Marsh back tomorrow", "agent", {}, "todo"},
                              {4},
                              true},
                    ActionRow{"EnglishRewordingForAnother",
                              english,
                              {"callback", "Call Vodafone back tomorrow", "agent", {}, "todo"},
                              {4},
                              false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ProposedActions, IsDueWhenItsOwnTurnsSay) {
    for (const auto& [due, stands] : {std::pair{"vendredi", true}, std::pair{"demain", false}}) {
        Proposal proposal;
        proposal.actions.push_back(
            {{"onsite_visit", "Venir vendredi avec un câble", "agent", due, "todo"}, {6}});
        const auto actions = improved(french(), proposal).analysis.actions;
        ASSERT_EQ(actions.size(), 2U);
        EXPECT_EQ(actions[1].due.has_value(), stands) << due;
    }
}

struct CueRow {
    const char* name;
    const char* language;
    std::vector<std::string> call;
    AnalysisAction action;
    bool stands;
};
class ActionOfATurn : public testing::TestWithParam<CueRow> {};

TEST_P(ActionOfATurn, StandsWhereItSaysTheKindsOwnWords) {
    Proposal proposal;
    proposal.actions.push_back({GetParam().action, {0}});
    const Improvement made =
        improve(talk(GetParam().call, GetParam().language), {}, proposal, "mistral", judges());
    EXPECT_EQ(made.accepted, GetParam().stands ? 1U : 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ActionOfATurn,
    testing::Values(CueRow{"PasswordIsNoVisit",
                           "fr",
                           {"A: le mot de passe est bon demain"},
                           {"onsite_visit", "Passe demain", "agent", {}, "todo"},
                           false},
                    CueRow{"PassesTheDayAfter",
                           "fr",
                           {"A: un technicien passe demain matin"},
                           {"onsite_visit", "Le technicien passe demain matin", "agent", {}, "todo"},
                           true},
                    CueRow{"NotDone",
                           "fr",
                           {"A: je ne redémarre pas le serveur"},
                           {"reboot", "Ne pas redémarrer le serveur", "agent", {}, "todo"},
                           false},
                    CueRow{"GoodDayIsNoUpdate",
                           "fr",
                           {"A: bonne journée Outlook est bon"},
                           {"update_software", "Outlook bon", "agent", {}, "todo"},
                           false},
                    CueRow{"ScannerIsNoSecurityScan",
                           "fr",
                           {"A: le scanner est bon"},
                           {"security_scan", "Scanner bon", "agent", {}, "todo"},
                           false},
                    CueRow{"CustomerAlone",
                           "fr",
                           {"C: il faut commander un écran", "A: je regarde"},
                           {"order_hardware", "Commander un écran", "agent", {}, "todo"},
                           false},
                    CueRow{"CustomerAndAgreed",
                           "fr",
                           {"C: il faut commander un écran", "A: oui très bien"},
                           {"order_hardware", "Commander un écran", "agent", {}, "todo"},
                           true},
                    CueRow{"CustomerWhoIsAsked",
                           "fr",
                           {"A: vous allez redémarrer le poste ce soir"},
                           {"reboot", "Redémarrer le poste", "customer", {}, "todo"},
                           true},
                    CueRow{"CustomerWhoIsNot",
                           "fr",
                           {"A: je vous redémarre le serveur ce soir"},
                           {"reboot", "Redémarrer le serveur", "customer", {}, "todo"},
                           false},
                    CueRow{"EnglishNotDone",
                           "en",
                           {"A: I will not restart the server"},
                           {"reboot", "Do not restart the server", "agent", {}, "todo"},
                           false},
                    CueRow{"EnglishMonitorIsAScreen",
                           "en",
                           {"A: the monitor is black"},
                           {"monitor", "Monitor is black", "agent", {}, "todo"},
                           false},
                    CueRow{"EnglishOrder",
                           "en",
                           {"A: I will order a keyboard"},
                           {"order_hardware", "Order a keyboard", "agent", {}, "todo"},
                           true}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ProposedSubject, SaysOfNobodyWhatAnotherSaidOrDid) {
    const auto stands = [](const Case& from, const std::string& subject) {
        Proposal proposal;
        proposal.subject = subject;
        return improved(from, proposal).accepted == 1;
    };
    for (const char* good : {"Claire Fabre signale que son scanner ne répond plus", "Réseau coupé",
                             "Sophie Roux n'arrive plus à imprimer",
                             "Scanner qui ne répond plus chez Tilleul", "Le technicien rappellera demain",
                             "La cliente signale que le scanner ne répond plus", "Le scanner n'est pas cassé",
                             "Claire Fabre sera rappelée demain", "Scanner de Claire Fabre (Tilleul)"})
        EXPECT_TRUE(stands(french(), good)) << good;
    for (const char* bad :
         {"Sophie Roux rappelle demain Claire Fabre", "Claire Fabre rappelle demain",
          "Claire Fabre dit que le scanner n'est pas cassé", "Claire Fabre dit que le réseau est coupé",
          "Le réseau est coupé depuis demain", "Claire Fabre n'arrive plus à imprimer vendredi",
          "Sophie Roux contacte Bouygues", "Le réseau de Sophie Roux est coupé", "Réseau coupé chez Bouygues",
          "Scanner chez Sophie Roux", "Selon Claire Fabre, le scanner n'est pas cassé",
          "La cliente dit que le scanner n'est pas cassé", "Le client contacte Bouygues et rappelle demain",
          "Le technicien n'arrive plus à imprimer", "Yanis signale à Tilleul"})
        EXPECT_FALSE(stands(french(), bad)) << bad;
    for (const char* good :
         {"Helen Marsh reports that her scanner is not answering", "Network down",
          "The technician will call back", "The customer reports that the scanner is not answering",
          "Oliver Stone cannot print any more", "Helen Marsh will be called back tomorrow"})
        EXPECT_TRUE(stands(english(), good)) << good;
    for (const char* bad :
         {"Oliver Stone will call Helen Marsh back tomorrow", "Helen Marsh says the scanner is not broken",
          "Helen Marsh says that the network is down", "The network is down since tomorrow",
          "Helen Marsh will contact Vodafone", "Network down at Vodafone",
          "According to Helen Marsh the scanner is not broken", "The customer says the scanner is not broken",
          "The customer will contact Vodafone", "The technician cannot print any more"})
        EXPECT_FALSE(stands(english(), bad)) << bad;
}

TEST(ProposedSummary, SaysNoLessThanTheBuiltInOne) {
    const auto stands = [](const Case& from, const std::string& summary) {
        Proposal proposal;
        proposal.summary = summary;
        return improved(from, proposal).accepted == 1;
    };
    EXPECT_TRUE(stands(french(), "Le scanner de Claire Fabre ne répond plus. Le technicien la rappelle."));
    EXPECT_FALSE(stands(french(), "Le scanner de Claire Fabre ne répond plus.")) << "nothing is to be done";
    EXPECT_FALSE(stands(french(), "Le réseau est coupé. Le technicien rappelle demain.")) << "no problem";
    EXPECT_FALSE(stands(french(), "Réseau coupé."));
    EXPECT_TRUE(
        stands(english(), "The scanner is not answering. The technician will call Helen Marsh back."));
    EXPECT_FALSE(stands(english(), "The scanner of Helen Marsh is not answering."));
    EXPECT_FALSE(stands(english(), "Network down."));
}

TEST(ProposedEntity, IsOfTheKindThatItWasSpokenOfAs) {
    const auto stands = [](const std::string& kind, const std::string& value) {
        Case from = french();
        from.builtIn.entities["person"] = {"Claire Fabre", "Sophie Roux"};
        from.builtIn.entities.erase("company");
        Proposal proposal;
        proposal.entities[kind] = {value};
        return improved(from, proposal).accepted == 1;
    };
    EXPECT_TRUE(stands("company", "Tilleul"));
    EXPECT_TRUE(stands("person", "Yanis"));
    for (const auto& [kind, value] :
         {std::pair{"person", "Bouygues"}, std::pair{"person", "Tilleul"}, std::pair{"company", "Roux"},
          std::pair{"company", "Sophie Roux"}, std::pair{"company", "Bouygues"}, std::pair{"site", "Fabre"}})
        EXPECT_FALSE(stands(kind, value)) << kind << " " << value;
}

}  // namespace
}  // namespace ninja3cx::language_model
