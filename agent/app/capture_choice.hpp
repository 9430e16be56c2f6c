#pragma once

#include "shared/protocol/records.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace ninja3cx::agent {

/// One call of this PC, as far as it decides whose audio is captured.
struct CaptureCandidate {
    protocol::CallState state{};
    protocol::Recording recording{};
    std::uint64_t turn = 0;         // grows with each call that becomes connected, also again after a hold
    std::int64_t answeredAtMs = 0;  // decides between calls of one turn
};

/// A PC has one microphone and one loudspeaker: at most one call is captured, the one that became connected last.
/// A held call is not: what is heard meanwhile belongs to somebody else. The answer is an index into `calls`.
std::optional<std::size_t> callToCapture(std::span<const CaptureCandidate> calls);

}  // namespace ninja3cx::agent
