#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// What OpenAI's models look like inside, and how a ggml file tells of it. For models that are made here, of weights that
/// mean nothing.
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

/// Of all of them: places of the sound that the encoder looks at, and of the text.
inline constexpr std::int32_t kAudioContext = 1500;
inline constexpr std::int32_t kTextContext = 448;

inline constexpr std::int32_t kModelMagic = 0x67676d6c;  // "ggml"
inline constexpr std::int32_t kMelFrequencies = 201;

/// A file begins with these numbers, then the mel filters (melBands times kMelFrequencies floats), then the words: how
/// many, and of each its length and its bytes. `fileType`: how the matrices are stored, a ggml_ftype.
std::vector<std::int32_t> fileHeader(const ModelShape& shape, std::int32_t fileType);

enum class TensorKind {
    Matrix = 1,   // of the file's type; the only ones that are quantised
    Convolution,  // halves
    Bias,         // floats, as what follows
    Scale,        // of a norm
    Positions,
};
/// The tensors follow, in any order.
struct TensorPlan {
    std::string name;
    TensorKind kind{};
    std::vector<std::int32_t> sizes;  // the length of a row first

    std::int64_t elements() const;
};
std::vector<TensorPlan> tensorsOf(const ModelShape& shape);

/// What stands before the weights of a tensor; `type`: a ggml_type.
std::string tensorHeader(const TensorPlan& tensor, std::int32_t type);

}  // namespace ninja3cx::transcription
