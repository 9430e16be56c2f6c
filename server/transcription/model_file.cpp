#include "server/transcription/model_file.hpp"

#include <ggml.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace ninja3cx::transcription {
namespace {

constexpr std::uint32_t kMagic = 0x67676d6c;  // "ggml"

/// Reads a file front to back and knows how much of it is left.
class Reader {
public:
    Reader(const std::filesystem::path& file, std::uintmax_t bytes)
        : in_{file, std::ios::binary},
          bytes_{static_cast<std::int64_t>(bytes)},
          left_{static_cast<std::int64_t>(bytes)} {}

    template <class T>
    bool take(T& value) {
        left_ -= static_cast<std::int64_t>(sizeof value);
        return left_ >= 0 && static_cast<bool>(in_.read(reinterpret_cast<char*>(&value), sizeof value));
    }
    bool skip(std::int64_t bytes) {
        left_ -= bytes;
        return bytes >= 0 && left_ >= 0 && static_cast<bool>(in_.seekg(bytes, std::ios::cur));
    }
    bool takeText(std::string& text, std::int32_t length) {
        left_ -= length;
        if (left_ < 0) return false;
        text.resize(static_cast<std::size_t>(length));
        return static_cast<bool>(in_.read(text.data(), length));
    }
    std::int64_t position() const { return bytes_ - left_; }
    bool isAtEnd() const { return left_ == 0; }
    explicit operator bool() const { return static_cast<bool>(in_); }

private:
    std::ifstream in_;
    std::int64_t bytes_;
    std::int64_t left_;
};

bool within(std::int32_t value, std::int32_t low, std::int32_t high) {
    return value >= low && value <= high;
}

/// The kinds of weights that whisper.cpp loads; it ends the program at any other number. Empty for those.
std::string weightsOf(std::int32_t headerType) {
    switch (headerType % GGML_QNT_VERSION_FACTOR) {
        case GGML_FTYPE_ALL_F32:
            return "f32";
        case GGML_FTYPE_MOSTLY_F16:
            return "f16";
        case GGML_FTYPE_MOSTLY_Q4_0:
            return "q4_0";
        case GGML_FTYPE_MOSTLY_Q4_1:
            return "q4_1";
        case GGML_FTYPE_MOSTLY_Q5_0:
            return "q5_0";
        case GGML_FTYPE_MOSTLY_Q5_1:
            return "q5_1";
        case GGML_FTYPE_MOSTLY_Q8_0:
            return "q8_0";
        case GGML_FTYPE_MOSTLY_Q2_K:
            return "q2_k";
        case GGML_FTYPE_MOSTLY_Q3_K:
            return "q3_k";
        case GGML_FTYPE_MOSTLY_Q4_K:
            return "q4_k";
        case GGML_FTYPE_MOSTLY_Q5_K:
            return "q5_k";
        case GGML_FTYPE_MOSTLY_Q6_K:
            return "q6_k";
        default:
            return "";
    }
}

}  // namespace

Result<ModelInfo> inspectModelFile(const std::filesystem::path& file) {
    auto layout = layoutOfModelFile(file);
    if (!layout) return layout.error();
    return std::move(layout->info);
}

