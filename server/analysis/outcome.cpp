#include "server/analysis/outcome.hpp"

#include "server/analysis/cue_list.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

using protocol::Category;
using protocol::Confidence;

/// Said by the customer in the second half.
const CueList& worksCues() {
    static const CueList kCues{{"ca marche", 2},
                               {"ca fonctionne", 2},
                               {"fonctionne", 1.5},
                               {"ca y est", 2},
                               {"c est bon", 1.5},
                               {"de nouveau", 1.5},
                               {"ca ouvre", 2},
                               {"ca s ouvre", 2},
                               {"il s allume", 2},
                               {"ca tourne", 1.5},
                               {"je l ai", 1},
                               {"c est revenu", 2},
                               {"ca remarche", 2},
                               {"impeccable", 1.5},
                               {"nickel", 1.5},
                               {"c est parfait", 1.5},
                               {"on entend bien", 1.5},
                               {"et voila", 1.5},
                               {"tout est la", 2},
                               {"ils y sont tous", 2},
                               {"je les vois", 1.5},
                               {"je la vois", 1.5},
                               {"je le vois", 1.5},
                               {"instantane", 2},
                               {"ca imprime", 2},
                               {"c est imprime", 2},
                               {"c est sorti", 2},
                               {"c est passe", 2},
                               {"c est note", 0.5},
                               {"ca repond", 1},
                               {"tres clair", 1.5},
                               {"i m in", 2},
                               {"it s working", 2},
                               {"it works", 2},
                               {"that works", 2},
                               {"working now", 2},
                               {"that s it", 1},
                               {"that s done", 1.5},
                               {"it s there", 1.5},
                               {"it s back", 2},
                               {"all good", 2},
                               {"sorted", 1.5},
                               {"exactly what i needed", 2},
                               {"it s printing", 2},
                               {"that s perfect", 1.5},
                               {"it s opened", 2},
                               {"feel a lot better", 1.5},
                               {"makes sense", 0.5},
                               {"i can see it", 1.5},
                               {"c est fait", 1},
                               {"plus de", 0.5}};
    return kCues;
}
const CueList& closedCues() {  // by the technician
    static const CueList kCues{
        {"ferme le ticket", 4},  {"cloture", 3},         {"ticket ~ resolu", 4},
        {"est resolu", 3},       {"est ferme", 3},       {"c est regle", 2},
        {"il est remonte", 1.5}, {"c est remonte", 1.5}, {"tout est rentre dans l ordre", 3},
        {"cent pour cent", 1},   {"c est programme", 2}, {"close the ticket", 3},
        {"that s all done", 2},  {"that s fixed", 2}};
    return kCues;
}
const CueList& openCues() {
    static const CueList kCues{{"marche toujours pas", 3}, {"fonctionne toujours pas", 3},
                               {"ca change rien", 1},      {"toujours pareil", 2},
                               {"non pareil", 2},          {"rien regle", 3},
                               {"en attendant", 2},        {"pour l instant", 1.5},
                               {"depannage", 1.5},         {"on verra", 1},
                               {"i ll have to", 1},        {"still not", 2},
                               {"for now", 1.5},           {"in the meantime", 2},
                               {"workaround", 2}};
    return kCues;
}

double pendingWeight(std::string_view kind) {
    if (kind == "onsite_visit" || kind == "escalate" || kind == "open_vendor_case") return 4;
    if (kind == "order_hardware" || kind == "install_software" || kind == "restore_backup") return 4;
    if (kind == "create_account" || kind == "update_software" || kind == "disable_account") return 3;
    if (kind == "callback") return 2;
    if (kind == "send_information" || kind == "reboot" || kind == "check_logs") return 1;
    return 0;
}

}  // namespace

Outcome findOutcome(const Conversation& conversation, Category category,
                    const std::vector<FoundAction>& actions) {
    Outcome outcome;
    if (!conversation.hasWords()) {
        outcome.resolved = {false, Confidence::Unsure, "nothing was understood", {}};
        outcome.ticketWarranted = outcome.resolved;
        return outcome;
    }
    outcome.ticketWarranted.value = category != Category::OtherNonSupport;
    outcome.ticketWarranted.confidence = Confidence::Likely;
    outcome.ticketWarranted.cue = outcome.ticketWarranted.value ? "a problem or a request of a customer"
                                                                : "no matter for the help desk";
    for (const FoundAction& action : actions)
        if (action.action.kind == "callback" && action.action.status == "todo") {
            outcome.callbackPromised = {true, Confidence::Sure, action.cue, action.turns};
        }

    if (!outcome.ticketWarranted.value) {
        outcome.resolved = {true, Confidence::Likely, "nothing to do", {}};
        return outcome;
    }
    double points = 0;
    const auto note = [&](double weight, const Line& line, const CueList::Hit& hit) {
        points += weight;
        if (outcome.resolved.cue.size() < 60)
            outcome.resolved.cue += (outcome.resolved.cue.empty() ? "" : ", ") + std::string{hit.phrase};
        outcome.resolved.turns.push_back(line.turn);
    };
    for (const Line& line : conversation.lines) {
        const bool isAgent = line.speaker == protocol::Speaker::Agent;
        if (line.position >= 0.35)
            for (const CueList::Hit& hit : (isAgent ? closedCues() : worksCues()).hits(line))
                if (!isNegated(line.words, hit.match))
                    note(hit.weight * (line.position > 0.6 ? 1.2 : 0.8), line, hit);
        if (line.position >= 0.35)
            for (const CueList::Hit& hit : openCues().hits(line)) note(-hit.weight, line, hit);
    }
    double pending = 0;
    bool isDone = false;
    for (const FoundAction& action : actions) {
        if (action.action.status == "todo") pending = std::max(pending, pendingWeight(action.action.kind));
        if (action.action.status == "done") isDone = true;
    }
    const bool isQuestion = category == Category::InformationRequest;
    points = std::min(points, 6.0) - pending + (isDone ? 0.5 : 0) + (isQuestion ? 2.5 : 0);
    outcome.resolved.value = points >= 1.0;
    outcome.resolved.confidence = points >= 3 || points <= -2    ? Confidence::Sure
                                  : points >= 1.5 || points <= 0 ? Confidence::Likely
                                                                 : Confidence::Unsure;
    if (outcome.resolved.cue.empty())
        outcome.resolved.cue =
            outcome.resolved.value ? "answered in the call" : "nothing says that it works again";
    return outcome;
}

}  // namespace ninja3cx::analysis
