#pragma once

#include "shared/core/result.hpp"

namespace ninja3cx::app {

/// From now on a crash of this process writes no core, neither as a file nor to a program that collects them, and no
/// other account's program may look into its memory: keys and tokens are there in clear.
Result<void> forbidCores();

}  // namespace ninja3cx::app
