#include "server/analysis/priority.hpp"

#include "server/analysis/cue_list.hpp"
#include "server/analysis/spoken_numbers.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;
using protocol::Priority;

const CueList& siteCues() {
    static const CueList kCues{{"tout le monde ~ arret"},
                               {"tout le monde est bloque*"},
                               {"tout le monde attend"},
                               {"tout est arrete"},
                               {"tout le bureau"},
                               {"toute la boite"},
                               {"toute la societe"},
                               {"toute l entreprise"},
                               {"toute la production"},
                               {"tout le site"},
                               {"toute l agence"},
                               {"toute la clinique"},
                               {"tout le batiment"},
                               {"tout l etage"},
                               {"plus personne"},
                               {"personne ne peut"},
                               {"personne peut"},
                               {"tous les postes"},
                               {"tous les bureaux"},
                               {"production est arretee"},
                               {"production ~ arret"},
                               {"completement plantes"},
                               {"on n a plus rien"},
                               {"on a plus rien"},
                               {"everyone"},
                               {"everybody"},
                               {"nobody can"},
                               {"whole office"},
                               {"whole site"},
                               {"whole company"},
                               {"entire office"},
                               {"all of us"},
                               {"none of us"},
                               {"all the tills"},
                               {"toutes les caisses"}};
    return kCues;
}
const CueList& teamCues() {
    static const CueList kCues{{"on est bloque*"},   {"nous sommes bloques"},
                               {"l equipe"},         {"les collegues"},
                               {"mes collegues"},    {"le service"},
                               {"les deux postes"},  {"les deux"},
                               {"plusieurs postes"}, {"plusieurs personnes"},
                               {"font la queue"},    {"clients attendent"},
                               {"au comptoir"},      {"guichet"},
                               {"caisse"},           {"accueil ~ bloque"},
                               {"la paie"},          {"les salaires"},
                               {"partagee"},         {"the team"},
                               {"my team"},          {"our team"},
                               {"colleagues"},       {"several of us"},
                               {"the till"},         {"payroll"},
                               {"shared"},           {"customers waiting"},
                               {"la queue"},         {"on a tous"},
                               {"both of us"},       {"three of us"}};
    return kCues;
}
const CueList& blockedCues() {
    static const CueList kCues{{"a l arret"},
                               {"tout est arrete"},
                               {"production ~ arret*"},
                               {"peut plus travailler"},
                               {"peuvent plus travailler"},
                               {"peux plus travailler"},
                               {"plus travailler"},
                               {"bloques depuis"},
                               {"nous sommes bloques"},
                               {"on est bloque*"},
                               {"sont bloques"},
                               {"completement plantes"},
                               {"n a plus rien"},
                               {"clients attendent"},
                               {"font la queue"},
                               {"attendent"},
                               {"perd des commandes"},
                               {"c est une urgence"},
                               {"en urgence"},
                               {"en urgent"},
                               {"tres urgent"},
                               {"avant ce soir"},
                               {"avant midi"},
                               {"aujourd hui dernier"},
                               {"rendre ~ aujourd hui"},
                               {"echeance ~ aujourd hui"},
                               {"can t work"},
                               {"cannot work"},
                               {"stuck"},
                               {"at a standstill"},
                               {"customers waiting"},
                               {"queue"},
                               {"by five"},
                               {"due today"},
                               {"deadline"},
                               {"everything s down"},
                               {"is down"},
                               {"urgent"}};
    return kCues;
}
const CueList& deadlineCues() {
    static const CueList kCues{{"paie ~ aujourd hui"},
                               {"salaires ~ aujourd hui"},
                               {"virement* ~ salaires"},
                               {"appel d offres"},
                               {"penalite*"},
                               {"tender"},
                               {"payroll ~ today"},
                               {"pay run ~ today"},
                               {"vat return"},
                               {"declaration ~ tva"},
                               {"avant minuit"}};
    return kCues;
}
const CueList& easyCues() {
    static const CueList kCues{
        {"pas urgent", 2},
        {"il me faut", 1.5},
        {"ca peut attendre", 2},
        {"en avance", 1},
        {"at some point", 1.5},
        {"can wait", 2},
        {"would it be possible", 1},
        {"pas presse*", 1},
        {"rien d urgent", 2},
        {"pas dramatique", 1.5},
        {"broutille", 2},
        {"petit souci", 0.5},
        {"quand vous pouvez", 1.5},
        {"quand vous aurez le temps", 2},
        {"je voulais savoir", 1},
        {"une question", 1},
        {"c est juste pour", 2},
        {"c est pour savoir", 2},
        {"je voudrais", 0.5},
        {"est ce qu il serait possible", 1},
        {"sur l autre poste", 1.5},
        {"pour verifier que tout", 2.5},
        {"tout fonctionne", 1},
        {"pour les visiteurs", 2},
        {"ca presse pas", 2},
        {"prenez votre temps", 1.5},
        {"no rush", 2},
        {"not urgent", 2},
        {"no hurry", 2},
        {"just wondering", 2},
        {"quick question", 2},
        {"could you add", 1.5},
        {"i d like", 1},
        {"whenever", 1},
        {"bientot vide", 1.5},
        {"je souhaiterais", 1},
    };
    return kCues;
}
/// Said early by a customer who has no problem now: a call to follow up.
const CueList& contentCues() {
    static const CueList kCues{{"tout fonctionne", 1.5},   {"fonctionne parfaitement", 1.5},
                               {"marche tres bien", 1.5},  {"ca marche bien", 1.5},
                               {"tout va bien", 1.5},      {"plus rapide", 1},
                               {"bien passee", 1.5},       {"rien a signaler", 2},
                               {"technicien etait", 1},    {"all working", 1.5},
                               {"working perfectly", 1.5}, {"no problems since", 2},
                               {"much better", 1}};
    return kCues;
}
const CueList& brokenCues() {
    static const CueList kCues{{"marche plus"}, {"fonctionne plus"}, {"arrive plus"},  {"arrive pas"},
                               {"en panne"},    {"bloque*"},         {"peux plus"},    {"peux pas"},
                               {"recois plus"}, {"envoie plus"},     {"se fige"},      {"plante*"},
                               {"erreur"},      {"coupe"},           {"demarre plus"}, {"s allume plus"},
                               {"marche pas"},  {"veut plus"},       {"won t"},        {"doesn t work"},
                               {"can t"},       {"not working"},     {"broken"},       {"error"},
                               {"crash*"},      {"locked"},          {"lent*"},        {"invivable"},
                               {"disparu*"},    {"est noir*"},       {"est casse*"}};
    return kCues;
}

