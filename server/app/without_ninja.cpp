#include "server/app/without_ninja.hpp"

#include "shared/protocol/codes.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace ninja3cx::app {

WithoutNinja::WithoutNinja(boost::asio::any_io_executor executor, OnDelivery onDelivery)
    : executor_(std::move(executor)), onDelivery_(std::move(onDelivery)) {}

protocol::CallerMatch WithoutNinja::match(const std::string&) const {
    return {};
}

std::optional<protocol::Contact> WithoutNinja::contact(const std::string&) const {
    return std::nullopt;
}

void WithoutNinja::deliver(calls::OutboxEntry entry) {
    protocol::Delivery delivery = entry.delivery;
    delivery.state = protocol::DeliveryState::Waiting;
    delivery.problem = "NinjaOne is not configured on the server";
    delivery.problemCode = wordOf(protocol::DeliveryProblem::NotConfigured);
    boost::asio::post(executor_, [this, id = entry.draftId, delivery] { onDelivery_(id, delivery); });
}

void WithoutNinja::decide(const DraftId&, protocol::DeliveryDecision, std::optional<TicketId>,
                          std::optional<calls::OutboxEntry>) {}

}  // namespace ninja3cx::app
