#include "server/analysis/actions/actions.hpp"

#include "server/analysis/actions/action_text.hpp"
#include "server/analysis/actions/action_wording.hpp"
#include "server/analysis/actions/callback_promise.hpp"
#include "server/analysis/actions/plain_promise.hpp"
#include "server/analysis/actions/planned_deed.hpp"
#include "server/analysis/actions/refused_offer.hpp"
#include "server/analysis/actions/settle_deeds.hpp"
#include "server/analysis/conclusions/promise.hpp"
#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/dates/agreed_date.hpp"

#include <algorithm>
#include <functional>

namespace ninja3cx::analysis {
namespace {

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
std::vector<std::int32_t> plainest(const CallReading& reading, const std::string& kind, bool isDone,
                                   std::vector<std::int32_t> turns) {
    std::erase_if(turns, [&](std::int32_t turn) {
        return (reading.laterChance(static_cast<std::size_t>(turn), kind) < 0.5F) != isDone;
    });
    std::ranges::stable_sort(turns, std::greater{}, [&](std::int32_t turn) {
        return reading.shows(static_cast<std::size_t>(turn), "action." + kind);
    });
    return turns;
}

FoundAction madeOf(const CallReading& reading, const Names& names, std::string kind, bool isDone,
                   CallReading::Said said) {
    const Conversation& conversation = reading.conversation();
    FoundAction found;
    Basis basis = reading.basisOf({kind == "callback" && !isDone ? "callback:todo" : "action." + kind},
                                  protocol::Speaker::Agent);
    found.confidence = said.confidence;
    found.cue = std::move(basis.cue);
    found.turns = std::move(basis.turns);
    found.action.text =
        actionText(kind, isDone, plainest(reading, kind, isDone, found.turns), conversation, names);
    if (kind == "callback" && !names.customer.empty()) found.action.text += " " + names.customer;
    found.action.owner = "agent";
    found.action.status = isDone ? "done" : "todo";
    for (const std::int32_t turn : found.turns) {
        const Line& line = conversation.lines[static_cast<std::size_t>(turn)];
        if (isDone) break;
        if (const auto colleague = colleagueIn(line, names)) found.action.owner = *colleague;
    }
    found.action.kind = std::move(kind);
    return found;
}

/// What the model did not hear, though it was promised with its day.
FoundAction plainlyPromised(const CallReading& reading, const Names& names, std::string_view kind,
                            std::int32_t turn, std::string cue) {
    FoundAction found;
    found.turns = {turn};
    found.cue = std::move(cue);
    found.confidence = protocol::Confidence::Likely;
    found.action.kind = kind;
    found.action.text = actionText(found.action.kind, false, found.turns, reading.conversation(), names);
    if (kind == "callback" && !names.customer.empty()) found.action.text += " " + names.customer;
    found.action.owner = "agent";
    found.action.status = "todo";
    return found;
}

/// What is promised plainly is at least likely, and no call where no word of its turn says so: "pour le téléphone je
/// vous envoie un nouveau poste demain".
void keepPromises(std::vector<FoundAction>& found, const CallReading& reading, const Names& names) {
    const Conversation& conversation = reading.conversation();
    for (const PlainPromise& promise : plainPromises(conversation)) {
        const auto same = std::ranges::find_if(
            found, [&](const FoundAction& action) { return action.action.kind == promise.kind; });
        if (same == found.end())
            found.push_back(plainlyPromised(reading, names, promise.kind, promise.turn, promise.cue));
        else if (same->action.status == "todo")
            same->confidence = std::min(same->confidence, protocol::Confidence::Likely);
        if (promiseIn(conversation.lines[static_cast<std::size_t>(promise.turn)]) != Promise::Unsaid)
            continue;
        std::erase_if(found, [&](const FoundAction& action) {
            return action.action.kind == "callback" && action.action.status == "todo" &&
                   action.turns == std::vector{promise.turn};
        });
    }
}

/// "d'accord, jeudi dix heures" agrees to what was offered: it is no visit, nor call, of its own beside that.
void dropAgreements(std::vector<FoundAction>& found, const Conversation& conversation) {
    const auto isAgreement = [&](const FoundAction& action) {
        if (action.action.status != "todo" ||
            (action.action.kind != "onsite_visit" && action.action.kind != "callback") ||
            action.turns.empty())
            return false;
        return std::ranges::all_of(action.turns, [&](std::int32_t turn) {
            return onlyAgreesToDate(conversation.lines[static_cast<std::size_t>(turn)]);
        });
    };
    const bool hasOther = std::ranges::any_of(found, [&](const FoundAction& action) {
        return action.action.status == "todo" && !isAgreement(action);
    });
    if (hasOther) std::erase_if(found, isAgreement);
}

/// What the turns that show the action most plainly say of it.
bool isDone(const CallReading& reading, std::string_view kind) {
    const std::string head = "action." + std::string{kind};
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

bool namesAccount(const Line& line) {
    static const CueList kAccount{{"compte*"}, {"acces"},   {"session*"}, {"account*"},
                                  {"access"},  {"mailbox"}, {"login"},    {"boite"}};
    return kAccount.first(line).has_value();
}

/// An account is cut on a day, though the model did not hear it.
std::optional<FoundAction> plannedCut(const CallReading& reading, const Names& names, bool isDeparture) {
    const Conversation& conversation = reading.conversation();
    const auto planned = plannedDeed(conversation, "disable_account");
    if (!planned) return std::nullopt;
    if (!isDeparture && !namesAccount(conversation.lines[static_cast<std::size_t>(planned->turn)]))
        return std::nullopt;
    return plainlyPromised(reading, names, "disable_account", planned->turn, planned->cue);
}

/// A day was set for it: the turn that sets it is what it rests on.
void restOnPlan(FoundAction& found, const PlannedDeed& planned, const Conversation& conversation,
                const Names& names) {
    std::erase(found.turns, planned.turn);
    found.turns.insert(found.turns.begin(), planned.turn);
    found.cue = planned.cue;
    found.action.text = actionText(found.action.kind, false, {&planned.turn, 1}, conversation, names);
}

/// The kind that the model is least certain of that it was not done. None where all of them are far.
std::optional<FoundAction> nearestAction(const CallReading& reading, const Names& names) {
    constexpr float kFar = 0.73F;
    std::optional<CallReading::Said> nearest;
    std::string kind;
    for (const ActionWording& wording : actionWordings()) {
        if (wording.kind == "none" || wording.kind == "callback")
            continue;  // a promise is heard or it is none
        const CallReading::Said said = reading.answer("action." + std::string{wording.kind});
        if (nearest && said.certainty >= nearest->certainty) continue;
        nearest = said;
        kind = wording.kind;
    }
    if (!nearest || nearest->certainty > kFar) return std::nullopt;
    nearest->confidence = protocol::Confidence::Unsure;
    const bool isDoneNow = isDone(reading, kind);
    return madeOf(reading, names, std::move(kind), isDoneNow, *nearest);
}

}  // namespace

std::vector<FoundAction> findActions(const CallReading& reading, const Names& names,
                                     const CategoryFinding& category) {
    std::vector<FoundAction> found;
    if (!reading.conversation().hasWords()) return found;
    if (category.main.value == protocol::Category::OtherNonSupport) {
        FoundAction none;
        none.action = {"none", actionText("none", true, {}, reading.conversation(), names), "agent",
                       std::nullopt, "done"};
        none.turns = category.main.turns;
        none.cue = category.main.cue;
        none.confidence = category.main.confidence;
        found.push_back(std::move(none));
        return found;
    }
    bool isOtherCall = false;  // heard as a promise to phone, and none
    for (const ActionWording& wording : actionWordings()) {
        std::string kind{wording.kind};
        if (kind == "none") continue;
        CallReading::Said said = reading.answer("action." + kind);
        bool isDoneNow = said.value == 1 && isDone(reading, kind);
        if (kind == "callback") {
            // A promise has a question of its own.
            const CallReading::Said promised = promisedCall(reading);
            const auto plain = plainCallbackPromise(reading.conversation());
            if (plain && promised.value == 0) {
                found.push_back(plainlyPromised(reading, names, kind, plain->turn, plain->cue));
                continue;
            }
            isOtherCall = promised.value == 1 && !plain && onlyOtherCalls(reading);
            if (isOtherCall) continue;
            if (promised.value == 1)
                said = promised, isDoneNow = false;
            else if (!isDoneNow || reading.answer("callback").value == 1)
                continue;
        }
        const std::string head = kind == "callback" && !isDoneNow ? "callback:todo" : "action." + kind;
        if (said.value != 1 || isOnlyRefused(reading, head)) continue;
        const auto planned = isDoneNow ? plannedDeed(reading.conversation(), kind) : std::nullopt;
        found.push_back(madeOf(reading, names, std::move(kind), isDoneNow && !planned, said));
        if (planned) restOnPlan(found.back(), *planned, reading.conversation(), names);
    }
    const auto isCut = [](const FoundAction& action) { return action.action.kind == "disable_account"; };
    if (std::ranges::none_of(found, isCut))
        if (auto cut =
                plannedCut(reading, names, category.main.value == protocol::Category::OnboardingOffboarding))
            found.push_back(std::move(*cut));
    // "je désactive son compte" creates none.
    if (const auto cut = std::ranges::find_if(found, isCut); cut != found.end()) {
        const std::vector<std::int32_t> turns = cut->turns;
        std::erase_if(found, [&](const FoundAction& action) {
            return action.action.kind == "create_account" &&
                   action.confidence == protocol::Confidence::Unsure &&
                   std::ranges::all_of(action.turns, [&](std::int32_t turn) {
                       return std::ranges::find(turns, turn) != turns.end();
                   });
        });
    }
    dropAgreements(found, reading.conversation());
    keepPromises(found, reading, names);
    settleDeeds(found, reading, names);
    // In a call of some length there was something to record: of the labelled ones one in fifty has nothing, and of
    // those where no kind is certain enough one in ten.
    constexpr std::size_t kLongCall = 8;  // turns
    if (found.empty() && !isOtherCall && reading.conversation().lines.size() >= kLongCall)
        if (auto action = nearestAction(reading, names)) found.push_back(std::move(*action));
    std::ranges::stable_sort(
        found, {}, [](const FoundAction& action) { return action.turns.empty() ? 0 : action.turns.front(); });
    return found;
}

}  // namespace ninja3cx::analysis
