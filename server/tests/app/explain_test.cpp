#include "server/app/explain.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::app {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Speaker;

protocol::AnalysisInput callOf(const std::string& language) {
    protocol::AnalysisInput input;
    input.id = "c-7";
    input.language = language;
    input.durationS = 4'000;
    input.turns = {{Speaker::Customer, 5, 9, "L'écran est bleu, le code c'est Bleuet45"},
                   {Speaker::Agent, 3'905, 3'910, "Je vous rappelle\ndemain, votre écran"}};
    return input;
}

protocol::Analysis analysisOf() {
    protocol::Analysis analysis;
    analysis.subject = "Écran bleu";
    analysis.summary = "M. Girard a un écran bleu. Reste ouvert.";
    analysis.category = Category::Hardware;
    analysis.runnerUp = Category::WorkstationPerformance;
    analysis.secondaryCategory = Category::Telephony;
    analysis.customCategory = "ecrans";
    analysis.priority = protocol::Priority::Low;
    analysis.improvedBy = "llama";
    analysis.evidence = {{"category", "ecran, est bleu", {1, 0}, Confidence::Likely},
                         {"custom_category", "catégorie Écrans : écran*", {0, 9, -1}, Confidence::Sure},
                         {"priority", "règle no-such : écran", {0}, Confidence::Unsure},
                         {"subject", "est bleu", {0}, Confidence::Likely},
                         {"summary", "écran", {0}, Confidence::Unsure},
                         {"summary", "", {1}, Confidence::Sure},
                         {"entities.person.Paul Girard", "votre écran", {1}, Confidence::Likely},
                         {"actions.callback", "je vous rappelle", {1}, Confidence::Likely}};
    protocol::AnalysisAction action;
    action.kind = "callback";
    action.text = "Rappeler Paul Girard";
    action.owner = "agent";
    action.due = "2026-12-01";
    action.dueSpoken = "demain";
    action.status = "todo";
    analysis.actions = {action};
    action.kind = "monitor";
    action.owner = "Paul Girard";
    action.due.reset();
    action.dueSpoken.reset();
    action.status = "done";
    analysis.actions.push_back(action);
    analysis.pii = {{protocol::PersonalDataKind::Password, "Bleuet45", "Bleuet45", 0, 33, 41}};
    analysis.entities = {{"person", {"Paul Girard", "Zoé"}}, {"phone", {}}, {"error_code", {"0x1A"}}};
    return analysis;
}

analysis::SiteRules rulesOf() {
    analysis::SiteRules rules;
    rules.categories = {{"ecrans", "Écrans", "Screens", Category::Hardware, {"écran*"}}};
    return rules;
}

