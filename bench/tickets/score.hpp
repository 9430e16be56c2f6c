#pragma once

#include "bench/tickets/world.hpp"
#include "bench/verdicts.hpp"

#include <boost/json/array.hpp>

#include <cstddef>

/// What NinjaOne holds in the end against what was confirmed. Pure; nothing of the product's own account of it is used.
namespace ninja3cx::bench {

struct TicketScore {
    std::size_t tickets = 0;         // that NinjaOne holds
    std::size_t lost = 0;            // confirmed drafts without a ticket
    std::size_t doubled = 0;         // tickets beyond the first of a draft
    std::size_t unknown = 0;         // tickets that belong to no draft
    std::size_t wrongRequester = 0;  // tickets in another person's name, or with another call's words
    std::size_t wrongAssignee = 0;   // tickets that are not the technician's of the call
    std::size_t wrongStatus = 0;  // tickets that are open although the call solved it, or the other way round
    std::size_t withoutNote = 0;  // tickets that lack their call's transcript
    std::size_t doubledNotes = 0;  // notes beyond the first of a ticket
    std::size_t publicTexts = 0;   // texts that NinjaOne may e-mail to the customer; nobody ticked that
    bool operator==(const TicketScore&) const = default;
};

/// `tickets` as /_sim/state of the simulator lists them. `firstAssignee`: the technician of the first agent; those of the
/// others follow.
TicketScore scoreTickets(const TicketWorld& world, const boost::json::array& tickets, int firstAssignee);

/// `unsettled`: confirmed drafts that are still under way for the product.
Fails failsOfTickets(const TicketScore& score, std::size_t confirmed, std::size_t unsettled);

}  // namespace ninja3cx::bench
