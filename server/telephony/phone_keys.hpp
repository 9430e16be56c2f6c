#pragma once

namespace ninja3cx::telephony {

/// What keys of calls begin with, by the way they were learnt of.
inline constexpr const char* kEventKeys = "3cx/";
inline constexpr const char* kListKeys = "3cx-list/";

}  // namespace ninja3cx::telephony
