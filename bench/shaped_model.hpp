#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// The true dimensions of a Whisper model, and how its weights are stored. Cost depends on these alone, so speed can
/// be measured where the weights are not at hand.
struct ModelShape {
    enum class Weights { F16, Q8_0, Q5_1 };

    std::int32_t vocabulary = 51'865;
    std::int32_t width = 0;
    std::int32_t heads = 0;
    std::int32_t audioLayers = 0;
    std::int32_t textLayers = 0;
    std::int32_t melBands = 80;
    Weights weights = Weights::Q8_0;
};

/// "shape:base:q8_0"; nothing where `name` is no shape (it is a file then).
std::optional<Result<ModelShape>> parseShape(const std::string& name);

/// Whisper's mel filters (Slaney's scale), row by row: `bands` times 201 values.
std::vector<float> melFilters(std::int32_t bands);

/// Writes a ggml model of this shape with random weights, the same at each call, as whisper.cpp's convert script and
/// its `whisper-quantize` would; the vocabulary is that of `vocabularyFrom`, another ggml model.
Result<void> writeShapedModel(const ModelShape& shape, const std::filesystem::path& vocabularyFrom,
                              const std::filesystem::path& file);

}  // namespace ninja3cx::bench
