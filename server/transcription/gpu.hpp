#pragma once

#include "server/transcription/whisper_decoder.hpp"

#include <cstdint>

namespace ninja3cx::transcription {

/// Whether a model that is loaded for this device runs on a GPU, here and with this build.
bool runsOnGpu(Device device);

/// Bytes of the GPU that such a model is on; 0 where there is none, or it does not say.
std::uint64_t freeGpuMemory(Device device);

}  // namespace ninja3cx::transcription
