#pragma once

#include "server/transcription/whisper_decoder.hpp"

#include <cstdint>
#include <vector>

struct ggml_backend_device;

namespace ninja3cx::transcription {

/// What whisper counts as GPUs; a place in this list is its number (gpu_device).
std::vector<ggml_backend_device*> gpus();

/// Whether a model that is loaded for this device runs on a GPU, here and with this build.
bool runsOnGpu(Device device);

/// Bytes of the GPU that such a model is on; 0 where there is none, or it does not say.
std::uint64_t freeGpuMemory(Device device);

}  // namespace ninja3cx::transcription
