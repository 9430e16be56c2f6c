#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ninja3cx::transcription {

/// What a ggml model file of Whisper says about itself.
struct ModelInfo {
    std::string size;     // "tiny", "base", "small", "medium", "large"
    std::string weights;  // "f16", "q8_0" and the like
    bool isMultilingual = false;
    std::int32_t audioContext = 0;
    std::int32_t melBands = 0;
    std::int32_t tensors = 0;
    std::uintmax_t bytes = 0;
};

/// A tensor of such a file, and where in the file it is.
struct ModelTensor {
    std::string name;
    std::int32_t type = 0;            // a ggml_type
    std::vector<std::int32_t> shape;  // rows are shape[0] long
    std::int64_t start = 0;           // of its description
    std::int64_t data = 0;            // of its weights; they end where the next tensor starts
    std::int64_t elements = 0;
};

struct ModelLayout {
    ModelInfo info;
    std::vector<ModelTensor> tensors;  // in the order of the file
};

/// Walks through the whole structure of the file without reading the weights: whisper.cpp trusts these
/// numbers, so a cut or damaged file would otherwise show as memory corruption or as nonsense. The error says
/// what to do.
Result<ModelLayout> layoutOfModelFile(const std::filesystem::path& file);
Result<ModelInfo> inspectModelFile(const std::filesystem::path& file);

}  // namespace ninja3cx::transcription
