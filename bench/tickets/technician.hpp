#pragma once

#include "bench/tickets/world.hpp"
#include "shared/protocol/messages.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a careful technician does about a draft, one look at a time. Pure.
namespace ninja3cx::bench {

enum class Wish {
    Wait = 1,       // for the server
    NameRequester,  // nobody was recognised by the number
    Confirm,
    LookAtBoard,  // the ticket is unconfirmed: whether NinjaOne has it
    SendAgain,    // refused, or its note is missing
    Nothing,      // there is nothing left to do
};
Wish wishFor(const protocol::Draft& draft, const TicketCase& about);

/// A line of the board 'All tickets', as it is shown.
struct BoardLine {
    std::int64_t ticketId = 0;
    std::string organization;
    std::string description;
};
/// The ticket of this call among them.
std::optional<std::int64_t> ticketOf(const TicketCase& about, const std::vector<BoardLine>& board);
/// One of another customer, as somebody would name by mistake.
std::optional<std::int64_t> ticketOfSomebodyElse(const TicketCase& about,
                                                 const std::vector<BoardLine>& board);
/// `exists N` where it was found, else `again`. To be said once the time in which a ticket may not be
/// shown yet is over.
protocol::DeliveryDecide decisionAfter(const TicketCase& about, const std::vector<BoardLine>& board);

}  // namespace ninja3cx::bench
