#pragma once

#include "shared/core/result.hpp"

#include <filesystem>

namespace ninja3cx::transcription {

/// Reads a voice model to its end: whisper.cpp trusts its numbers, so that a damaged one hangs or ends the program, or
/// loads and hears no voice ever again. The error names the file, what is wrong and where, and what to do.
Result<void> checkSileroFile(const std::filesystem::path& file);

}  // namespace ninja3cx::transcription
