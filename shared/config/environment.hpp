#pragma once

#include "shared/config/layer.hpp"
#include "shared/config/schema.hpp"
#include "shared/core/result.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace ninja3cx::config {

using Environment = std::map<std::string, std::string>;

/// The process's environment.
Environment processEnvironment();

/// Lines NAME=value; "#" comments, "export ", and single or double quotes are understood. Errors start with
/// "name:line:".
Result<Environment> parseDotEnv(const std::string& name, std::string_view text);
Result<Environment> readDotEnv(const std::filesystem::path& file);

/// "ticket.countdownSeconds" is TICKET_COUNTDOWN_SECONDS.
std::string variableFor(const std::string& path);

/// The values that the environment sets. Lists are comma-separated or a JSON array; structures are JSON.
Result<Layer> environmentLayer(const Schema& schema, const Environment& environment);

}  // namespace ninja3cx::config
