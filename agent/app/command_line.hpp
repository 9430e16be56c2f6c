#pragma once

#include "shared/core/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::agent {

enum class OutputFormat { Text, Json };

struct CommandLine {
    bool isHeadless = false;
    bool wantsHelp = false;
    bool wantsVersion = false;
    OutputFormat format = OutputFormat::Text;
    std::optional<std::string> config;
    std::optional<std::string> play;
    std::optional<std::string> ring;
    std::optional<std::string> server;
    std::optional<std::string> extension;
};

/// Errors (bad usage) name the argument.
Result<CommandLine> parseCommandLine(const std::vector<std::string>& arguments);
const char* usage();

}  // namespace ninja3cx::agent
