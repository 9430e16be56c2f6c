#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace ninja3cx::transcription {

/// What a ggml model file of Whisper says about itself.
struct ModelInfo {
    std::string size;  // "tiny", "base", "small", "medium", "large"
    bool isMultilingual = false;
    std::int32_t audioContext = 0;
    std::int32_t melBands = 0;
    std::int32_t tensors = 0;
    std::uintmax_t bytes = 0;
};

/// Walks through the whole structure of the file without reading the weights: whisper.cpp trusts these
/// numbers, so a cut or damaged file would otherwise show as memory corruption or as nonsense. The error says
/// what to do.
Result<ModelInfo> inspectModelFile(const std::filesystem::path& file);

}  // namespace ninja3cx::transcription
