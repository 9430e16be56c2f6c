#include "server/calls/live_view.hpp"

#include <algorithm>
#include <tuple>

namespace ninja3cx::calls {

using namespace protocol;

void LiveView::apply(const Audience& audience, const EventBody& event) {
    std::visit([&](const auto& body) { applyOne(audience, body); }, event);
}

void LiveView::applyOne(const Audience&, const CallChanged& event) {
    calls_[event.call.callId] = event.call;
}

void LiveView::applyOne(const Audience&, const CallRemoved& event) {
    calls_.erase(event.callId);
    utterances_.erase(event.callId);
    std::erase_if(drafts_, [&](const auto& item) { return item.second.draft.callId == event.callId; });
}

void LiveView::applyOne(const Audience&, const UtteranceChanged& event) {
    utterances_[event.utterance.callId][event.utterance.utteranceId] = event.utterance;
}

void LiveView::applyOne(const Audience& audience, const DraftChanged& event) {
    drafts_[event.draft.draftId] = {event.draft, clock_.steady(), audience.extension.has_value()};
}

void LiveView::applyOne(const Audience& audience, const AgentChanged& event) {
    (audience.includesBoards ? agents_ : agentsForThemselves_)[event.agent.extension] = event.agent;
}

void LiveView::applyOne(const Audience& audience, const SystemChanged& event) {
    if (audience.includesBoards) forBoards_ = event.system;
    if (audience.includesAllAgents) forAgents_ = event.system;
}

Snapshot LiveView::snapshot(const std::optional<Extension>& extension) const {
    const auto isSeen = [&](const Extension& owner) { return !extension || *extension == owner; };
    Snapshot snapshot;
    snapshot.serverTimeMs = toEpochMs(clock_.now());
    for (const auto& [callId, call] : calls_) {
        if (!isSeen(call.extension)) continue;
        snapshot.calls.push_back(call);
        const auto spoken = utterances_.find(callId);
        if (spoken == utterances_.end()) continue;
        for (const auto& [id, utterance] : spoken->second) snapshot.utterances.push_back(utterance);
    }
    std::stable_sort(snapshot.calls.begin(), snapshot.calls.end(),
                     [](const Call& one, const Call& other) { return one.startedAtMs < other.startedAtMs; });
    std::stable_sort(snapshot.utterances.begin(), snapshot.utterances.end(),
                     [](const Utterance& one, const Utterance& other) {
                         return std::tie(one.callId, one.startMs) < std::tie(other.callId, other.startMs);
                     });
    for (const auto& [draftId, shown] : drafts_) {
        if (!isSeen(shown.draft.extension) || (extension && !shown.isForAgent)) continue;
        Draft draft = shown.draft;
        if (draft.state == DraftState::Counting) {
            const auto elapsed = (clock_.steady() - shown.at).count();
            draft.countdownLeftMs = std::max<std::int64_t>(0, draft.countdownLeftMs - elapsed);
        }
        snapshot.drafts.push_back(std::move(draft));
    }
    for (const auto& [owner, agent] : extension ? agentsForThemselves_ : agents_)
        if (isSeen(owner)) snapshot.agents.push_back(agent);
    snapshot.system = extension ? forAgents_ : forBoards_;
    return snapshot;
}

}  // namespace ninja3cx::calls
