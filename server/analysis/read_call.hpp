#pragma once

#include "shared/core/result.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstddef>
#include <string_view>

namespace ninja3cx::analysis {

inline constexpr std::size_t kMaxCallBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxCallTurns = 20'000;
inline constexpr std::size_t kMaxTurnBytes = std::size_t{16} << 10;
inline constexpr std::size_t kMaxSpokenBytes = std::size_t{1}
                                               << 20;  // of all turns; an hour of speech has 60 KB

/// A call from outside, as `3cx-ninja-server analyze` takes it. BadMessage names the first place that is not as it
/// must be: too large, no JSON, no UTF-8, a field that is missing or of another type, a time that is none. Fields that
/// are not known are ignored.
Result<protocol::AnalysisInput> readCall(std::string_view text);

}  // namespace ninja3cx::analysis
