#pragma once

#include "server/transcription/model_shape.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// The true dimensions of a Whisper model, and how its weights are stored. Cost depends on these alone, so speed can
/// be measured where the weights are not at hand.
struct ShapedModel {
    enum class Weights { F16, Q8_0, Q5_1 };

    transcription::ModelShape shape;
    Weights weights = Weights::Q8_0;
};

/// "shape:base:q8_0"; nothing where `name` is no shape (it is a file then).
std::optional<Result<ShapedModel>> parseShape(const std::string& name);

/// Whisper's mel filters (Slaney's scale), row by row: `bands` times 201 values.
std::vector<float> melFilters(std::int32_t bands);

/// Writes such a ggml model with random weights, the same at each call, as whisper.cpp's convert script and
/// its `whisper-quantize` would; the vocabulary is that of `vocabularyFrom`, another ggml model.
Result<void> writeShapedModel(const ShapedModel& model, const std::filesystem::path& vocabularyFrom,
                              const std::filesystem::path& file);

}  // namespace ninja3cx::bench
