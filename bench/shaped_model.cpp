#include "bench/shaped_model.hpp"

#include <ggml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <string_view>
#include <utility>

namespace ninja3cx::bench {
namespace {

using transcription::kMelFrequencies;
using transcription::TensorKind;
using transcription::TensorPlan;

ggml_type typeOf(ShapedModel::Weights weights) {
    switch (weights) {
        case ShapedModel::Weights::F16:
            return GGML_TYPE_F16;
        case ShapedModel::Weights::Q8_0:
            return GGML_TYPE_Q8_0;
        case ShapedModel::Weights::Q5_1:
            return GGML_TYPE_Q5_1;
    }
    return GGML_TYPE_F16;
}

/// As the header of a file says it.
std::int32_t fileTypeOf(ShapedModel::Weights weights) {
    const std::int32_t version = GGML_QNT_VERSION * GGML_QNT_VERSION_FACTOR;
    switch (weights) {
        case ShapedModel::Weights::F16:
            return GGML_FTYPE_MOSTLY_F16;
        case ShapedModel::Weights::Q8_0:
            return version + GGML_FTYPE_MOSTLY_Q8_0;
        case ShapedModel::Weights::Q5_1:
            return version + GGML_FTYPE_MOSTLY_Q5_1;
    }
    return GGML_FTYPE_MOSTLY_F16;
}

/// xorshift32: enough for weights that mean nothing.
class Noise {
public:
    /// From -1 to 1.
    float next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 17;
        state_ ^= state_ << 5;
        return static_cast<float>(static_cast<std::int32_t>(state_)) * (1.0F / 2147483648.0F);
    }

private:
    std::uint32_t state_ = 0x2545F491;
};

/// Where the values of a tensor lie.
struct Spread {
    float around = 0;
    float width = 0;
};
Spread spreadOf(const TensorPlan& tensor) {
    // Of this width they keep the size of what flows through a matrix.
    const auto keeping = [](std::int32_t inputs) { return std::sqrt(3.0F / static_cast<float>(inputs)); };
    switch (tensor.kind) {
        case TensorKind::Matrix:
            return {0, keeping(tensor.sizes[0])};
        case TensorKind::Convolution:
            return {0, keeping(tensor.sizes[0] * tensor.sizes[1])};
        case TensorKind::Scale:
            return {1, 0.05F};
        case TensorKind::Positions:
            return {0, 0.1F};
        case TensorKind::Bias:
            break;
    }
    return {0, 0.02F};
}

class Writer {
public:
    explicit Writer(const std::filesystem::path& file) : out_{file, std::ios::binary} {}

    void bytes(const void* data, std::size_t size) {
        out_.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    }
    template <class Values>
    void all(const Values& values) {
        bytes(values.data(), values.size() * sizeof(values[0]));
    }
    bool close() {
        out_.close();
        return static_cast<bool>(out_);
    }

    void tensor(const TensorPlan& plan, ggml_type weights) {
        const ggml_type type = plan.kind == TensorKind::Matrix        ? weights
                               : plan.kind == TensorKind::Convolution ? GGML_TYPE_F16
                                                                      : GGML_TYPE_F32;
        all(transcription::tensorHeader(plan, type));
        const Spread spread = spreadOf(plan);
        const auto row = static_cast<std::int64_t>(plan.sizes[0]);
        values_.resize(static_cast<std::size_t>(row));
        packed_.resize(ggml_row_size(type, row));
        for (std::int64_t i = plan.elements() / row; i > 0; --i) {
            for (float& value : values_) value = spread.around + spread.width * noise_.next();
            if (type == GGML_TYPE_F32)
                all(values_);
            else
                bytes(packed_.data(),
                      ggml_quantize_chunk(type, values_.data(), packed_.data(), 0, 1, row, nullptr));
        }
    }

private:
    std::ofstream out_;
    Noise noise_;
    std::vector<float> values_;
    std::vector<char> packed_;
};

/// The vocabulary part of a model file, with its count of words.
Result<std::vector<char>> readVocabulary(const std::filesystem::path& file) {
    const Error unreadable{ErrorKind::BadMessage, file.string() + ": has no vocabulary that can be read"};
    std::ifstream in{file, std::ios::binary};
    const auto number = [&] {
        std::int32_t value = -1;
        in.read(reinterpret_cast<char*>(&value), sizeof value);
        return in ? value : -1;
    };
    if (number() != transcription::kModelMagic) return unreadable;
    in.seekg(std::streamoff{11} * 4, std::ios::cur);
    const std::int32_t bands = number();
    const std::int32_t frequencies = number();
    in.seekg(std::streamoff{4} * bands * frequencies, std::ios::cur);
    std::vector<char> vocabulary;
    const auto append = [&](std::int32_t value) {
        const auto* const bytes = reinterpret_cast<const char*>(&value);
        vocabulary.insert(vocabulary.end(), bytes, bytes + sizeof value);
    };
    const std::int32_t words = number();
    append(words);
    for (std::int32_t word = 0; word < words; ++word) {
        const std::int32_t length = number();
        if (length < 0 || length > 1024) return unreadable;
        append(length);
        vocabulary.resize(vocabulary.size() + static_cast<std::size_t>(length));
        in.read(vocabulary.data() + vocabulary.size() - length, length);
    }
    if (!in || words <= 0) return unreadable;
    return vocabulary;
}

}  // namespace

