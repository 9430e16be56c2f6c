#pragma once

#include "server/calls/call_hub.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::calls {

/// Digits, with "+" and the country where that can be told: "0033 6 12", "06 12", "+33 (0)6 12" are one
/// number. `countryCode` is that of numbers with a single leading zero.
std::string normaliseNumber(std::string_view number, std::string_view countryCode);

/// Whether a call must never be captured. Every field of a rule that is not empty must match; a rule without
/// any matches nothing. When the caller may be one of several contacts, the organisation of any of them
/// matches: in doubt nothing is recorded.
bool isDoNotRecord(const protocol::Call& call, const HubOptions& options);

}  // namespace ninja3cx::calls
