#include "server/calls/recent_tickets.hpp"

#include "server/calls/continuation.hpp"

#include <algorithm>

namespace ninja3cx::calls {
namespace {

constexpr std::size_t kMost = 2'000;

}  // namespace

void RecentTickets::note(const protocol::Draft& settled) {
    const protocol::DraftFields& fields = settled.fields;
    if (!settled.delivery.ticketId || !fields.requesterUid || fields.commentOn || fields.subject.empty())
        return;
    const TicketId ticketId = *settled.delivery.ticketId;
    while (count_ >= kMost)
        eraseIf([oldest = oldestMs_](const Recent& known) { return known.settledAtMs <= oldest; });
    std::vector<Recent>& theirs = byRequester_[*fields.requesterUid];
    count_ -= std::erase_if(theirs, [&](const Recent& known) { return known.ticket.ticketId == ticketId; });
    theirs.insert(theirs.begin(),
                  {settled.callId, settled.changedAtMs, isStillOpen(settled), ticketOf(settled)});
    ++count_;
    oldestMs_ = std::min(oldestMs_, settled.changedAtMs);
}

void RecentTickets::onProgress(const TicketId& ticketId, const protocol::TicketProgress& progress) {
    for (auto& [uid, theirs] : byRequester_)
        for (Recent& known : theirs) {
            if (known.ticket.ticketId != ticketId) continue;
            known.isOpen = isUnresolved(progress);
            known.ticket.status = progress.status;
            known.ticket.changedAtMs = progress.changedAtMs;
        }
}

std::set<TicketId> RecentTickets::forget(const std::set<CallId>& callIds) {
    std::set<TicketId> forgotten;
    eraseIf([&](const Recent& known) {
        if (!callIds.contains(known.callId)) return false;
        forgotten.insert(known.ticket.ticketId);
        return true;
    });
    return forgotten;
}

void RecentTickets::forgetBefore(std::int64_t settledAtMs) {
    if (oldestMs_ < settledAtMs)
        eraseIf([&](const Recent& known) { return known.settledAtMs < settledAtMs; });
}

bool RecentTickets::isClosed(const std::string& requesterUid, TicketId ticketId) const {
    const Recent* known = find(requesterUid, ticketId);
    return known && !known->isOpen;
}

const RecentTickets::Recent* RecentTickets::find(const std::string& requesterUid, TicketId ticketId) const {
    const auto theirs = byRequester_.find(requesterUid);
    if (theirs == byRequester_.end()) return nullptr;
    for (const Recent& known : theirs->second)
        if (known.ticket.ticketId == ticketId) return &known;
    return nullptr;
}

std::vector<OpenTicket> RecentTickets::openOf(const std::string& requesterUid) const {
    std::vector<OpenTicket> open;
    const auto theirs = byRequester_.find(requesterUid);
    if (theirs == byRequester_.end()) return open;
    for (const Recent& known : theirs->second)
        if (known.isOpen) open.push_back(known.ticket);
    return open;
}

void RecentTickets::eraseIf(const std::function<bool(const Recent&)>& isMeant) {
    count_ = 0;
    oldestMs_ = std::numeric_limits<std::int64_t>::max();
    for (auto theirs = byRequester_.begin(); theirs != byRequester_.end();) {
        std::vector<Recent> kept;
        for (Recent& known : theirs->second)
            if (!isMeant(known)) kept.push_back(std::move(known));
        for (const Recent& known : kept) oldestMs_ = std::min(oldestMs_, known.settledAtMs);
        count_ += kept.size();
        theirs->second = std::move(kept);
        theirs = theirs->second.empty() ? byRequester_.erase(theirs) : std::next(theirs);
    }
}

}  // namespace ninja3cx::calls