std::optional<Result<ShapedModel>> parseShape(const std::string& name) {
    constexpr std::string_view kPrefix = "shape:";
    if (!name.starts_with(kPrefix)) return std::nullopt;
    const std::string rest = name.substr(kPrefix.size());
    const std::string size = rest.substr(0, rest.find(':'));
    const std::string weights = size.size() < rest.size() ? rest.substr(size.size() + 1) : "q8_0";
    static constexpr std::array<std::pair<std::string_view, ShapedModel::Weights>, 3> kWeights{
        {{"f16", ShapedModel::Weights::F16},
         {"q8_0", ShapedModel::Weights::Q8_0},
         {"q5_1", ShapedModel::Weights::Q5_1}}};
    for (const transcription::ModelShape& known : transcription::modelShapes()) {
        for (const auto& [type, value] : kWeights)
            if (known.name == size && type == weights) return Result<ShapedModel>{ShapedModel{known, value}};
    }
    return Result<ShapedModel>{Error{
        ErrorKind::Rejected, name +
                                 ": no such shape; it is shape:SIZE:WEIGHTS, with tiny, base, small, medium, "
                                 "large-v3 or large-v3-turbo, and f16, q8_0 or q5_1"}};
}

std::vector<float> melFilters(std::int32_t bands) {
    // Linear below 1 kHz (200/3 Hz a mel), logarithmic above (27 steps for a factor of 6.4).
    const auto hertz = [](double mel) {
        return mel < 15 ? mel * 200 / 3 : 1000 * std::exp((mel - 15) * std::log(6.4) / 27);
    };
    const double highest = 15 + std::log(8.0) * 27 / std::log(6.4);  // 8 kHz
    std::vector<double> edges;
    for (std::int32_t i = 0; i < bands + 2; ++i) edges.push_back(hertz(highest * i / (bands + 1)));
    std::vector<float> filters;
    filters.reserve(static_cast<std::size_t>(bands) * kMelFrequencies);
    for (std::size_t band = 0; band + 2 < edges.size(); ++band) {
        for (std::int32_t i = 0; i < kMelFrequencies; ++i) {
            const double frequency = 8000.0 * i / (kMelFrequencies - 1);
            const double up = (frequency - edges[band]) / (edges[band + 1] - edges[band]);
            const double down = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1]);
            filters.push_back(
                static_cast<float>(std::max(0.0, std::min(up, down)) * 2 / (edges[band + 2] - edges[band])));
        }
    }
    return filters;
}

Result<void> writeShapedModel(const ShapedModel& model, const std::filesystem::path& vocabularyFrom,
                              const std::filesystem::path& file) {
    const auto vocabulary = readVocabulary(vocabularyFrom);
    if (!vocabulary) return vocabulary.error();
    Writer out{file};
    out.all(transcription::fileHeader(model.shape, fileTypeOf(model.weights)));
    out.all(melFilters(model.shape.melBands));
    out.all(*vocabulary);
    for (const TensorPlan& tensor : transcription::tensorsOf(model.shape))
        out.tensor(tensor, typeOf(model.weights));
    if (!out.close())
        return Error{ErrorKind::Io, file.string() + ": cannot be written whole; is there enough space?"};
    return {};
}

}  // namespace ninja3cx::bench
