#pragma once

#include "shared/core/result.hpp"

#include <boost/json/array.hpp>

#include <string>

namespace ninja3cx::bench {

/// What NinjaOne's simulator is asked to do by chance, for --faults: "all", "none", or kinds separated by commas.
/// Pure. Each entry is a body of `POST /__sim/faults`. `rate`: how many times
/// as often as usual. Rejected for a kind that is not known.
Result<boost::json::array> faultsFor(const std::string& list, double rate = 1);

}  // namespace ninja3cx::bench
