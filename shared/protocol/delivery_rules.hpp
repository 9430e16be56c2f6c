#pragma once

#include "shared/protocol/codes.hpp"
#include "shared/protocol/records.hpp"

namespace ninja3cx::protocol {

/// NinjaOne refused the ticket for what is in it, and has none, whatever was asked about it since: its fields may be
/// changed and sent again.
inline bool isMendable(const Delivery& delivery) {
    if (delivery.state != DeliveryState::Rejected || delivery.ticketId) return false;
    const auto problem = codeNamed<DeliveryProblem>(delivery.problemCode);
    if (!problem) return false;
    switch (*problem) {
        case DeliveryProblem::Refused:
        case DeliveryProblem::FieldRefused:
        case DeliveryProblem::TargetGone:
        case DeliveryProblem::NotThisCalls:
        case DeliveryProblem::NoSuchTicket:
        case DeliveryProblem::InDoubt:
        case DeliveryProblem::NotInNinja:
        case DeliveryProblem::NotMoved:
        case DeliveryProblem::LookUpFails:  // of the ticket that was named
            return true;
        default:
            return false;
    }
}

/// There is a ticket, or there never will be.
inline bool isDone(const Delivery& delivery) {
    return delivery.state == DeliveryState::Created ||
           delivery.problemCode == wordOf(DeliveryProblem::GivenUp);
}

}  // namespace ninja3cx::protocol
