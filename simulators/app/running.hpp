#pragma once

#include "simulators/app/arguments.hpp"

namespace ninja3cx::simulators {

/// Serves until SIGTERM or SIGINT. Prints the ready line on standard output. An error if it cannot start.
Result<void> runSimulators(const Arguments& arguments);

}  // namespace ninja3cx::simulators
