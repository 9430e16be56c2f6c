#pragma once

#include "agent/discovery/found_servers.hpp"
#include "shared/core/result.hpp"

#include <chrono>

namespace ninja3cx::agent {

/// Asks this network for servers, through Avahi's daemon. Blocks: until those that are there will have answered, about a
/// second, and for `limit` at most (25 s more where the daemon hangs, which is D-Bus's time-out). Any thread; not on one
/// that must not wait.
///
/// Errors: NotFound, nobody to ask: no daemon runs here, no system bus, or this build is without Avahi's library.
Result<FoundServers> searchServers(std::chrono::milliseconds limit);

}  // namespace ninja3cx::agent
