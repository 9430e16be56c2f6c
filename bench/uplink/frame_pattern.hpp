#pragma once

#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ninja3cx::bench {

/// The 100 ms (1600 samples at 16 kHz) that stand in one frame of one call and in no other: whoever finds them knows
/// which frame it is. The same for the same place.
std::vector<std::int16_t> patternOf(std::size_t agent, protocol::Speaker channel, std::uint64_t sequence);

}  // namespace ninja3cx::bench