// -- security
const CueList& compromiseCues() {
    static const CueList kCues{{"j ai clique"},
                               {"a clique"},
                               {"ai mis mon mot de passe"},
                               {"mon mot de passe je l ai mis"},
                               {"je l ai mis"},
                               {"saisi ~ mot de passe"},
                               {"entre ~ mot de passe"},
                               {"donne ~ mot de passe"},
                               {"pirate*"},
                               {"rancon*"},
                               {"chiffre* ~ fichiers"},
                               {"fichiers ~ chiffres"},
                               {"vole*"},
                               {"perdu ~ ordinateur"},
                               {"perdu ~ portable"},
                               {"perdu ~ telephone"},
                               {"envoie ~ tout seul"},
                               {"envoye ~ tous mes contacts"},
                               {"i clicked"},
                               {"clicked ~ link"},
                               {"entered my password"},
                               {"typed ~ password"},
                               {"put my password"},
                               {"hacked"},
                               {"ransom*"},
                               {"stolen"},
                               {"lost my laptop"},
                               {"encrypted"},
                               {"il a pris la main"},
                               {"j ai paye"}};
    return kCues;
}
const CueList& safeCues() {
    static const CueList kCues{{"pas clique"},       {"rien clique"},      {"pas ouvert"},
                               {"rien ouvert"},      {"clicked anything"}, {"no nothing"},
                               {"haven t ~ opened"}, {"didn t click"},     {"not clicked"},
                               {"haven t clicked"},  {"touche a rien"},    {"jete"},
                               {"pas repondu"}};
    return kCues;
}
const CueList& stoppedCues() {
    static const CueList kCues{{"quarantaine"},        {"antivirus ~ bloque*"}, {"a ete bloque*"},
                               {"menace bloquee"},     {"quarantine*"},         {"blocked it"},
                               {"antivirus ~ blocked"}};
    return kCues;
}

