#pragma once

#include "server/config/settings.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// Which model hears calls again where `whisper.afterCall.model` is "auto".
namespace ninja3cx::app {

/// A model that is there, and what hearing with it takes.
struct HearingModel {
    std::string name;  // as the catalog has it, "large-v3-q5_0"
    std::filesystem::path file;
    std::uint64_t bytes = 0;  // of the weights and of one worker; 0: the file cannot be used
};

struct AfterCallChoice {
    std::string name;
    std::filesystem::path file;
    std::string why;  // for people
};

/// The best of `installed` that is better than `live` and fits half of `memory` (bytes; 0: not known, nothing fits); else `live`.
AfterCallChoice bestAfterCall(const HearingModel& live, const std::vector<HearingModel>& installed,
                              std::uint64_t memory);

/// The best model that is better than `name` and would fit, whether it is there or not, with the weights that `models pull`
/// leaves on this device.
std::optional<std::string> betterThan(const std::string& name, std::uint64_t memory, bool isOnGpu);

/// Of this machine.
AfterCallChoice autoAfterCall(const config::WhisperSettings& whisper, const std::filesystem::path& liveFile);
std::optional<std::string> betterToPull(const config::WhisperSettings& whisper, const std::string& name);

}  // namespace ninja3cx::app
