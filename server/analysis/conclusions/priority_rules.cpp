#include "server/analysis/conclusions/priority_rules.hpp"

#include "server/analysis/conversation/cue_list.hpp"

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Priority;
using protocol::Speaker;

// -- security: by the customer

const CueList& lostCues() {
    static const CueList kCues{{"vole ~ ordinateur"},
                               {"vole ~ portable"},
                               {"vole ~ telephone"},
                               {"vole ~ tablette"},
                               {"ordinateur ~ vole"},
                               {"portable ~ vole"},
                               {"telephone ~ vole"},
                               {"tablette ~ vole"},
                               {"perdu ~ ordinateur"},
                               {"perdu ~ portable"},
                               {"perdu ~ telephone"},
                               {"perdu ~ tablette"},
                               {"pris mon sac"},
                               {"vole mon sac"},
                               {"laptop ~ stolen"},
                               {"phone ~ stolen"},
                               {"tablet ~ stolen"},
                               {"stole ~ laptop"},
                               {"stole ~ phone"},
                               {"lost ~ work phone"},
                               {"lost ~ laptop"},
                               {"lost ~ tablet"},
                               {"bag ~ stolen"},
                               {"bag ~ snatched"},
                               {"phone ~ nicked"},
                               {"laptop ~ nicked"},
                               {"tablet ~ nicked"},
                               {"phone ~ pinched"},
                               {"laptop ~ pinched"},
                               {"nicked my phone"},
                               {"nicked my laptop"},
                               {"lost my phone"},
                               // What has lost a signal or its contacts is not lost itself.
                               {"telephone je l ai perdu"},
                               {"portable je l ai perdu"},
                               {"tablette je l ai perdue"},
                               {"ordinateur je l ai perdu"},
                               {"telephone a ete vole"},
                               {"portable a ete vole"},
                               {"tablette a ete volee"},
                               {"ordinateur a ete vole"}};
    return kCues;
}
const CueList& admittedCues() {
    static const CueList kCues{{"j ai clique"},
                               {"on a clique"},
                               {"a clique dessus"},
                               {"ai ~ mis mon mot de passe"},
                               {"mot de passe je l ai mis"},
                               {"j ai ~ tape mon mot de passe"},
                               {"j ai ~ saisi mon mot de passe"},
                               {"j ai ~ entre mon mot de passe"},
                               {"j ai ~ donne mon mot de passe"},
                               {"rancon*"},
                               {"i clicked"},
                               {"she clicked"},
                               {"he clicked"},
                               {"typed ~ my password"},
                               {"put in ~ my password"},
                               {"entered ~ my password"},
                               {"ransom*"}};
    return kCues;
}
const CueList& untouchedCues() {
    static const CueList kCues{
        {"pas clique"},      {"rien clique"},   {"ai pas ouvert"},   {"rien ouvert"},  {"pas repondu"},
        {"ni clique"},       {"not clicked"},   {"haven t clicked"}, {"didn t click"}, {"haven t ~ opened"},
        {"not ~ opened it"}, {"no i have not"}, {"no i haven t"},    {"no i did not"}, {"no i didn t"}};
    return kCues;
}

// -- security: by anyone

const CueList& stoppedCues() {
    static const CueList kCues{{"quarantaine"},        {"menace bloquee"},     {"bloque avant"},
                               {"attrape avant"},      {"antivirus ~ bloque"}, {"defender ~ bloque"},
                               {"sophos ~ bloque"},    {"quarantine*"},        {"threat blocked"},
                               {"stopped it before"},  {"blocked it before"},  {"antivirus ~ blocked"},
                               {"antivirus ~ stopped"}};
    return kCues;
}

// -- arrivals and departures: by the customer

const CueList& farCues() {
    static const CueList kCues{
        {"dans ~ semaines"},  {"dans ~ mois"},   {"mois prochain"},  {"fin du mois"},
        {"janvier"},          {"fevrier"},       {"avril"},          {"juin"},
        {"juillet"},          {"aout"},          {"septembre"},      {"octobre"},
        {"novembre"},         {"decembre"},      {"rentree"},        {"au printemps"},
        {"dans ~ quinzaine"}, {"in ~ weeks"},    {"in ~ months"},    {"weeks from now"},
        {"next month"},       {"of next month"}, {"in a fortnight"}, {"january"},
        {"february"},         {"april"},         {"june"},           {"july"},
        {"august"},           {"september"},     {"october"},        {"november"},
        {"december"}};
    return kCues;
}
const CueList& nearCues() {
    static const CueList kCues{{"demain"},   {"lundi"},     {"mardi"},         {"mercredi"},    {"jeudi"},
                               {"vendredi"}, {"samedi"},    {"cette semaine"}, {"aujourd hui"}, {"ce matin"},
                               {"tomorrow"}, {"monday"},    {"tuesday"},       {"wednesday"},   {"thursday"},
                               {"friday"},   {"this week"}, {"today"},         {"this morning"}};
    return kCues;
}
const CueList& cutCues() {
    static const CueList kCues{{"coupe* ~ acces ~ immediatement"},
                               {"coupe* ~ acces ~ maintenant"},
                               {"coupe* ~ acces ~ tout de suite"},
                               {"coupe* tout ~ tout de suite"},
                               {"bloque* ~ compte ~ immediatement"},
                               {"bloque* ~ compte ~ tout de suite"},
                               {"cut ~ access ~ now"},
                               {"cut ~ access ~ immediately"},
                               {"locked out ~ immediately"},
                               {"disable ~ account ~ now"}};
    return kCues;
}

