#include "bench/shaped_model.hpp"

#include <ggml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace ninja3cx::bench {
namespace {

constexpr std::int32_t kMagic = 0x67676d6c;  // "ggml"
constexpr std::int32_t kAudioContext = 1500;
constexpr std::int32_t kTextContext = 448;
constexpr std::int32_t kFrequencies = 201;

struct NamedShape {
    std::string_view name;
    ModelShape shape;
};
constexpr std::array<NamedShape, 6> kShapes{{
    {"tiny", {51'865, 384, 6, 4, 4, 80}},
    {"base", {51'865, 512, 8, 6, 6, 80}},
    {"small", {51'865, 768, 12, 12, 12, 80}},
    {"medium", {51'865, 1024, 16, 24, 24, 80}},
    {"large-v3", {51'866, 1280, 20, 32, 32, 128}},
    {"large-v3-turbo", {51'866, 1280, 20, 32, 4, 128}},
}};

ggml_type typeOf(ModelShape::Weights weights) {
    switch (weights) {
        case ModelShape::Weights::F16:
            return GGML_TYPE_F16;
        case ModelShape::Weights::Q8_0:
            return GGML_TYPE_Q8_0;
        case ModelShape::Weights::Q5_1:
            return GGML_TYPE_Q5_1;
    }
    return GGML_TYPE_F16;
}

/// As the header of a file says it.
std::int32_t fileTypeOf(ModelShape::Weights weights) {
    const std::int32_t version = GGML_QNT_VERSION * GGML_QNT_VERSION_FACTOR;
    switch (weights) {
        case ModelShape::Weights::F16:
            return GGML_FTYPE_MOSTLY_F16;
        case ModelShape::Weights::Q8_0:
            return version + GGML_FTYPE_MOSTLY_Q8_0;
        case ModelShape::Weights::Q5_1:
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

class Writer {
public:
    explicit Writer(const std::filesystem::path& file) : out_{file, std::ios::binary} {}

    void numbers(std::initializer_list<std::int32_t> values) {
        bytes(values.begin(), values.size() * sizeof(std::int32_t));
    }
    void bytes(const void* data, std::size_t size) {
        out_.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    }
    bool close() {
        out_.close();
        return static_cast<bool>(out_);
    }

    /// `sizes`: the row's length first. `around` and `spread`: where the values lie.
    void tensor(const std::string& name, ggml_type type, std::initializer_list<std::int32_t> sizes,
                float spread, float around = 0) {
        numbers({static_cast<std::int32_t>(sizes.size()), static_cast<std::int32_t>(name.size()), type});
        numbers(sizes);
        bytes(name.data(), name.size());
        const auto row = static_cast<std::int64_t>(*sizes.begin());
        std::int64_t rows = 1;
        for (const std::int32_t size : sizes) rows *= size;
        rows /= row;
        values_.resize(static_cast<std::size_t>(row));
        packed_.resize(ggml_row_size(type, row));
        for (std::int64_t i = 0; i < rows; ++i) {
            for (float& value : values_) value = around + spread * noise_.next();
            if (type == GGML_TYPE_F32) {
                bytes(values_.data(), values_.size() * sizeof(float));
            } else {
                bytes(packed_.data(),
                      ggml_quantize_chunk(type, values_.data(), packed_.data(), 0, 1, row, nullptr));
            }
        }
    }

private:
    std::ofstream out_;
    Noise noise_;
    std::vector<float> values_;
    std::vector<char> packed_;
};

/// Values of this spread keep the size of what flows through.
float spreadFor(std::int32_t inputs) {
    return std::sqrt(3.0F / static_cast<float>(inputs));
}

class Tensors {
public:
    Tensors(Writer& out, const ModelShape& shape)
        : out_{out}, width_{shape.width}, weights_{typeOf(shape.weights)} {}

    void matrix(const std::string& name, std::int32_t inputs, std::int32_t outputs) {
        out_.tensor(name + ".weight", weights_, {inputs, outputs}, spreadFor(inputs));
    }
    void linear(const std::string& name, std::int32_t inputs, std::int32_t outputs) {
        matrix(name, inputs, outputs);
        out_.tensor(name + ".bias", GGML_TYPE_F32, {outputs}, 0.02F);
    }
    void convolution(const std::string& name, std::int32_t inputs) {
        out_.tensor(name + ".weight", GGML_TYPE_F16, {3, inputs, width_}, spreadFor(3 * inputs));
        out_.tensor(name + ".bias", GGML_TYPE_F32, {1, width_}, 0.02F);
    }
    void norm(const std::string& name) {
        out_.tensor(name + ".weight", GGML_TYPE_F32, {width_}, 0.05F, 1.0F);
        out_.tensor(name + ".bias", GGML_TYPE_F32, {width_}, 0.02F);
    }
    void positions(const std::string& part, std::int32_t count) {
        out_.tensor(part + ".positional_embedding", GGML_TYPE_F32, {width_, count}, 0.1F);
    }
    void attention(const std::string& name) {
        linear(name + ".query", width_, width_);
        matrix(name + ".key", width_, width_);
        linear(name + ".value", width_, width_);
        linear(name + ".out", width_, width_);
        norm(name + "_ln");
    }
    void layers(const std::string& part, std::int32_t count, bool looksAtSound) {
        for (std::int32_t i = 0; i < count; ++i) {
            const std::string block = part + ".blocks." + std::to_string(i);
            attention(block + ".attn");
            if (looksAtSound) attention(block + ".cross_attn");
            linear(block + ".mlp.0", width_, 4 * width_);
            linear(block + ".mlp.2", 4 * width_, width_);
            norm(block + ".mlp_ln");
        }
    }

private:
    Writer& out_;
    std::int32_t width_;
    ggml_type weights_;
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
    if (number() != kMagic) return unreadable;
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

std::optional<Result<ModelShape>> parseShape(const std::string& name) {
    constexpr std::string_view kPrefix = "shape:";
    if (!name.starts_with(kPrefix)) return std::nullopt;
    const std::string rest = name.substr(kPrefix.size());
    const std::string size = rest.substr(0, rest.find(':'));
    const std::string weights = size.size() < rest.size() ? rest.substr(size.size() + 1) : "q8_0";
    static constexpr std::array<std::pair<std::string_view, ModelShape::Weights>, 3> kWeights{
        {{"f16", ModelShape::Weights::F16},
         {"q8_0", ModelShape::Weights::Q8_0},
         {"q5_1", ModelShape::Weights::Q5_1}}};
    for (const auto& known : kShapes) {
        for (const auto& [type, value] : kWeights) {
            if (known.name != size || type != weights) continue;
            ModelShape shape = known.shape;
            shape.weights = value;
            return Result<ModelShape>{shape};
        }
    }
    return Result<ModelShape>{Error{
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
    filters.reserve(static_cast<std::size_t>(bands) * kFrequencies);
    for (std::size_t band = 0; band + 2 < edges.size(); ++band) {
        for (std::int32_t i = 0; i < kFrequencies; ++i) {
            const double frequency = 8000.0 * i / (kFrequencies - 1);
            const double up = (frequency - edges[band]) / (edges[band + 1] - edges[band]);
            const double down = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1]);
            filters.push_back(
                static_cast<float>(std::max(0.0, std::min(up, down)) * 2 / (edges[band + 2] - edges[band])));
        }
    }
    return filters;
}

Result<void> writeShapedModel(const ModelShape& shape, const std::filesystem::path& vocabularyFrom,
                              const std::filesystem::path& file) {
    const auto vocabulary = readVocabulary(vocabularyFrom);
    if (!vocabulary) return vocabulary.error();
    Writer out{file};
    out.numbers({kMagic, shape.vocabulary, kAudioContext, shape.width, shape.heads, shape.audioLayers,
                 kTextContext, shape.width, shape.heads, shape.textLayers, shape.melBands,
                 fileTypeOf(shape.weights)});
    out.numbers({shape.melBands, kFrequencies});
    const auto filters = melFilters(shape.melBands);
    out.bytes(filters.data(), filters.size() * sizeof(float));
    out.bytes(vocabulary->data(), vocabulary->size());

    Tensors tensors{out, shape};
    tensors.positions("encoder", kAudioContext);
    tensors.convolution("encoder.conv1", shape.melBands);
    tensors.convolution("encoder.conv2", shape.width);
    tensors.layers("encoder", shape.audioLayers, false);
    tensors.norm("encoder.ln_post");
    tensors.positions("decoder", kTextContext);
    tensors.matrix("decoder.token_embedding", shape.width, shape.vocabulary);
    tensors.layers("decoder", shape.textLayers, true);
    tensors.norm("decoder.ln");
    if (!out.close())
        return Error{ErrorKind::Io, file.string() + ": cannot be written whole; is there enough space?"};
    return {};
}

}  // namespace ninja3cx::bench
