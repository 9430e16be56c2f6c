#pragma once

#include "simulators/pbx/scenario.hpp"

#include <filesystem>
#include <optional>

namespace ninja3cx::simulators {

/// Finds a scenario's sound files from the current folder, else from `beside`; their length is the "duration"
/// of the script next to them (01.flac: 01.json).
AudioLookup audioOnDisk(std::optional<std::filesystem::path> beside);

}  // namespace ninja3cx::simulators