// -- safety

const CueList& dangerCues() {
    static const CueList kCues{{"batterie ~ gonfle*"},
                               {"gonfle* ~ batterie"},
                               {"batterie ~ bombe*"},
                               {"odeur de brule"},
                               {"odeur de plastique"},
                               {"odeur de crame"},
                               {"odeur de chaud"},
                               {"plastique brule"},
                               {"sent le brule"},
                               {"sent le crame"},
                               {"sent le chaud"},
                               {"sent le plastique"},
                               {"de la fumee"},
                               {"il fume"},
                               {"ca fume"},
                               {"se met a fumer"},
                               {"a pris feu"},
                               {"prend feu"},
                               {"des etincelles"},
                               {"swollen ~ battery"},
                               {"battery ~ swollen"},
                               {"battery ~ swelling"},
                               {"battery ~ bulg*"},
                               {"bulging ~ battery"},
                               {"burning smell"},
                               {"burnt smell"},
                               {"smell of burning"},
                               {"smell of burnt"},
                               {"smells of burning"},
                               {"smells burnt"},
                               {"smell* of smoke"},
                               {"smell* like burn*"},
                               {"smell ~ burning"},
                               {"smoke coming"},
                               {"there s smoke"},
                               {"some smoke"},
                               {"smoke from"},
                               {"caught fire"},

                               {"throwing sparks"}};
    return kCues;
}

RuledPriority ruled(Priority value, const Line& line, const CueList::Hit& hit) {
    const auto from = static_cast<std::size_t>(line.words[hit.match.first].begin);
    const auto to = static_cast<std::size_t>(line.words[hit.match.last - 1].end);
    return {value, std::string{line.text.substr(from, to - from)}, {line.turn}};
}

std::optional<RuledPriority> firstSaid(const Conversation& conversation, const CueList& cues, Priority value,
                                       std::optional<Speaker> speaker) {
    for (const Line& line : conversation.lines) {
        if (speaker && line.speaker != *speaker) continue;
        if (const auto hit = cues.first(line); hit && !isNegated(line.words, hit->match))
            return ruled(value, line, *hit);
    }
    return std::nullopt;
}

std::optional<RuledPriority> securityRule(const Conversation& conversation, Priority said) {
    if (auto rule = firstSaid(conversation, admittedCues(), Priority::High, Speaker::Customer)) return rule;
    if (said == Priority::High) return std::nullopt;
    if (auto rule = firstSaid(conversation, stoppedCues(), Priority::Medium, std::nullopt)) return rule;
    for (const Line& line : conversation.lines)
        if (line.speaker == Speaker::Customer)
            if (const auto hit = untouchedCues().first(line)) return ruled(Priority::Low, line, *hit);
    return std::nullopt;
}

/// The first day that the customer names is the one that matters.
std::optional<RuledPriority> arrivalRule(const Conversation& conversation, Priority said) {
    if (auto rule = firstSaid(conversation, cutCues(), Priority::High, Speaker::Customer)) return rule;
    if (said == Priority::High) return std::nullopt;
    for (const Line& line : conversation.lines) {
        if (line.speaker != Speaker::Customer) continue;
        if (const auto hit = farCues().first(line)) return ruled(Priority::Low, line, *hit);
        if (const auto hit = nearCues().first(line)) return ruled(Priority::Medium, line, *hit);
    }
    return std::nullopt;
}

}  // namespace

std::optional<RuledPriority> exceptionFor(const Conversation& conversation, Category category,
                                          Priority said) {
    // What lies on it is lost too, whatever the call is taken for.
    if (auto rule = firstSaid(conversation, lostCues(), Priority::High, Speaker::Customer)) return rule;
    if (category == Category::SecurityIncident) return securityRule(conversation, said);
    if (category == Category::OnboardingOffboarding) return arrivalRule(conversation, said);
    if (said == Priority::Low)  // whatever it is that smells
        return firstSaid(conversation, dangerCues(), Priority::Medium, Speaker::Customer);
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
