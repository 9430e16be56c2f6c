#pragma once

#include "server/ticketing/ninja_tokens.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"
#include "shared/protocol/records.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
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
    /// One is on the wire, or looked up after a doubt.
    bool isSending() const;

private:
    std::map<DraftId, protocol::DeliveryState> open_;
};

struct NinjaFacts {
    ticketing::TokenFacts login;
    std::optional<std::int64_t> directoryAtMs;  // when its people were last read
    std::optional<SystemTime> lookedAt;         // when its boards last told what became of the tickets
};

/// For /metrics, in Prometheus text format: how fresh all is that is known of NinjaOne, and the tally. Nothing in it is
/// secret.
std::string ninjaMetrics(const NinjaFacts& facts, SystemTime now, const TicketTally& tally);

}  // namespace ninja3cx::app
