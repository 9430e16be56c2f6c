#pragma once

#include "server/calls/ports.hpp"
#include "server/ticketing/ninja_client.hpp"
#include "server/ticketing/scheduler.hpp"
#include "shared/core/clock.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::ticketing {

/// Brings outbox entries to NinjaOne: one ticket for each, and its transcript note. Decides with
/// delivery_flow; every state is committed to the store before what it announces is done.
///
/// Order:    at most two entries are on the wire at once; those that wait hold nobody up.
/// Failure:  a store that refuses is asked again every five seconds; meanwhile nothing is sent.
/// Surprise: a delivery that breaks off goes on after five seconds as after a restart: it looks up first what
///           may have been sent.
/// Repeats:  an entry handed over twice is delivered once.
/// Mended:   an entry that was refused begins anew as it is now, unless something of it may exist: that is looked up.
/// Threads:  network thread only; `onDelivery` is called there, never from within `deliver`.
/// Lives:    the ports must outlive the executor's last run; `stop` and the destructor start nothing new.
class TicketDelivery final : public calls::TicketDesk {
public:
    struct Options {
        std::optional<std::int64_t> formId;  // none: the tenant's default form
        std::string newStatus = "1000";
        std::string solvedStatus = "5000";  // where the tenant has it; else another of the resolved block
        /// NinjaOne's number of the technician on an extension.
        std::function<std::optional<std::int64_t>(const Extension&)> technicianFor;
        double jitter = 0.2;                      // share by which a wait of our own choice may grow
        std::string callIdAttribute = "Call ID";  // name of a TEXT attribute for the marker; empty: none
        std::filesystem::path folder = {};        // of the copy of the tenant's forms; empty: none
    };
    struct Ports {
        NinjaClient& ninja;
        calls::Store& store;
        const Clock& clock;
        Scheduler& scheduler;
        /// One line each time something unforeseen broke off a delivery; may be empty.
        std::function<void(const std::string&)> onProblem{};
        std::optional<net::asio::any_io_executor> disk = {};  // writes the copy; none: nobody does
        std::function<void()> onTenant{};  // what problemsOf goes by has changed; may be empty
    };
    using OnDelivery = std::function<void(const DraftId&, const protocol::Delivery&)>;

    TicketDelivery(net::asio::any_io_executor executor, Options options, Ports ports, OnDelivery onDelivery);
    ~TicketDelivery() override;

    /// Begins to keep what NinjaOne says of the tenant's forms, statuses and attributes.
    void start();
    std::vector<protocol::FieldProblem> problemsOf(const protocol::DraftFields& fields) const override;
    void deliver(calls::OutboxEntry entry) override;
    void amend(calls::OutboxEntry entry) override;
    void decide(const DraftId& draftId, protocol::DeliveryDecision decision, std::optional<TicketId> ticketId,
                std::optional<calls::OutboxEntry> present = {}) override;
    /// After a login: entries that wait for one are tried at once.
    void onLogin();
    void stop();

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace ninja3cx::ticketing
