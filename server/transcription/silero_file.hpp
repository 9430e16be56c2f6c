#pragma once

#include "shared/core/result.hpp"

#include <filesystem>

namespace ninja3cx::transcription {

/// What to do about a voice model that is damaged.
inline constexpr const char* kSileroRemedy =
    "Fetch it again with `3cx-ninja-server models pull silero`, or check whisper.vadModel";

/// Reads a voice model to its end: whisper.cpp trusts its numbers, so that a damaged one hangs or ends the program, or
/// loads and hears no voice ever again. The error names the file, what is wrong and where, and ends with the remedy.
Result<void> checkSileroFile(const std::filesystem::path& file);

}  // namespace ninja3cx::transcription
