#pragma once

#include "bench/uplink/uplink_run.hpp"
#include "bench/verdicts.hpp"

namespace ninja3cx::bench {

/// Every frame that was captured stands in a journal once and in order although the server was killed and started again
/// at least twice, all of it was acknowledged, and the network thread takes less than half of a core. Pure.
Fails failsOfUplink(const UplinkRunResult& result, double networkThreadCores);

}  // namespace ninja3cx::bench
