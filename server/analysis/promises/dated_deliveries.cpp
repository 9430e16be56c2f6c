#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/agreed_date.hpp"
#include "server/analysis/promises/dated_commitments.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::analysis {
namespace {

namespace action_kind = protocol::action_kind;

/// Who speaks will come, or send somebody.
const CueList& visitCues() {
    static const CueList kCues{{"je passe"},
                               {"je passerai"},
                               {"je vais passer"},
                               {"je viens"},
                               {"je viendrai"},
                               {"je me deplace"},
                               {"on passe"},
                               {"on passera"},
                               {"envoie un technicien"},
                               {"envoie une technicienne"},
                               {"envoie un collegue"},
                               {"envoie quelqu un"},
                               {"envoyer un technicien"},
                               {"envoyer quelqu un"},
                               {"i ll come out"},
                               {"i ll come over"},
                               {"i ll come by"},
                               {"i ll be over"},
                               {"i ll send an engineer"},
                               {"i ll send a technician"},
                               {"i ll send someone"},
                               {"i ll send somebody"},
                               {"we ll send an engineer"},
                               {"we ll send a technician"},
                               {"we ll send someone"},
                               {"we ll send somebody"}};
    return kCues;
}
/// "je passe demain", but not "je passe la demande à l'équipe".
bool isComing(const Line& line, const Phrase::Match& match) {
    const std::string_view verb = line.words[match.last - 1].text;
    if (!isOneOf(verb, {"passe", "passerai", "passera", "passer", "viens", "viendrai"})) return true;
    return match.last < line.words.size() &&
           isOneOf(line.words[match.last].text,
                   {"demain", "cet", "ce", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
                    "vers", "dans", "voir", "vous", "chez", "apres", "tout", "tot"});
}
/// Who speaks will bring or replace something.
const CueList& sendingCues() {
    static const CueList kCues{{"je ~ envoie"},   {"je ~ enverrai"}, {"j envoie"},      {"on ~ envoie"},
                               {"je ~ commande"}, {"j en commande"}, {"on ~ commande"}, {"je ~ apporte"},
                               {"j apporte"},     {"i ll order"},    {"i ll send"},     {"i ll bring"},
                               {"we ll order"},   {"we ll send"}};
    return kCues;
}
/// The thing may be named before them: "the dock I'll swap for you".
const CueList& replacingCues() {
    static const CueList kCues{{"je ~ remplace"}, {"je ~ remplacerai"}, {"on ~ remplace"}, {"i ll swap"},
                               {"i ll replace"},  {"we ll swap"},       {"we ll replace"}};
    return kCues;
}
const CueList& equipmentCues() {
    static const CueList kCues{{"nouveau poste"},
                               {"nouveau telephone"},
                               {"ecran*"},
                               {"clavier*"},
                               {"souris"},
                               {"station d accueil"},
                               {"dock"},
                               {"docking station"},
                               {"casque*"},
                               {"batterie*"},
                               {"chargeur*"},
                               {"cable*"},
                               {"toner*"},
                               {"portable de pret"},
                               {"webcam*"},
                               {"combine"},
                               {"onduleur"},
                               {"disque"},
                               {"monitor*"},
                               {"screen"},
                               {"keyboard*"},
                               {"mouse"},
                               {"headset*"},
                               {"charger*"},
                               {"battery"},
                               {"handset*"},
                               {"new phone"},
                               {"new laptop"},
                               {"spare"},
                               {"nouvel ordinateur"},
                               {"nouveau portable"},
                               {"new desk phone"},
                               {"nouvelle souris"}};
    return kCues;
}
/// What makes no promise of it.
const CueList& openCues() {
    static const CueList kCues{{"si"},       {"peut etre"}, {"if"},         {"might"},     {"maybe"},
                               {"perhaps"},  {"un mail"},   {"par mail"},   {"un lien"},   {"un devis"},
                               {"by email"}, {"an email"},  {"a link"},     {"a quote"},   {"le devis"},
                               {"pas"},      {"a photo"},   {"screenshot"}, {"captures*"}, {"the quote"}};
    return kCues;
}

bool hasDate(const Line& line) {
    return std::ranges::any_of(standingDates(line, std::nullopt),
                               [](const SpokenDate& date) { return date.namesDay || date.namesClock; });
}

std::optional<Phrase::Match> promisedThing(const Line& line) {
    constexpr std::size_t kNear = 3;  // "you a new", "vous un"
    for (const CueList::Hit& thing : equipmentCues().all(line)) {
        const auto follows = [&](const CueList::Hit& verb) {
            return thing.match.first >= verb.match.last && thing.match.first - verb.match.last <= kNear;
        };
        for (const CueList::Hit& verb : sendingCues().all(line))
            if (follows(verb)) return verb.match;
        for (const CueList::Hit& verb : replacingCues().all(line))
            if (follows(verb) || thing.match.last <= verb.match.first) return verb.match;
    }
    return std::nullopt;
}

}  // namespace

std::vector<DatedCommitment> datedDeliveries(const Conversation& conversation) {
    std::vector<DatedCommitment> found;
    const auto add = [&](std::string_view kind, const Line& line, const Phrase::Match& match) {
        if (std::ranges::find(found, kind, &DatedCommitment::kind) == found.end())
            found.push_back({kind, line.turn, spoken(line, match.first, match.last)});
    };
    for (const Line& line : conversation.lines) {
        if (line.speaker != protocol::Speaker::Agent || line.isQuestion || openCues().first(line) ||
            !hasDate(line))
            continue;
        const auto visit = visitCues().first(line);
        if (visit && isComing(line, visit->match)) add(action_kind::kOnsiteVisit, line, visit->match);
        if (const auto thing = promisedThing(line)) add(action_kind::kOrderHardware, line, *thing);
    }
    return found;
}

}  // namespace ninja3cx::analysis
