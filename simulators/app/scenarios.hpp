#pragma once

#include "shared/core/result.hpp"
#include "simulators/app/arguments.hpp"
#include "simulators/pbx/scenario.hpp"

#include <string>

namespace ninja3cx::simulators {

Result<std::string> readFile(const std::string& path);

/// What the PBX of `pbx` or `demo` plays: the scenario file that was given, otherwise nothing (pbx) or the
/// sample calls (demo). Errors name the file.
Result<PbxScenario> pbxScenario(const Arguments& arguments);

}  // namespace ninja3cx::simulators
