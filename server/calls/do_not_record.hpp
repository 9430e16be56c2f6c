#pragma once

#include "server/calls/call_hub.hpp"

namespace ninja3cx::calls {

/// Whether a call must never be captured. Every field of a rule that is not empty must match; a rule without
/// any matches nothing. When the caller may be one of several contacts, the organisation of any of them
/// matches: in doubt nothing is recorded.
bool isDoNotRecord(const protocol::Call& call, const HubOptions& options);

}  // namespace ninja3cx::calls
