#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

enum class Command { Pbx = 1, Ninja, Demo, Help, Version };

/// The command line of `3cx-ninja-sim`.
struct Arguments {
    Command command = Command::Help;
    std::optional<std::string> scenario;
    std::uint16_t port = 0;  // 0: any free one
    std::uint16_t pbxPort = 0;
    std::uint16_t ninjaPort = 0;
    double speed = 1;
    std::optional<std::string> tlsCertificate, tlsKey;
};

extern const char* const kUsage;

/// `words` without the program's name.
Result<Arguments> parseArguments(const std::vector<std::string>& words);

}  // namespace ninja3cx::simulators
