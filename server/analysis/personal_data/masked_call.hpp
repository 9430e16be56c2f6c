#pragma once

#include "shared/protocol/analysis.hpp"

#include <vector>

namespace ninja3cx::analysis {

/// The call with each of `places` replaced by its mask ("[card]"). They come in any order; of those that overlap all bytes
/// are masked; what lies in no turn, or beyond its text, is left out.
protocol::AnalysisInput maskedCall(protocol::AnalysisInput call,
                                   const std::vector<protocol::PersonalData>& places);

}  // namespace ninja3cx::analysis
