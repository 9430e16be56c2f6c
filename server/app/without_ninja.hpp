#pragma once

#include "server/calls/ports.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <utility>

namespace ninja3cx::app {

/// Stands in while NinjaOne is not configured: nobody is recognised, confirmed tickets wait in the outbox
/// until a start with credentials delivers them.
class WithoutNinja final : public calls::Directory, public calls::TicketDesk {
public:
    using OnDelivery = std::function<void(const DraftId&, const protocol::Delivery&)>;
    WithoutNinja(boost::asio::any_io_executor executor, OnDelivery onDelivery);

    protocol::CallerMatch match(const std::string& number) const override;
    std::optional<protocol::Contact> contact(const std::string& uid) const override;
    void deliver(calls::OutboxEntry entry) override;
    void amend(calls::OutboxEntry entry) override { deliver(std::move(entry)); }
    void decide(const DraftId& draftId, protocol::DeliveryDecision decision, std::optional<TicketId> ticketId,
                std::optional<calls::OutboxEntry> present) override;

private:
    boost::asio::any_io_executor executor_;
    OnDelivery onDelivery_;
};

}  // namespace ninja3cx::app
