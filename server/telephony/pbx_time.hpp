#pragma once

#include "shared/core/clock.hpp"

#include <optional>
#include <string_view>

namespace ninja3cx::telephony {

/// ISO 8601 with seconds, as 3CX writes moments: "2026-01-12T09:00:00.123Z", "…+01:00"; without an offset it is UTC, and of a
/// fraction what is below a millisecond is cut off. Nothing where it is no time, or a day that no calendar has.
std::optional<SystemTime> readPbxTime(std::string_view text);

}  // namespace ninja3cx::telephony
