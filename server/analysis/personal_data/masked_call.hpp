#pragma once

#include "shared/protocol/analysis.hpp"

#include <vector>

namespace ninja3cx::analysis {

/// The call with each of `places` replaced by its mask ("[card]"), as `protocol::withMasks` does it. What lies in no turn is
/// left out.
protocol::AnalysisInput maskedCall(protocol::AnalysisInput call,
                                   const std::vector<protocol::PersonalData>& places);

}  // namespace ninja3cx::analysis
