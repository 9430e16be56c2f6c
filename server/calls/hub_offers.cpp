#include "server/calls/continuation.hpp"
#include "server/calls/draft_edit.hpp"
#include "server/calls/draft_maker.hpp"
#include "server/calls/hub_impl.hpp"

#include <algorithm>
#include <set>
#include <utility>

/// What a draft may belong to: offered, and taken up by a person alone.
namespace ninja3cx::calls {
namespace {

using protocol::DraftState;

bool wasOffered(const protocol::Draft& draft, const DraftId& earlier) {
    return draft.fields.continues == earlier ||
           (draft.offers &&
            std::ranges::any_of(*draft.offers, [&](const auto& offer) { return offer.draftId == earlier; }));
}

}  // namespace

Matter CallHub::Impl::matterOf(const protocol::Draft& draft) {
    Matter matter;
    matter.requesterUid = draft.fields.requesterUid;
    matter.organizationId = draft.fields.organizationId;
    matter.topic = topicOf(draft.fields);
    matter.beganAtMs = draft.createdAtMs;
    if (const TrackedCall* call = find(draft.callId)) {
        matter.number = call->call.remoteNumber;
        matter.beganAtMs = call->call.startedAtMs;
        matter.endedAtMs = call->call.endedAtMs;
    }
    return matter;
}

/// An agent's key sees its own extension's calls alone, so a draft of another one is not offered; a ticket is NinjaOne's,
/// which every technician reads. What was sent, or may have been, goes on with no other draft.
std::vector<protocol::TicketOffer> CallHub::Impl::offersOf(const protocol::Draft& draft) {
    const Matter matter = matterOf(draft);
    const bool mayGoOn = isContinuable(draft);
    std::vector<EarlierDraft> earlier;
    for (const auto& [draftId, tracked] : drafts_) {
        if (draftId == draft.draftId || tracked.draft.extension != draft.extension) continue;
        if (mayGoOn && mayBeSameCaller(matter, tracked.draft) && isContinuable(tracked.draft))
            earlier.push_back({draftId, matterOf(tracked.draft), tracked.draft.changedAtMs});
    }
    return offersFor(matter, openTicketsOf(draft), earlier, options_.continuationLimit);
}

/// Wherever `isSameCaller` is, without the rest of a matter: it is asked for each pair of drafts.
bool CallHub::Impl::mayBeSameCaller(const Matter& matter, const protocol::Draft& draft) {
    const auto& uid = draft.fields.requesterUid;
    if (matter.requesterUid && uid) return matter.requesterUid == uid;
    const TrackedCall* call = find(draft.callId);
    return call && call->call.remoteNumber == matter.number;
}

std::vector<OpenTicket> CallHub::Impl::openTicketsOf(const protocol::Draft& draft) const {
    if (!draft.fields.requesterUid) return {};
    std::vector<OpenTicket> tickets = ports_.tickets.openTicketsOf(*draft.fields.requesterUid);
    for (OpenTicket& ticket : recent_.openOf(*draft.fields.requesterUid))
        tickets.push_back(std::move(ticket));
    std::erase_if(tickets, [&](const auto& ticket) { return isClosed(draft.fields, ticket.ticketId); });
    return tickets;
}

/// One is offered, or would be.
bool CallHub::Impl::hasTickets(const protocol::Draft& draft) const {
    const bool isOffered = draft.offers && std::ranges::any_of(*draft.offers, [](const auto& offer) {
                               return offer.ticketId.has_value();
                           });
    return isOffered || !openTicketsOf(draft).empty();
}

/// NinjaOne showed it so, of our own tickets or in its lists.
bool CallHub::Impl::isClosed(const protocol::DraftFields& fields, TicketId ticketId) const {
    const bool isOurs = fields.requesterUid && recent_.isClosed(*fields.requesterUid, ticketId);
    return isOurs || ports_.tickets.isSeenClosed(ticketId);
}

/// The ticket is offered, taken up, or would be offered once it is open.
bool CallHub::Impl::mayBelongTo(const protocol::Draft& draft, TicketId ticketId) const {
    if (draft.fields.commentOn == ticketId) return true;
    if (draft.fields.requesterUid && recent_.holds(*draft.fields.requesterUid, ticketId)) return true;
    return draft.offers &&
           std::ranges::any_of(*draft.offers, [&](const auto& offer) { return offer.ticketId == ticketId; });
}

/// Of a draft that is not sent: before a restored backup, or with another one, it may have been.
bool CallHub::Impl::mayBeInNinja(const protocol::Draft& draft) {
    const bool isBeforeRestore = backupRestoredAtMs_ && matterOf(draft).beganAtMs <= *backupRestoredAtMs_;
    return isBeforeRestore || draft.delivery.state == protocol::DeliveryState::Unknown;
}

/// One that may be in a ticket that the store does not know of is looked up by itself: in the one that is found there is
/// no word of another call.
bool CallHub::Impl::isContinuable(const protocol::Draft& draft) {
    return isOpen(draft) && !mayBeInNinja(draft);
}

/// True: that is news.
bool CallHub::Impl::renewOffers(protocol::Draft& draft) {
    std::vector<protocol::TicketOffer> offers = withTaken(offersOf(draft), draft.fields, draft.offers);
    auto shown = offers.empty() ? std::nullopt : std::optional{std::move(offers)};
    const bool isNews = draft.offers != shown;
    draft.offers = std::move(shown);
    return isNews;
}

/// What became of a draft may be offered to those of its caller that wait, or no longer be.
void CallHub::Impl::renewOffersOfOthers(const protocol::Draft& settled) {
    const Matter matter = matterOf(settled);
    for (auto& [draftId, tracked] : drafts_) {
        if (draftId == settled.draftId || !isOpen(tracked.draft)) continue;
        if (wasOffered(tracked.draft, settled.draftId) || mayBeSameCaller(matter, tracked.draft))
            review(tracked);
    }
}

/// Their words are erased: no draft shows them of their tickets any more, nor of their own drafts, unless those wait.
void CallHub::Impl::forgetOffersOf(const std::set<CallId>& callIds) {
    const std::set<TicketId> forgotten = recent_.forget(callIds);
    std::set<DraftId> gone;
    for (const CallId& callId : callIds) {
        DraftId draftId = draftIdFor(callId);
        const TrackedDraft* own = find(draftId);
        if (!own || !isOpen(own->draft)) gone.insert(gone.end(), std::move(draftId));
    }
    for (auto& [draftId, tracked] : drafts_) {
        bool hasShown = false;
        if (!tracked.draft.offers) continue;
        for (protocol::TicketOffer& offer : *tracked.draft.offers) {
            const bool isGone = (offer.ticketId && forgotten.contains(*offer.ticketId)) ||
                                (offer.draftId && gone.contains(*offer.draftId));
            if (!isGone || offer.subject.empty()) continue;
            offer.subject.clear();
            hasShown = true;
        }
        if (!hasShown) continue;
        if (isOpen(tracked.draft)) (void)renewOffers(tracked.draft);
        ++tracked.draft.revision;
        saveDraft(tracked);
    }
}

/// As it is now: who called may have been named since it was offered.
bool CallHub::Impl::mayGoOnWith(const protocol::Draft& draft, const TrackedDraft* earlier) {
    if (!earlier || earlier->draft.extension != draft.extension) return false;
    if (mayBeInNinja(draft) || !isContinuable(earlier->draft)) return false;
    const EarlierDraft before{earlier->draft.draftId, matterOf(earlier->draft), 0};
    return !offersFor(matterOf(draft), {}, {before}, options_.continuationLimit).empty();
}

/// The draft it was to go on with was settled by itself, or is another caller's, or this one is to be looked up: that is
/// for the technician to look at once more.
Error CallHub::Impl::dropContinuation(TrackedDraft& tracked) {
    tracked.draft.fields.continues.reset();
    (void)renewOffers(tracked.draft);
    judge(tracked);
    tracked.fieldsRevision = ++tracked.draft.revision;
    saveDraft(tracked);
    refresh();
    return {
        ErrorKind::Conflict,
        "the draft that this one was to go on with was settled meanwhile, or is another caller's, or one of "
        "them may be in NinjaOne already"};
}

/// With those that they were to go on with in turn, of this caller: the last call first.
std::vector<TrackedDraft*> CallHub::Impl::continuedBy(const protocol::Draft& draft) {
    std::vector<TrackedDraft*> continued;
    std::set<DraftId> seen{draft.draftId};
    const protocol::Draft* last = &draft;
    while (last->fields.continues && seen.insert(*last->fields.continues).second) {
        TrackedDraft* tracked = find(*last->fields.continues);
        if (!mayGoOnWith(*last, tracked)) break;
        if (!isSameCaller(matterOf(draft), matterOf(tracked->draft))) break;
        continued.push_back(tracked);
        last = &tracked->draft;
    }
    return continued;
}

/// For the transaction that makes the ticket in which they go on.
std::vector<Change> CallHub::Impl::discardContinued(const std::vector<TrackedDraft*>& continued,
                                                    const protocol::Draft& by, const std::string& actor) {
    std::vector<Change> changes;
    for (TrackedDraft* tracked : continued) {
        protocol::Draft& draft = tracked->draft;
        draft.state = DraftState::Discarded;
        draft.proposed.reset();
        draft.countdownLeftMs = 0;
        draft.isAutomatic = false;
        draft.continuedIn = by.draftId;
        draft.changedAtMs = nowMs();
        tracked->fieldsRevision = ++draft.revision;
        changes.emplace_back(SaveDraft{draft});
        changes.emplace_back(audit(actor, "draft.continue", draft.draftId.value()));
    }
    return changes;
}

}  // namespace ninja3cx::calls