Result<ModelLayout> layoutOfModelFile(const std::filesystem::path& file) {
    const std::string name = "speech model " + file.string();
    const auto broken = [&](const std::string& what) {
        return Error{ErrorKind::BadMessage,
                     name + ": " + what +
                         ". Fetch it again with `3cx-ninja-server models pull`, or check whisper.model"};
    };
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) {
        return Error{
            ErrorKind::NotFound,
            name +
                ": there is no such file. Fetch a model with `3cx-ninja-server models pull base`, or "
                "check whisper.model"};
    }
    ModelLayout layout;
    ModelInfo& info = layout.info;
    info.bytes = std::filesystem::file_size(file, failure);
    if (failure) return Error{ErrorKind::Io, name + ": " + failure.message()};
    Reader in{file, info.bytes};
    if (!in) return Error{ErrorKind::Io, name + ": cannot be opened: " + std::strerror(errno)};

    std::uint32_t magic = 0;
    if (!in.take(magic) || magic != kMagic) return broken("is not a ggml model file (wrong first bytes)");

    struct {
        std::int32_t vocabulary, audioContext, audioState, audioHeads, audioLayers, textContext, textState,
            textHeads, textLayers, melBands, type;
    } head{};
    if (!in.take(head)) return broken("ends within its header");
    const bool isPlausible = within(head.vocabulary, 51'864, 51'900) && within(head.audioContext, 64, 1500) &&
                             within(head.audioState, 64, 4096) && within(head.audioHeads, 1, 64) &&
                             within(head.audioLayers, 4, 64) && within(head.textContext, 64, 448) &&
                             within(head.textState, 64, 4096) && within(head.textHeads, 1, 64) &&
                             within(head.textLayers, 1, 64) &&
                             (head.melBands == 80 || head.melBands == 128) && within(head.type, 0, 9999) &&
                             head.audioState % head.audioHeads == 0 && head.textState % head.textHeads == 0;
    if (!isPlausible) return broken("is not a Whisper model, or its header is damaged");
    info.weights = weightsOf(head.type);
    if (info.weights.empty()) return broken("has weights of an unknown kind, or its header is damaged");

    std::array<std::int32_t, 2> filters{};
    if (!in.take(filters) || filters[0] != head.melBands || filters[1] != 201 ||
        !in.skip(std::int64_t{4} * filters[0] * filters[1])) {
        return broken("has a damaged mel filter bank");
    }
    std::int32_t words = 0;
    if (!in.take(words) || !within(words, 1, head.vocabulary)) return broken("has a damaged vocabulary");
    for (std::int32_t word = 0; word < words; ++word) {
        std::int32_t length = 0;
        if (!in.take(length) || !within(length, 0, 1024) || !in.skip(length)) {
            return broken("has a damaged vocabulary");
        }
    }
    while (!in.isAtEnd()) {
        struct {
            std::int32_t dimensions, nameLength, type;
        } tensor{};
        ModelTensor& one = layout.tensors.emplace_back();
        one.start = in.position();
        const std::string where =
            "is damaged or incomplete at its tensor " + std::to_string(info.tensors + 1);
        if (!in.take(tensor) || !within(tensor.dimensions, 1, 4) || !within(tensor.nameLength, 1, 256) ||
            !within(tensor.type, 0, GGML_TYPE_COUNT - 1)) {
            return broken(where);
        }
        const auto type = static_cast<ggml_type>(tensor.type);
        if (ggml_blck_size(type) <= 0 || ggml_type_size(type) == 0) return broken(where);
        std::int64_t elements = 1;
        std::int64_t row = 0;
        for (std::int32_t i = 0; i < tensor.dimensions; ++i) {
            std::int32_t size = 0;
            if (!in.take(size) || !within(size, 1, 1 << 20)) return broken(where);
            if (i == 0) row = size;
            one.shape.push_back(size);
            elements *= size;
            if (elements > std::int64_t{1} << 32) return broken(where);
        }
        if (row % ggml_blck_size(type) != 0) return broken(where);
        const auto bytes = elements / ggml_blck_size(type) * static_cast<std::int64_t>(ggml_type_size(type));
        if (!in.takeText(one.name, tensor.nameLength)) return broken(where);
        one.type = tensor.type;
        one.data = in.position();
        one.elements = elements;
        if (!in.skip(bytes)) return broken(where);
        ++info.tensors;
    }
    // Encoder: 4 + 15 for each layer + 2 …; a file with far fewer was cut exactly between two tensors.
    const std::int32_t expected = 11 + 15 * head.audioLayers + 24 * head.textLayers;
    if (info.tensors != expected) {
        return broken("holds " + std::to_string(info.tensors) + " of " + std::to_string(expected) +
                      " tensors");
    }
    info.isMultilingual = head.vocabulary >= 51'865;
    info.audioContext = head.audioContext;
    info.melBands = head.melBands;
    switch (head.audioLayers) {
        case 4:
            info.size = "tiny";
            break;
        case 6:
            info.size = "base";
            break;
        case 12:
            info.size = "small";
            break;
        case 24:
            info.size = "medium";
            break;
        default:
            info.size = "large";
            break;
    }
    return layout;
}

}  // namespace ninja3cx::transcription
