#pragma once

#include "server/calls/ports.hpp"
#include "server/ticketing/delivery_flow.hpp"
#include "server/ticketing/ninja_client.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

/// Whether NinjaOne already has what we may have sent. Reads only. A look-up that could not see everything is
/// a failed one, never 'absent'.
namespace ninja3cx::ticketing {

struct SentAt {
    std::int64_t hereMs = 0;                   // by our clock
    std::optional<std::int64_t> thereMs = {};  // by NinjaOne's, where that was known
};
struct SentBetween {
    SentAt first;
    std::optional<SentAt> last = {};  // none: not known
    bool wasOther = false;            // with other fields, perhaps, than the entry has now
};

/// Runs the board of all tickets, newest first, down to five minutes before the first request, by our clock or
/// NinjaOne's, whichever says earlier, for the entry's marker in attribute, description or tags. Of those made in time,
/// up to twenty minutes after the last request by the later of the clocks, it reads the description itself where the
/// board does not show it; without an end where the last is not known by NinjaOne's clock. One that shows none there
/// either may be the entry's, and the look-up has failed (`inDoubt`), unless organisation, subject and requester are
/// all others than were sent, or it shows another call's marker. What it finds is confirmed: they are those that were
/// sent.
net::asio::awaitable<LookedUp> lookUpTicket(NinjaClient& ninja, calls::OutboxEntry entry, SentBetween sent);

/// Whether the ticket that somebody named can be the entry's: it exists, is of the entry's organisation, and has its
/// marker, in the description or a comment, or its subject and requester and no other call's marker.
net::asio::awaitable<Checked> checkTicket(NinjaClient& ninja, calls::OutboxEntry entry,
                                          std::int64_t ticketId);

/// Why nothing of a ticket may be changed for the entry; empty: it may. It is of the entry's organisation and, where the
/// entry is a comment on it, of its requester. `ticket` as NinjaOne gives it.
std::string whyNotToChange(const boost::json::value& ticket, std::int64_t ticketId,
                           const calls::OutboxEntry& entry);

/// Whether the entry may become a comment on the ticket that was read for it.
Checked checkedTarget(const Answer<boost::json::value>& ticket, const calls::OutboxEntry& entry);

/// Whether the ticket that the entry is a comment on has the comment, or is gone with it.
net::asio::awaitable<LookedUp> lookUpComment(NinjaClient& ninja, calls::OutboxEntry entry);

/// Whether the ticket that the entry is a comment on has the comment, as somebody said.
net::asio::awaitable<Checked> checkComment(NinjaClient& ninja, calls::OutboxEntry entry);

/// Of an entry of which nobody knows what was made, as after a restored backup: where it is not what it is to become, also
/// whether it is a ticket of its own, an earlier call that goes on in it is in one, or one of them in a comment: on the
/// tickets of its organisation that changed since (`readsComments`: up to 500 requests, with a `pause` between them, and as
/// long as NinjaOne asks for). Those are in doubt.
using Pause = std::function<net::asio::awaitable<void>(std::chrono::milliseconds)>;
net::asio::awaitable<LookedUp> lookUpEverywhere(NinjaClient& ninja, calls::OutboxEntry entry,
                                                SentBetween sent, bool readsComments, Pause pause);

/// Whether the ticket has the entry's transcript note.
net::asio::awaitable<LookedUp> lookUpNote(NinjaClient& ninja, calls::OutboxEntry entry,
                                          std::int64_t ticketId);

}  // namespace ninja3cx::ticketing
