#pragma once

#include <cstdint>

namespace ninja3cx::protocol {

// NinjaOne's statuses come in blocks of a thousand: its own is the whole thousand, a tenant's lie behind it.
inline constexpr std::int64_t kNew = 1000;
inline constexpr std::int64_t kResolved = 5000;
inline constexpr std::int64_t kClosed = 6000;

}  // namespace ninja3cx::protocol
