#pragma once

#include "server/calls/ports.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::calls {

/// Tickets of calls of not long ago, by requester: what a next call of the same person may belong to. Of each only what
/// an offer shows.
class RecentTickets {
public:
    /// Nothing of a draft whose ticket cannot be offered: without a requester, a comment, or its words are erased.
    void note(const protocol::Draft& settled);
    void onProgress(const TicketId& ticketId, const protocol::TicketProgress& progress);
    /// The tickets of these calls.
    std::set<TicketId> forget(const std::set<CallId>& callIds);
    void forgetBefore(std::int64_t settledAtMs);
    bool holds(const std::string& requesterUid, TicketId ticketId) const {
        return find(requesterUid, ticketId);
    }
    /// It is held, and resolved or deleted.
    bool isClosed(const std::string& requesterUid, TicketId ticketId) const;
    /// Those that are not resolved, the newest first.
    std::vector<OpenTicket> openOf(const std::string& requesterUid) const;

private:
    struct Recent {
        CallId callId;
        std::int64_t settledAtMs = 0;
        bool isOpen = false;
        OpenTicket ticket;
    };
    const Recent* find(const std::string& requesterUid, TicketId ticketId) const;
    void eraseIf(const std::function<bool(const Recent&)>& isMeant);

    std::map<std::string, std::vector<Recent>> byRequester_;  // the newest first
    std::size_t count_ = 0;
    std::int64_t oldestMs_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace ninja3cx::calls
