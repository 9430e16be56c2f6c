#include "agent/app/unanswered_decisions.hpp"

#include "shared/protocol/delivery_rules.hpp"

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <utility>

namespace ninja3cx::agent {
namespace {

using namespace protocol;

template <class... Bodies>
bool isOneOf(const ClientMessage& message) {
    return (std::holds_alternative<Bodies>(message) || ...);
}

/// What requester and organisation are called is the server's to say.
bool isSameButNames(DraftFields edited, const DraftFields& present) {
    edited.requesterName = present.requesterName;
    edited.organizationName = present.organizationName;
    return edited == present;
}

/// The draft is as this decision wants it: the server has followed it, or has nothing to do.
bool isOver(const ClientMessage& decision, const Draft& draft) {
    using enum DraftState;
    if (const auto* edit = std::get_if<DraftEdit>(&decision))
        return isSameButNames(edit->fields, draft.fields);
    if (isOneOf<DraftConfirm>(decision)) return draft.state == Confirmed && !isMendable(draft.delivery);
    if (isOneOf<DraftDiscard>(decision)) return draft.state == Discarded;
    if (isOneOf<DraftLater>(decision)) return draft.state == Inbox && draft.countdownLeftMs == 0;
    if (const auto* pause = std::get_if<DraftPause>(&decision)) {
        const bool mayRun = draft.state == Counting || (draft.state == Inbox && draft.countdownLeftMs > 0);
        return pause->isPaused ? !mayRun : draft.state != Paused;
    }
    const auto* decide = std::get_if<DeliveryDecide>(&decision);
    if (!decide || draft.delivery.state == DeliveryState::Unconfirmed) return !decide;
    return draft.delivery.state != DeliveryState::Rejected ||
           (decide->decision == DeliveryDecision::GiveUp && draft.delivery.problemCode == "givenUp");
}

bool canBeAbout(const ClientMessage& decision, std::string_view code) {
    if (code == "badMessage") return isOneOf<DraftEdit>(decision);
    if (code == "forbidden") return isOneOf<DraftConfirm, DraftDiscard>(decision);
    return !isOneOf<DraftPause>(decision);
}

}  // namespace

bool maySayLater(const ClientMessage& decision) {
    const auto* pause = std::get_if<DraftPause>(&decision);
    return !isOneOf<DeliveryDecide>(decision) && !(pause && !pause->isPaused);
}

std::optional<DraftId> decidedDraft(const ClientMessage& message) {
    return std::visit(
        [](const auto& body) -> std::optional<DraftId> {
            using Body = std::decay_t<decltype(body)>;
            if constexpr (requires { body.draftId; } && !std::is_same_v<Body, DraftShown>)
                return body.draftId;
            else
                return std::nullopt;
        },
        message);
}

void UnansweredDecisions::add(ClientMessage decision, const Draft& shown) {
    if (decisions_.empty() && isOver(decision, shown)) return;  // no answer follows, or a refusal
    const bool isBehindEdit = std::any_of(decisions_.begin(), decisions_.end(), [](const Decision& earlier) {
        return isOneOf<DraftEdit>(earlier.message);
    });
    decisions_.push_back({std::move(decision), shown.fields, isBehindEdit});
}

void UnansweredDecisions::addUnsaid(ClientMessage decision, const Draft& shown) {
    const std::size_t before = decisions_.size();
    add(std::move(decision), shown);
    if (decisions_.size() > before) decisions_.back().isInDoubt = true;
}

/// The server reads in order: what an edit has brought shows that all before it is read. Of the rest one after the
/// other is over: a later one may look so because an earlier one is still to come.
void UnansweredDecisions::onDraft(const Draft& now) {
    const auto isOverNow = [&](const Decision& decision) { return isOver(decision.message, now); };
    const auto edit = std::find_if(decisions_.rbegin(), decisions_.rend(), [&](const Decision& decision) {
        return isOneOf<DraftEdit>(decision.message) && isOverNow(decision);
    });
    const auto rest = std::find_if_not(edit.base(), decisions_.end(), isOverNow);
    decisions_.erase(decisions_.begin(), rest);
}

void UnansweredDecisions::onRefused(std::string_view code) {
    if (code == "notFound") decisions_.clear();
    if (decisions_.empty()) return;
    auto refused = std::find_if(decisions_.rbegin(), decisions_.rend(),
                                [&](const Decision& decision) { return canBeAbout(decision.message, code); });
    if (refused == decisions_.rend()) refused = decisions_.rbegin();
    decisions_.erase(std::prev(refused.base()));
}

UnansweredDecisions::Doubt UnansweredDecisions::onDown(bool isDraftRemoved) {
    Doubt doubt;
    doubt.isLeft = std::erase_if(decisions_, [&](const Decision& decision) {
                       return isDraftRemoved || !maySayLater(decision.message);
                   }) > 0;
    for (Decision& decision : decisions_)
        if (!std::exchange(decision.isInDoubt, true)) doubt.isSaidAgain = true;
    return doubt;
}

bool UnansweredDecisions::isInDoubt() const {
    return std::any_of(decisions_.begin(), decisions_.end(),
                       [](const Decision& decision) { return decision.isInDoubt; });
}

bool UnansweredDecisions::maySayAgain(const Decision& decision, const Draft& now) {
    const bool isRefused = now.state == DraftState::Confirmed && isMendable(now.delivery);
    if (isRefused && !isOneOf<DraftEdit, DraftConfirm>(decision.message)) return false;
    if (!isRefused && (now.state == DraftState::Confirmed || now.state == DraftState::Discarded))
        return false;
    if (isOneOf<DraftEdit>(decision.message)) return now.fields == decision.shown;
    if (isOneOf<DraftConfirm, DraftDiscard>(decision.message))
        return now.fields == decision.shown && !decision.isBehindEdit;
    return maySayLater(decision.message);
}

UnansweredDecisions::Again UnansweredDecisions::sayAgain(const Draft* now) {
    Again again;
    if (now) onDraft(*now);
    std::vector<Decision> kept;
    for (Decision& decision : decisions_) {
        const bool isKept = !decision.isInDoubt || (now && maySayAgain(decision, *now));
        if (!isKept) {
            again.isLeft = true;
            continue;
        }
        if (std::exchange(decision.isInDoubt, false)) again.decisions.push_back(decision.message);
        kept.push_back(std::move(decision));
    }
    decisions_ = std::move(kept);
    return again;
}

}  // namespace ninja3cx::agent
