#include "server/analysis/actions/actions.hpp"

#include "server/analysis/actions/action_text.hpp"
#include "server/analysis/actions/action_wording.hpp"
#include "server/analysis/actions/said_deeds.hpp"
#include "server/analysis/actions/settle_deeds.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/dates/agreed_date.hpp"
#include "server/analysis/model/head_names.hpp"
#include "server/analysis/promises/dated_commitments.hpp"
#include "server/analysis/promises/denied_deeds.hpp"
#include "server/analysis/promises/refused_offer.hpp"
#include "shared/protocol/analysis_kinds.hpp"

#include <algorithm>
#include <functional>

namespace ninja3cx::analysis {
namespace {

using protocol::Confidence;
namespace action_kind = protocol::action_kind;
namespace action_status = protocol::action_status;

/// The call that the actions are found in.
struct Call {
    const CallReading& reading;
    const Names& names;
    std::span<const Movement> movements;
    const CategoryFinding& category;
    const CallbackVerdict& callback;

    const Conversation& conversation() const { return reading.conversation(); }
    const Line& line(std::int32_t turn) const { return conversation().lines[static_cast<std::size_t>(turn)]; }
};

auto isOfKind(std::string_view kind) {
    return [kind](const FoundAction& found) { return found.action.kind == kind; };
}
bool isTodo(const FoundAction& found) {
    return found.action.status == action_status::kTodo;
}

/// The colleague who will do it: "ma collègue Sandrine vous rappelle", "our engineer Tom".
std::optional<std::string> colleagueIn(const Line& line, const Names& names) {
    static constexpr std::string_view kColleagues[] = {"collegue",  "technicien", "technicienne",
                                                       "colleague", "engineer",   "technician"};
    for (std::size_t at = 0; at + 1 < line.words.size(); ++at) {
        if (std::ranges::find(kColleagues, line.words[at].text) == std::end(kColleagues)) continue;
        for (const std::string& person : names.people) {
            const std::vector<Word> parts = wordsOf(person);
            if (person != names.customer && !parts.empty() && parts[0].text == line.words[at + 1].text)
                return person;
        }
    }
    return std::nullopt;
}

/// The turns that say of the action what became of it, the plainest first.
std::vector<std::int32_t> plainest(const CallReading& reading, std::string_view kind, bool isDone,
                                   std::vector<std::int32_t> turns) {
    std::erase_if(turns, [&](std::int32_t turn) {
        return (reading.laterChance(static_cast<std::size_t>(turn), kind) < 0.5F) != isDone;
    });
    std::ranges::stable_sort(turns, std::greater{}, [&](std::int32_t turn) {
        return reading.shows(static_cast<std::size_t>(turn), actionHead(kind));
    });
    return turns;
}

/// Of the technician, until a colleague is found for it.
FoundAction madeOf(const Call& call, std::string_view kind, bool isDone, Confidence confidence, Basis basis,
                   std::span<const std::int32_t> textTurns) {
    FoundAction found;
    found.confidence = confidence;
    found.cue = std::move(basis.cue);
    found.turns = std::move(basis.turns);
    found.action.kind = kind;
    found.action.text = actionText(kind, isDone, textTurns, call.conversation(), call.names, call.movements);
    if (kind == action_kind::kCallback && !call.names.customer.empty())
        found.action.text += " " + call.names.customer;
    found.action.owner = "agent";
    found.action.status = isDone ? action_status::kDone : action_status::kTodo;
    return found;
}

void nameColleague(FoundAction& found, const Call& call) {
    if (!isTodo(found)) return;
    for (const std::int32_t turn : found.turns)
        if (const auto colleague = colleagueIn(call.line(turn), call.names)) found.action.owner = *colleague;
}

/// The turns that show the action; none that denies it where another shows it too.
Basis heardBasis(const CallReading& reading, std::string_view kind) {
    const std::string head = actionHead(kind);
    Basis basis = reading.basisOf({head}, protocol::Speaker::Agent);
    const auto isDenied = [&](std::int32_t turn) {
        return deniesDeed(reading, static_cast<std::size_t>(turn), kind);
    };
    if (std::ranges::none_of(basis.turns, isDenied)) return basis;
    std::optional<std::size_t> plainest;
    for (std::size_t turn = 0; turn < reading.conversation().lines.size(); ++turn)
        if (reading.conversation().lines[turn].speaker == protocol::Speaker::Agent &&
            !isDenied(static_cast<std::int32_t>(turn)) &&
            (!plainest || reading.shows(turn, head) > reading.shows(*plainest, head)))
            plainest = turn;
    std::vector<std::int32_t> turns = basis.turns;
    std::erase_if(turns, isDenied);
    if (turns.empty() && plainest) turns = {static_cast<std::int32_t>(*plainest)};
    return turns.empty() ? basis : reading.basisIn(std::move(turns), {head});
}

/// What the model heard.
FoundAction heardAction(const Call& call, std::string_view kind, bool isDone, Confidence confidence) {
    Basis basis = heardBasis(call.reading, kind);
    const std::vector<std::int32_t> turns = plainest(call.reading, kind, isDone, basis.turns);
    FoundAction found = madeOf(call, kind, isDone, confidence, std::move(basis), turns);
    nameColleague(found, call);
    return found;
}

/// What the model did not hear, though it was promised with its day.
FoundAction committedAction(const Call& call, const DatedCommitment& commitment) {
    return madeOf(call, commitment.kind, false, Confidence::Likely, {{commitment.turn}, commitment.cue},
                  {&commitment.turn, 1});
}

FoundAction nothingToDo(const Call& call) {
    const Conclusion<protocol::Category>& why = call.category.main;
    return madeOf(call, action_kind::kNone, true, why.confidence, {why.turns, why.cue}, {});
}

/// What the turns that show the action most plainly say of it.
bool isDone(const CallReading& reading, std::string_view kind) {
    const std::string head = actionHead(kind);
    const std::size_t turns = reading.conversation().lines.size();
    float best = 0;
    for (std::size_t turn = 0; turn < turns; ++turn) best = std::max(best, reading.shows(turn, head));
    float later = 0;
    float all = 0;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        const float plain = reading.shows(turn, head);
        if (plain < 0.5F * best) continue;
        later += plain * reading.laterChance(turn, kind);
        all += plain;
    }
    return later < 0.5F * all;
}

/// The promise to phone again, or a call that was made already.
std::optional<FoundAction> callbackAction(const Call& call) {
    const std::string_view kind = action_kind::kCallback;
    if (call.callback.isPromised()) {
        FoundAction found = madeOf(call, kind, false, call.callback.confidence, call.callback.basis,
                                   call.callback.basis.turns);
        nameColleague(found, call);
        return found;
    }
    if (call.callback.finding != CallbackVerdict::Finding::Unheard) return std::nullopt;
    const CallReading::Said said = call.reading.answer(actionHead(kind));
    if (said.value != 1 || !isDone(call.reading, kind) || isOnlyRefused(call.reading, actionHead(kind)))
        return std::nullopt;
    return heardAction(call, kind, true, said.confidence);
}

/// What the model heard, unless it was only offered and refused. Where a day was set for what sounds done, or it was only
/// announced, it is still to be done, and the turn that says so is what it rests on.
std::optional<FoundAction> actionOf(const Call& call, std::string_view kind) {
    const CallReading::Said said = call.reading.answer(actionHead(kind));
    if (said.value != 1 || isOnlyRefused(call.reading, actionHead(kind))) return std::nullopt;
    const bool isDoneNow = isDone(call.reading, kind);
    auto planned = isDoneNow ? datedDeed(call.conversation(), kind) : std::nullopt;
    if (isDoneNow && !planned) planned = deedToCome(call.reading, kind);
    FoundAction found = heardAction(call, kind, isDoneNow && !planned, said.confidence);
    if (planned) {
        std::erase(found.turns, planned->turn);
        found.turns.insert(found.turns.begin(), planned->turn);
        found.cue = planned->cue;
        found.action.text =
            actionText(kind, false, {&planned->turn, 1}, call.conversation(), call.names, call.movements);
    }
    return found;
}

// -- the steps

std::vector<FoundAction> heardActions(const Call& call) {
    std::vector<FoundAction> found;
    for (const std::string_view kind : protocol::kActionKinds) {
        auto action = kind == action_kind::kCallback ? callbackAction(call) : actionOf(call, kind);
        if (action) found.push_back(std::move(*action));
    }
    return found;
}

bool namesAccount(const Line& line) {
    static const CueList kAccount{{"compte*"}, {"acces"},   {"session*"}, {"account*"},
                                  {"access"},  {"mailbox"}, {"login"},    {"boite"}};
    return kAccount.first(line).has_value();
}

/// An account is cut on a day, though the model did not hear it.
void addPlannedCut(std::vector<FoundAction>& found, const Call& call) {
    if (std::ranges::any_of(found, isOfKind(action_kind::kDisableAccount))) return;
    const auto planned = datedDeed(call.conversation(), action_kind::kDisableAccount);
    if (!planned) return;
    const bool isDeparture = call.category.main.value == protocol::Category::OnboardingOffboarding;
    if (isDeparture || namesAccount(call.line(planned->turn)))
        found.push_back(committedAction(call, *planned));
}

/// "je désactive son compte" creates none.
void dropCreationOfCutAccount(std::vector<FoundAction>& found) {
    const auto cut = std::ranges::find_if(found, isOfKind(action_kind::kDisableAccount));
    if (cut == found.end()) return;
    const std::vector<std::int32_t> turns = cut->turns;
    std::erase_if(found, [&](const FoundAction& action) {
        return action.action.kind == action_kind::kCreateAccount && action.confidence == Confidence::Unsure &&
               std::ranges::all_of(action.turns, [&](std::int32_t turn) {
                   return std::ranges::find(turns, turn) != turns.end();
               });
    });
}

/// "d'accord, jeudi dix heures" agrees to what was offered: it is no visit, nor call, of its own beside that.
void dropAgreements(std::vector<FoundAction>& found, const Conversation& conversation) {
    const auto isAgreement = [&](const FoundAction& action) {
        const bool isMeeting =
            action.action.kind == action_kind::kOnsiteVisit || action.action.kind == action_kind::kCallback;
        if (!isTodo(action) || !isMeeting || action.turns.empty()) return false;
        return std::ranges::all_of(action.turns, [&](std::int32_t turn) {
            return onlyAgreesToDate(conversation.lines[static_cast<std::size_t>(turn)]);
        });
    };
    const bool hasOther = std::ranges::any_of(
        found, [&](const FoundAction& action) { return isTodo(action) && !isAgreement(action); });
    if (hasOther) std::erase_if(found, isAgreement);
}

/// A visit or equipment that is promised with its day is at least likely.
void keepDeliveries(std::vector<FoundAction>& found, const Call& call) {
    for (const DatedCommitment& delivery : datedDeliveries(call.conversation())) {
        const auto same = std::ranges::find_if(found, isOfKind(delivery.kind));
        if (same == found.end())
            found.push_back(committedAction(call, delivery));
        else if (isTodo(*same))
            same->confidence = std::min(same->confidence, Confidence::Likely);
    }
}

/// "je ne peux pas vous envoyer un technicien avant jeudi" sends nobody.
bool isDenied(const FoundAction& found, const Call& call) {
    if (isSaidNotDone(found, call.conversation())) return true;
    return found.action.kind != action_kind::kCallback && isDeedDenied(call.reading, found.action.kind);
}

void dropDenied(std::vector<FoundAction>& found, const Call& call) {
    std::erase_if(found, [&](const FoundAction& action) { return isDenied(action, call); });
}

/// The kind that the model is least certain of that it was not done, of those that are not denied. None where all of
/// them are far.
std::optional<FoundAction> nearestAction(const Call& call) {
    constexpr float kFar = 0.73F;
    struct Kind {
        std::string_view name;
        float certainty = 0;
    };
    std::vector<Kind> kinds;
    for (const std::string_view kind : protocol::kActionKinds) {
        if (kind == action_kind::kCallback) continue;  // a promise is heard or it is none
        const CallReading::Said said = call.reading.answer(actionHead(kind));
        if (said.certainty <= kFar) kinds.push_back({kind, said.certainty});
    }
    std::ranges::stable_sort(kinds, {}, &Kind::certainty);
    for (const Kind& kind : kinds) {
        FoundAction nearest =
            heardAction(call, kind.name, isDone(call.reading, kind.name), Confidence::Unsure);
        if (!isDenied(nearest, call)) return nearest;
    }
    return std::nullopt;
}

/// In a call of some length there was something to record: of the labelled ones one in fifty has nothing, and of those
/// where no kind is certain enough one in ten.
void addNearest(std::vector<FoundAction>& found, const Call& call) {
    constexpr std::size_t kLongCall = 8;  // turns
    const bool isOtherCall = call.callback.finding == CallbackVerdict::Finding::OtherCall;
    if (!found.empty() || isOtherCall || call.conversation().lines.size() < kLongCall) return;
    if (auto action = nearestAction(call)) found.push_back(std::move(*action));
}

void sortByTurn(std::vector<FoundAction>& found) {
    std::ranges::stable_sort(
        found, {}, [](const FoundAction& action) { return action.turns.empty() ? 0 : action.turns.front(); });
}

}  // namespace

std::vector<FoundAction> findActions(const CallReading& reading, const Names& names,
                                     std::span<const Movement> movements, const CategoryFinding& category,
                                     const CallbackVerdict& callback) {
    const Call call{reading, names, movements, category, callback};
    if (!call.conversation().hasWords()) return {};
    if (category.main.value == protocol::Category::OtherNonSupport) return {nothingToDo(call)};
    std::vector<FoundAction> found = heardActions(call);
    addPlannedCut(found, call);
    dropCreationOfCutAccount(found);
    dropAgreements(found, call.conversation());
    keepDeliveries(found, call);
    settleDeeds(found, reading, names, movements, category);
    dropDenied(found, call);
    addNearest(found, call);
    sortByTurn(found);
    return found;
}

}  // namespace ninja3cx::analysis