TEST(Explanation, SaysInFrenchWhatEachConclusionRestsOn) {
    const std::string text = explained(callOf("fr"), analysisOf(), rulesOf());
    for (const char* part :
         {"Appel c-7 – 66 min 40 s, 2 tours de parole\n", "Amélioré par llama\n",
          "Catégorie : Matériel (hardware) – probable\n"
          "  sinon : Poste lent ou instable (workstation_performance)\n"
          "  second sujet : Téléphonie (telephony)\n"
          "  indices : ecran, est bleu\n"
          "    1  00:05  client      L'*écran* *est bleu*, le code c'est [password]\n"
          "    2  65:05  technicien  Je vous rappelle demain, votre *écran*\n",
          "Catégorie maison : Écrans (ecrans) – sûr\n", "Priorité : basse (LOW) – incertain\n",
          "Ticket justifié : non\n", "Règles de la configuration : catégorie Écrans\n",
          "Actions :\n"
          "  à faire : Rappeler Paul Girard (callback), technicien, échéance 2026-12-01 « demain » – "
          "probable\n"
          "    indices : je vous rappelle\n"
          "    2  65:05  technicien  *Je vous rappelle* demain, votre écran\n"
          "  fait : Rappeler Paul Girard (monitor), Paul Girard\n",
          "Données personnelles :\n  mot de passe ou code : tour 1 (00:05), octets 33–41\n",
          "Sujet : Écran bleu – probable\n  indices : est bleu\n    1  00:05  client      L'écran *est "
          "bleu*, ",
          "Résumé : M. Girard a un écran bleu. Reste ouvert.\n"
          "  « M. Girard a un écran bleu. » – incertain\n    indices : écran\n    1  00:05  client      "
          "L'*écran* ",
          "  « Reste ouvert. » – sûr\n    2  65:05  technicien  ",
          "Entités :\n  code d'erreur : 0x1A\n  personne : Paul Girard – probable\n    indices : votre "
          "écran\n"
          "    2  65:05  technicien  Je vous rappelle demain, *votre écran*\n  personne : Zoé\n"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
    EXPECT_EQ(text.find("Bleuet45"), std::string::npos) << text;
}

TEST(Explanation, IsInEnglishForAnEnglishCall) {
    const std::string text = explained(callOf("en"), analysisOf(), rulesOf());
    for (const char* part :
         {"Call c-7 – 66 min 40 s, 2 turns\n",
          "Category: Hardware (hardware) – likely\n  else: ", "Own category: Screens (ecrans) – sure\n",
          "Priority: low (LOW) – unsure\n", ", due 2026-12-01 \u201cdemain\u201d – likely\n",
          "  password or code: turn 1 (00:05), bytes 33–41\n"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
}

TEST(Explanation, SaysWhatADraftWouldHaveInNinja) {
    protocol::Analysis analysis = analysisOf();
    analysis.evidence.clear();
    analysis.ticketWarranted = analysis.resolved = true;
    config::Settings settings = config::loadSettings({})->settings;
    settings.analysis.categories["ecrans"] = {"Écrans", "Screens", Category::Hardware, {}};
    const std::string builtIn =
        explained(callOf("fr"), analysis, rulesOf(), ninjaMapping(analysis, settings));
    for (const char* part :
         {"Dans NinjaOne, par la règle d'origine de la catégorie :\n  catégorie : Écrans (ecrans)\n",
          "  priorité : LOW\n", "  gravité : MINOR\n",
          "  statut : 1000 (ninja.newStatus), puis clos : 5000 (ninja.solvedStatus)\n",
          "  formulaire : celui de NinjaOne par défaut\n", "  étiquettes : 3cx, "})
        EXPECT_NE(builtIn.find(part), std::string::npos) << part << " is not in\n" << builtIn;
    config::TicketRule rule;
    rule.type = protocol::TicketType::ServiceRequest;
    rule.priority = protocol::Priority::High;
    rule.status = "2001";
    rule.ticketFormId = 2;
    rule.attributes = {{"56", "C-2026"}};
    settings.ticket.categories["ecrans"] = rule;
    analysis.resolved = false;
    const std::string own = explained(callOf("en"), analysis, rulesOf(), ninjaMapping(analysis, settings));
    for (const char* part :
         {"In NinjaOne, by ticket.categories.ecrans:\n  category: Screens (ecrans)\n  type: SERVICE_REQUEST\n"
          "  priority: HIGH\n",
          "  status: 2001\n  form: 2\n", "  attributes: 56 = C-2026\n"})
        EXPECT_NE(own.find(part), std::string::npos) << part << " is not in\n" << own;
    analysis.evidence = {{"category", "", {}, Confidence::Unsure}, {"priority", "", {}, Confidence::Unsure}};
    const std::string unsure = explained(callOf("en"), analysis, rulesOf(), ninjaMapping(analysis, settings));
    EXPECT_NE(unsure.find("  category: for the technician to say\n"), std::string::npos) << unsure;
    EXPECT_NE(unsure.find("  priority: NONE (for the technician to say)\n"), std::string::npos) << unsure;
}

TEST(Explanation, OfNothingIsShort) {
    const std::string text = explained({}, {}, {});
    for (const char* part : {"0 tour de parole", "Actions : aucune", "Entités : aucune",
                             "Données personnelles : aucune", "Règles de la configuration : aucune"})
        EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
}

TEST(Explanation, ObeysNothingThatWasSaid) {
    protocol::AnalysisInput input = callOf("fr");
    input.id = "c\x1b[2J";
    input.turns[0].text = "a\x1b]0;x\x07 écran\r\n";
    protocol::Analysis analysis = analysisOf();
    analysis.pii.clear();
    analysis.entities["person"] = {"Zoé\x1b[31m"};
    const std::string text = explained(input, analysis, {});
    EXPECT_EQ(text.find_first_of("\x1b\x07\r"), std::string::npos) << text;
}

TEST(Explanation, ShowsEightUtterancesOfAConclusionAndCutsLongOnes) {
    protocol::AnalysisInput input = callOf("fr");
    protocol::Analysis analysis;
    analysis.evidence = {{"category", "", {}, Confidence::Sure}};
    for (std::int32_t i = 0; i < 12; ++i) {
        input.turns.push_back({Speaker::Customer, 10, 11, "tour"});
        analysis.evidence[0].turns.push_back(i);
    }
    input.turns[0].text = std::string(299, 'a') + "é après";
    const std::string text = explained(input, analysis, {});
    EXPECT_NE(text.find("aaa…\n"), std::string::npos) << text;
    EXPECT_NE(text.find("    8  00:10"), std::string::npos) << text;
    EXPECT_EQ(text.find("    9  00:10"), std::string::npos) << text;
    EXPECT_NE(text.find("      et 4 autres\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace ninja3cx::app
