#pragma once

#include "shared/protocol/analysis.hpp"

#include <string>

namespace ninja3cx::analysis {

/// "mardi 1er décembre à 14 h", "Tuesday 1 December, in the morning": a date that still says the same next week. The
/// action must have one.
std::string writtenDue(const protocol::AnalysisAction& action, bool isEnglish);

}  // namespace ninja3cx::analysis
