#pragma once

#include "server/ticketing/ninja_records.hpp"
#include "server/ticketing/ninja_reply.hpp"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <vector>

/// From a ticket as NinjaOne gives it to the request that changes it. Pure.
///
/// NinjaOne's PUT replaces all that can be edited: what the request leaves out is lost. So it is the whole ticket, as
/// just read, with the wanted change in it; and its `version`, which NinjaOne refuses where somebody was faster.
namespace ninja3cx::ticketing {

/// What is to become of a ticket.
struct TicketChange {
    std::string status;  // number
};

struct TicketUpdate {
    std::string json;
    std::string
        lacks;  // not empty: this field is not there, or cannot be given back: the ticket cannot be changed
};
TicketUpdate ticketUpdate(const boost::json::value& ticket, const TicketChange& change);

/// Resolved or closed. Nothing: the ticket shows no status.
std::optional<bool> isClosed(const boost::json::value& ticket);

/// Whether a refused change was made on an older version of the ticket. Which answer says so is not documented.
bool isVersionConflict(const Reply& reply);

}  // namespace ninja3cx::ticketing
