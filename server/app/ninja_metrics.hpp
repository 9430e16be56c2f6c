#pragma once

#include "server/ticketing/ninja_tokens.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"
#include "shared/protocol/records.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace ninja3cx::app {

/// How many tickets are on the way to NinjaOne, and how many of them wait for a person.
class TicketTally {
public:
    /// At each change of a delivery.
    void note(const DraftId& draftId, const protocol::Delivery& delivery);
    /// Neither in NinjaOne nor with a person.
    std::size_t queued() const;
    std::size_t in(protocol::DeliveryState state) const;

private:
    std::map<DraftId, protocol::DeliveryState> open_;
};

/// For /metrics, in Prometheus text format: what is known of the login, and the tally. Nothing in it is secret.
std::string ninjaMetrics(const ticketing::TokenFacts& facts, SystemTime now, const TicketTally& tally);

}  // namespace ninja3cx::app
