#pragma once

#include "shared/audio/pcm.hpp"
#include "shared/core/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace ninja3cx::audio {

struct ReadLimits {
    std::chrono::seconds maxDuration{4 * 3600};
    int maxChannels = 8;
};

/// Reads a WAV (PCM, float, mu-law, A-law, ADPCM), FLAC or MP3 file, at any rate from 4 to 192 kHz, as 16
/// kHz. The error names the file and what is wrong with it. A WAV or FLAC that says how
/// long it is and whose end is missing is refused; an MP3 gives what is there.
Result<Pcm> readAudioFile(const std::filesystem::path& file, const ReadLimits& limits = {});

/// The same for bytes in memory; `name` stands for the file in errors.
Result<Pcm> decodeAudio(std::span<const std::uint8_t> bytes, const std::string& name,
                        const ReadLimits& limits = {});

}  // namespace ninja3cx::audio