// -- arrivals and departures
const CueList& soonCues() {
    static const CueList kCues{{"lundi"},    {"mardi"},    {"mercredi"},     {"jeudi"},
                               {"vendredi"}, {"demain"},   {"apres demain"}, {"cette semaine"},
                               {"monday"},   {"tuesday"},  {"wednesday"},    {"thursday"},
                               {"friday"},   {"tomorrow"}, {"this week"},    {"semaine prochaine"},
                               {"next week"}};
    return kCues;
}
const CueList& cutNowCues() {
    static const CueList kCues{{"couper ~ immediatement"},
                               {"coupe* ~ tout de suite"},
                               {"immediatement"},
                               {"licenci* ~ aujourd hui"},
                               {"mise a pied"},
                               {"sur le champ"},
                               {"straight away ~ access"},
                               {"cut ~ access"},
                               {"dismissed"},
                               {"immediate* ~ access"},
                               {"escorted"}};
    return kCues;
}

struct Level {
    int value = 1;
    std::string cue;
    std::vector<std::int32_t> turns;
    void raise(int to, std::string_view why, std::int32_t turn) {
        if (to > value) {
            value = to;
            cue = std::string{why};
            turns = {turn};
        }
    }
};

constexpr auto kPeople = std::to_array<std::string_view>(
    {"personnes", "postes", "salaries", "collaborateurs", "utilisateurs", "people", "users", "staff",
     "machines", "ordinateurs", "pc", "employes", "collegues"});

/// "trente-cinq postes", "on est douze".
int headCount(const Line& line) {
    int most = 0;
    for (std::size_t at = 0; at < line.words.size(); ++at) {
        const auto number = numberAt(line.words, at);
        if (!number || number->digits.size() > 4) continue;
        const int value = std::stoi(number->digits);
        const bool isFollowed =
            number->last < line.words.size() &&
            std::find(kPeople.begin(), kPeople.end(), line.words[number->last].text) != kPeople.end();
        const bool isWeAre =
            at >= 2 && ((line.words[at - 2].text == "on" && line.words[at - 1].text == "est") ||
                        (line.words[at - 2].text == "nous" && line.words[at - 1].text == "sommes") ||
                        (line.words[at - 2].text == "there" && line.words[at - 1].text == "are"));
        if (isFollowed || isWeAre) most = std::max(most, value);
        at = number->last - 1;
    }
    return most;
}

Level impactOf(const Conversation& conversation, Category category) {
    Level impact;
    if (category == Category::ServerInfrastructure) impact.raise(2, "shared service", 0);
    for (const Line& line : conversation.lines) {
        if (line.speaker != protocol::Speaker::Customer) continue;
        if (const auto hit = siteCues().first(line)) impact.raise(3, hit->phrase, line.turn);
        if (const auto hit = teamCues().first(line); hit && !isNegated(line.words, hit->match))
            impact.raise(2, hit->phrase, line.turn);
        const int heads = headCount(line);
        if (heads >= 10) impact.raise(3, "number of people", line.turn);
        if (heads >= 2) impact.raise(2, "number of people", line.turn);
    }
    return impact;
}

bool isAskedFor(Category category) {
    return category == Category::InformationRequest || category == Category::ProcurementLicence;
}

Conclusion<Priority> conclude(Priority value, Confidence confidence, std::string cue,
                              std::vector<std::int32_t> turns) {
    return {value, confidence, std::move(cue), std::move(turns)};
}

