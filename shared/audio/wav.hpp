#pragma once

#include "shared/audio/pcm.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace ninja3cx::audio {

/// A WAV file's bytes: PCM 16 bit, 16 kHz, the channels interleaved.
std::vector<std::uint8_t> encodeWav(const Pcm& pcm);

/// The same at 8 kHz, as telephone systems record.
std::vector<std::uint8_t> encodeTelephoneWav(const Pcm& pcm);

/// Writes it; an existing file is replaced.
Result<void> writeWavFile(const std::filesystem::path& file, const Pcm& pcm);

}  // namespace ninja3cx::audio
