#pragma once

#include "shared/protocol/codes.hpp"
#include "shared/protocol/records.hpp"

namespace ninja3cx::protocol {

/// NinjaOne refused the ticket for what is in it, and has none: its fields may be changed and sent again.
inline bool isMendable(const Delivery& delivery) {
    const auto problem = codeNamed<DeliveryProblem>(delivery.problemCode);
    return delivery.state == DeliveryState::Rejected && !delivery.ticketId &&
           (problem == DeliveryProblem::Refused || problem == DeliveryProblem::FieldRefused ||
            problem == DeliveryProblem::TargetGone);
}

/// There is a ticket, or there never will be.
inline bool isDone(const Delivery& delivery) {
    return delivery.state == DeliveryState::Created ||
           delivery.problemCode == wordOf(DeliveryProblem::GivenUp);
}

}  // namespace ninja3cx::protocol
