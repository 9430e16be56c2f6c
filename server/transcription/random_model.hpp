#pragma once

#include "server/transcription/model_shape.hpp"
#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

namespace ninja3cx::transcription {

/// A model of these dimensions whose weights mean nothing, in memory: what it costs is real, what it says is not. On a
/// processor its weights are q8_0, on a GPU f16.
Result<WhisperModel> makeRandomModel(const ModelShape& shape, Device device);

}  // namespace ninja3cx::transcription