Conclusion<Priority> securityPriority(const Conversation& conversation) {
    Conclusion<Priority> safe;
    bool isSafe = false;
    bool isStopped = false;
    for (const Line& line : conversation.lines) {
        if (safeCues().first(line)) {
            isSafe = true;
            safe.turns.push_back(line.turn);
            continue;
        }
        if (stoppedCues().first(line)) isStopped = true;
        const auto hit = compromiseCues().first(line);
        if (line.speaker == protocol::Speaker::Customer && hit && !isNegated(line.words, hit->match))
            return conclude(Priority::High, Confidence::Sure, std::string{hit->phrase}, {line.turn});
    }
    if (isSafe) return conclude(Priority::Low, Confidence::Likely, "reported, not clicked", safe.turns);
    if (isStopped) return conclude(Priority::Medium, Confidence::Likely, "blocked by the antivirus", {});
    return conclude(Priority::High, Confidence::Unsure, "security incident", {});
}

Conclusion<Priority> arrivalPriority(const Conversation& conversation) {
    for (const Line& line : conversation.lines)
        if (const auto hit = cutNowCues().first(line))
            return conclude(Priority::High, Confidence::Likely, std::string{hit->phrase}, {line.turn});
    for (const Line& line : conversation.lines)
        if (line.position < 0.6)
            if (const auto hit = soonCues().first(line))
                return conclude(Priority::Medium, Confidence::Likely, std::string{hit->phrase}, {line.turn});
    return conclude(Priority::Low, Confidence::Unsure, "no date within five working days", {});
}

}  // namespace

Conclusion<Priority> findPriority(const Conversation& conversation, Category category) {
    if (category == Category::OtherNonSupport)
        return conclude(Priority::Low, Confidence::Sure, "no matter for the help desk", {});
    if (category == Category::SecurityIncident) return securityPriority(conversation);
    if (category == Category::OnboardingOffboarding) return arrivalPriority(conversation);

    Level impact = impactOf(conversation, category);
    Level urgency;
    urgency.value = isAskedFor(category) ? 1 : 2;
    urgency.cue = isAskedFor(category) ? "a request" : "a function is missing";
    double easy = 0;
    double content = 0;
    int broken = 0;
    for (const Line& line : conversation.lines) {
        for (const CueList::Hit& hit : easyCues().hits(line)) {
            easy += hit.weight;
            if (urgency.value == 1) urgency.cue = std::string{hit.phrase};
        }
        if (line.speaker != protocol::Speaker::Customer) continue;
        if (line.position < 0.6)
            for (const CueList::Hit& hit : contentCues().hits(line)) content += hit.weight;
        if (brokenCues().first(line) && line.position < 0.5) ++broken;
        if (const auto hit = deadlineCues().first(line))
            return conclude(Priority::High, Confidence::Likely, std::string{hit->phrase}, {line.turn});
        if (const auto hit = blockedCues().first(line);
            hit && !isNegated(line.words, hit->match) && !isAskedFor(category))
            urgency.raise(3, hit->phrase, line.turn);
    }
    if (broken == 0 && category != Category::ServerInfrastructure) easy += content;
    if (urgency.value == 2 && easy >= 1.5 && (broken == 0 || easy >= 2)) {
        urgency.value = 1;
        urgency.cue = "can wait";
    }
    if (isAskedFor(category)) impact.value = std::min(impact.value, 2);

    static constexpr Priority kTable[3][3] = {{Priority::Low, Priority::Medium, Priority::Medium},
                                              {Priority::Low, Priority::Medium, Priority::High},
                                              {Priority::Medium, Priority::High, Priority::High}};
    Conclusion<Priority> priority;
    priority.value = kTable[impact.value - 1][urgency.value - 1];
    priority.confidence =
        impact.turns.empty() && urgency.turns.empty() ? Confidence::Unsure : Confidence::Likely;
    priority.cue = "impact " + std::to_string(impact.value) +
                   (impact.cue.empty() ? "" : " (" + impact.cue + ")") + ", urgency " +
                   std::to_string(urgency.value) + " (" + urgency.cue + ")";
    priority.turns = impact.turns;
    for (const std::int32_t turn : urgency.turns)
        if (std::find(priority.turns.begin(), priority.turns.end(), turn) == priority.turns.end())
            priority.turns.push_back(turn);
    return priority;
}

}  // namespace ninja3cx::analysis
