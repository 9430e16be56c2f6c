#pragma once

#include "server/calls/ports.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a call may belong to: an open ticket of the same person, or an earlier draft of the same caller. Pure. It is
/// only offered; nobody but a person takes it up.
namespace ninja3cx::calls {

/// What a ticket or draft is about, as far as that can be told: category by its tag, and words of the subject.
struct Topic {
    std::string subject;
    std::vector<std::string> tags;
};
/// They name the same category, other than one that holds anything; or at least half of what either subject says is
/// in the other, small words and those that every ticket has not counted.
bool isSameTopic(const Topic& one, const Topic& other);
Topic topicOf(const protocol::DraftFields& fields);

/// A call and whom it was with, as its draft says.
struct Matter {
    std::optional<std::string> requesterUid;
    std::optional<std::int64_t> organizationId;
    std::string number;  // empty: withheld
    Topic topic;
    std::int64_t beganAtMs = 0;
    std::optional<std::int64_t> endedAtMs = {};
};

/// The same requester, or the same number where that of one of the two is not known; never of two organisations.
bool isSameCaller(const Matter& one, const Matter& other);

struct EarlierDraft {
    DraftId draftId;
    Matter matter;
    std::int64_t changedAtMs = 0;
};

/// Comments: on open tickets of the same requester and organisation. `tickets` may name one twice: the first counts.
/// Continue: earlier drafts of the same caller that are open, whose call ended no longer than `limit` before this one
/// began. Same topic first, then what changed last; at most five.
std::vector<protocol::TicketOffer> offersFor(const Matter& matter, const std::vector<OpenTicket>& tickets,
                                             const std::vector<EarlierDraft>& earlier,
                                             std::chrono::milliseconds limit);

/// The draft made a ticket, and that was not resolved, closed or deleted when NinjaOne was last looked at.
bool isUnresolved(const protocol::TicketProgress& progress);
bool isStillOpen(const protocol::Draft& settled);
OpenTicket ticketOf(const protocol::Draft& settled);

}  // namespace ninja3cx::calls
