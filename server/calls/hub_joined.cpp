#include "server/calls/draft_maker.hpp"
#include "server/calls/hub_impl.hpp"
#include "shared/protocol/delivery_rules.hpp"

#include <algorithm>

/// Earlier calls that go on in a later one's ticket: theirs only once it is made. Until then each has its own draft,
/// discarded, which comes back where they part.
namespace ninja3cx::calls {

using protocol::DraftState;

std::vector<JoinedCall> CallHub::Impl::joinedCallsOf(const protocol::Draft& draft,
                                                     const std::vector<TrackedDraft*>& continued) {
    std::vector<JoinedCall> joined;
    for (const TrackedDraft* earlier : continued) {
        EarlierCall before{earlier->draft.fields, {}};
        before.call.callId = earlier->draft.callId;
        before.call.extension = earlier->draft.extension;
        before.call.startedAtMs = earlier->draft.createdAtMs;
        std::vector<protocol::Utterance> finals;
        if (const TrackedCall* call = find(earlier->draft.callId)) {
            before.call = call->call;
            finals = call->texts();
        }
        joined.push_back(makeJoinedCall(draft.fields, before, std::move(finals)));
    }
    return joined;
}

/// Those that its ticket is to carry. What they part by is the draft's `continues`: the entry is the ticket desk's.
std::vector<TrackedDraft*> CallHub::Impl::joinedIn(const TrackedDraft& tracked) {
    std::vector<TrackedDraft*> joined;
    if (!tracked.draft.fields.continues || !tracked.sent || !tracked.sent->joined) return joined;
    for (const JoinedCall& earlier : *tracked.sent->joined) {
        TrackedDraft* known = draftOf(earlier.callId);
        if (known && known->draft.state == DraftState::Discarded) joined.push_back(known);
    }
    return joined;
}

/// It goes on in a ticket that is not made yet.
bool CallHub::Impl::isCarried(const protocol::Draft& discarded) {
    return std::ranges::any_of(drafts_, [&](const auto& item) {
        const TrackedDraft& later = item.second;
        return later.draft.state == DraftState::Confirmed && !protocol::isDone(later.draft.delivery) &&
               std::ranges::any_of(joinedIn(later), [&](const TrackedDraft* earlier) {
                   return earlier->draft.draftId == discarded.draftId;
               });
    });
}

/// Of what was sent, edited to be another one's than a call in it: their words are not to stand in each other's name.
bool CallHub::Impl::isOfAnotherCaller(const TrackedDraft& tracked, const protocol::Draft& edited) {
    if (isOpen(tracked.draft) || !edited.fields.continues) return false;
    const std::vector<TrackedDraft*> joined = joinedIn(tracked);
    if (joined.empty())  // merged into one text by an earlier version, or erased
        return edited.fields.requesterUid != tracked.draft.fields.requesterUid ||
               edited.fields.organizationId != tracked.draft.fields.organizationId;
    const Matter matter = matterOf(edited);
    return !std::ranges::all_of(
        joined, [&](const TrackedDraft* earlier) { return isSameCaller(matter, matterOf(earlier->draft)); });
}

/// For the transaction in which they part from the ticket.
std::vector<Change> CallHub::Impl::reopen(const std::vector<TrackedDraft*>& parted,
                                          const std::string& actor) {
    for (TrackedDraft* tracked : parted) {
        comeBack(tracked->draft, nowMs());
        tracked->fieldsRevision = tracked->draft.revision;
    }
    std::vector<Change> changes;
    for (TrackedDraft* tracked : parted) {  // once none goes on with another
        (void)checkFields(tracked->draft);
        (void)renewOffers(tracked->draft);
        changes.emplace_back(SaveDraft{tracked->draft});
        changes.emplace_back(audit(actor, "draft.reopen", tracked->draft.draftId.value()));
    }
    return changes;
}

/// After that transaction.
void CallHub::Impl::showReopened(const std::vector<TrackedDraft*>& parted) {
    for (const TrackedDraft* tracked : parted)
        publish({tracked->draft.extension}, protocol::DraftChanged{tracked->draft});
    for (const TrackedDraft* tracked : parted) renewOffersOfOthers(tracked->draft);
}

/// Nothing is said of them any more. That they go on in the ticket stays known: they are settled with it, or come back.
void CallHub::Impl::forgetJoinedWords(const std::set<CallId>& callIds) {
    for (auto& [draftId, tracked] : drafts_) {
        if (!tracked.sent || !tracked.sent->joined) continue;
        for (JoinedCall& earlier : *tracked.sent->joined) {
            if (!callIds.contains(earlier.callId)) continue;
            earlier.description.clear();
            earlier.transcript.clear();
        }
    }
}

/// They are gone, so they cannot come back.
void CallHub::Impl::forgetJoined(const std::set<CallId>& callIds) {
    for (auto& [draftId, tracked] : drafts_)
        if (tracked.sent && tracked.sent->joined)
            std::erase_if(*tracked.sent->joined,
                          [&](const JoinedCall& earlier) { return callIds.contains(earlier.callId); });
}

/// As they were sent before; of those whose words are erased since, none.
std::vector<JoinedCall> CallHub::Impl::withoutErased(std::vector<JoinedCall> fresh,
                                                     const std::vector<JoinedCall>& sent) {
    for (JoinedCall& each : fresh) {
        const auto before = std::ranges::find(sent, each.callId, &JoinedCall::callId);
        if (before == sent.end() || !before->description.empty()) continue;
        each.description.clear();
        each.transcript.clear();
    }
    return fresh;
}

}  // namespace ninja3cx::calls
