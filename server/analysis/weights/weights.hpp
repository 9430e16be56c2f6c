#pragma once

#include "server/analysis/model/model.hpp"

namespace ninja3cx::analysis {

/// The model that was trained when this program was built. Read once, at the first call; from any thread. Only the entry points,
/// `analyse` and BackgroundAnalyser, name it; what stands below them is handed a model.
const Model& builtInModel();

}  // namespace ninja3cx::analysis
