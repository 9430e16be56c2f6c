#pragma once

#include "server/transcription/whisper_decoder.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ninja3cx::transcription {

/// The dimensions of one of OpenAI's models.
struct ModelShape {
    std::string name;
    std::int32_t vocabulary = 0;
    std::int32_t width = 0;
    std::int32_t heads = 0;
    std::int32_t encoderLayers = 0;
    std::int32_t decoderLayers = 0;
    std::int32_t melBands = 0;
};

/// tiny to large-v3, the better one later.
const std::vector<ModelShape>& modelShapes();

/// A model of these dimensions whose weights mean nothing, in memory: what it costs is real, what it says is not. On a
/// processor its weights are q8_0, on a GPU f16.
Result<WhisperModel> makeRandomModel(const ModelShape& shape, Device device);

}  // namespace ninja3cx::transcription
