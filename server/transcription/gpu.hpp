#pragma once

#include "server/transcription/whisper_decoder.hpp"

namespace ninja3cx::transcription {

/// Whether a model that is loaded for this device runs on a GPU, here and with this build.
bool runsOnGpu(Device device);

}  // namespace ninja3cx::transcription
