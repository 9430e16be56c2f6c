#pragma once

#include "server/calls/ports.hpp"
#include "server/ticketing/progress_poll.hpp"
#include "server/ticketing/ticket_delivery.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::app {

/// The hub's ticket desk: tickets go out through the delivery, and what is open in NinjaOne the poll knows.
///
/// Threads: network thread only, as both of them.
class NinjaDesk final : public calls::TicketDesk {
public:
    NinjaDesk(ticketing::TicketDelivery& delivery, const ticketing::ProgressPoll& progress)
        : delivery_(delivery), progress_(progress) {}

    std::vector<protocol::FieldProblem> problemsOf(const protocol::DraftFields& fields) const override {
        return delivery_.problemsOf(fields);
    }
    std::vector<calls::OpenTicket> openTicketsOf(const std::string& requesterUid) const override {
        return progress_.openTicketsOf(requesterUid);
    }
    bool isSeenClosed(TicketId ticketId) const override { return progress_.isClosed(ticketId); }
    void amend(calls::OutboxEntry entry) override { delivery_.amend(std::move(entry)); }
    void deliver(calls::OutboxEntry entry) override { delivery_.deliver(std::move(entry)); }
    void decide(const DraftId& draftId, protocol::DeliveryDecision decision, std::optional<TicketId> ticketId,
                std::optional<calls::OutboxEntry> present) override {
        delivery_.decide(draftId, decision, ticketId, std::move(present));
    }

private:
    ticketing::TicketDelivery& delivery_;
    const ticketing::ProgressPoll& progress_;
};

}  // namespace ninja3cx::app
