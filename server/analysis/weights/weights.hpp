#pragma once

#include "server/analysis/model/model.hpp"

namespace ninja3cx::analysis {

/// The model that was trained when this program was built. Read once, at the first call; from any thread.
const Model& builtInModel();

}  // namespace ninja3cx::analysis
