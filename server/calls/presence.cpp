#include "server/calls/presence.hpp"

namespace ninja3cx::calls {
namespace {

using protocol::CallStage;
using protocol::CallState;
using protocol::DraftState;
using protocol::Presence;

bool isPopupOpen(const protocol::Draft& draft) {
    return draft.state == DraftState::Counting || draft.state == DraftState::Paused ||
           (draft.state == DraftState::Inbox && draft.countdownLeftMs > 0);
}

std::optional<Presence> presenceIn(const CallAndDraft& item) {
    switch (item.call->state) {
        case CallState::Connected:
        case CallState::Held:
            return Presence::InCall;
        case CallState::Ringing:
        case CallState::Dialing:
            return Presence::Ringing;
        case CallState::Missed:
            return std::nullopt;
        case CallState::Ended:
            break;
    }
    if (item.draft) return isPopupOpen(*item.draft) ? std::optional{Presence::AfterCall} : std::nullopt;
    const bool isWrittenUp = item.call->stage != CallStage::Closed && item.call->stage != CallStage::Drafted;
    return isWrittenUp ? std::optional{Presence::AfterCall} : std::nullopt;
}

/// Who has only a desk phone is there by it; who has only the agent program open may be reached otherwise.
Presence presenceWithoutCalls(bool isConnected, const std::optional<PbxUser>& user) {
    const bool isThere = isConnected || (user && user->isRegistered.value_or(false));
    if (!isThere) return Presence::Offline;
    if (user && user->isAway) return Presence::Away;
    if (user && user->isQueueLoggedOut) return Presence::QueueLoggedOut;
    return Presence::Available;
}

int rank(Presence presence) {
    switch (presence) {
        case Presence::InCall:
            return 3;
        case Presence::Ringing:
            return 2;
        case Presence::AfterCall:
            return 1;
        default:
            return 0;
    }
}

}  // namespace

PresenceOf presenceOf(bool isConnected, const std::optional<PbxUser>& user,
                      const std::vector<CallAndDraft>& calls) {
    PresenceOf best{presenceWithoutCalls(isConnected, user), std::nullopt};
    for (const CallAndDraft& item : calls) {
        const auto presence = presenceIn(item);
        if (!presence || (*presence == Presence::AfterCall && !isConnected)) continue;
        if (rank(*presence) > rank(best.presence)) best = {*presence, item.call->callId};
    }
    return best;
}

Presence forAgentPrograms(Presence presence) {
    return presence == Presence::QueueLoggedOut ? Presence::Away : presence;
}

}  // namespace ninja3cx::calls
