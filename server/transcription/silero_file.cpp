#include "server/transcription/silero_file.hpp"

#include <ggml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::transcription {
namespace {

constexpr std::uintmax_t kLeastBytes = 500'000;
constexpr std::uintmax_t kMostBytes = 16'000'000;
constexpr std::uint32_t kMagic = 0x67676d6c;  // "ggml"
constexpr std::string_view kType = "silero-16k";
using Version = std::array<std::int32_t, 3>;
constexpr std::array kVersions{Version{6, 2, 0}, Version{5, 1, 2}};  // one network, trained twice

struct Field {
    const char* what;
    std::int32_t value;
};
constexpr std::array kFields{
    Field{"samples of a window", 512},
    Field{"samples before a window", 64},
    Field{"encoder layers", 4},
    Field{"inputs of encoder layer 0", 129},
    Field{"outputs of encoder layer 0", 128},
    Field{"kernel size of encoder layer 0", 3},
    Field{"inputs of encoder layer 1", 128},
    Field{"outputs of encoder layer 1", 64},
    Field{"kernel size of encoder layer 1", 3},
    Field{"inputs of encoder layer 2", 64},
    Field{"outputs of encoder layer 2", 64},
    Field{"kernel size of encoder layer 2", 3},
    Field{"inputs of encoder layer 3", 64},
    Field{"outputs of encoder layer 3", 128},
    Field{"kernel size of encoder layer 3", 3},
    Field{"inputs of the LSTM", 128},
    Field{"states of the LSTM", 128},
    Field{"inputs of the last layer", 128},
    Field{"outputs of the last layer", 1},
};

constexpr std::int64_t kZeros = 32;       // in a row; the real weights have none
constexpr std::int64_t kStftZeros = 300;  // a row of sines of 0 Hz is nothing else

struct Plan {
    std::string_view name;
    ggml_type type;
    std::array<std::int32_t, 3> shape;  // 0 and what follows: has no such dimension
    float most;                         // some four times the largest weight of Silero
    std::int64_t zeros = kZeros;
};
constexpr std::array kPlans{
    Plan{"_model.stft.forward_basis_buffer", GGML_TYPE_F16, {256, 1, 258}, 4, kStftZeros},
    Plan{"_model.encoder.0.reparam_conv.weight", GGML_TYPE_F16, {3, 129, 128}, 256},
    Plan{"_model.encoder.0.reparam_conv.bias", GGML_TYPE_F32, {128}, 128},
    Plan{"_model.encoder.1.reparam_conv.weight", GGML_TYPE_F16, {3, 128, 64}, 256},
    Plan{"_model.encoder.1.reparam_conv.bias", GGML_TYPE_F32, {64}, 128},
    Plan{"_model.encoder.2.reparam_conv.weight", GGML_TYPE_F16, {3, 64, 64}, 256},
    Plan{"_model.encoder.2.reparam_conv.bias", GGML_TYPE_F32, {64}, 128},
    Plan{"_model.encoder.3.reparam_conv.weight", GGML_TYPE_F16, {3, 64, 128}, 256},
    Plan{"_model.encoder.3.reparam_conv.bias", GGML_TYPE_F32, {128}, 128},
    Plan{"_model.decoder.rnn.weight_ih", GGML_TYPE_F32, {128, 512}, 16},
    Plan{"_model.decoder.rnn.weight_hh", GGML_TYPE_F32, {128, 512}, 16},
    Plan{"_model.decoder.rnn.bias_ih", GGML_TYPE_F32, {512}, 16},
    Plan{"_model.decoder.rnn.bias_hh", GGML_TYPE_F32, {512}, 16},
    Plan{"_model.decoder.decoder.2.weight", GGML_TYPE_F16, {128}, 16},
    Plan{"_model.decoder.decoder.2.bias", GGML_TYPE_F32, {}, 4},
};

std::vector<std::int32_t> shapeOf(const Plan& plan) {
    return {plan.shape.begin(), std::find(plan.shape.begin(), plan.shape.end(), 0)};
}

/// What is wrong, in words that follow "FILE: "; empty where nothing is.
using Fault = std::optional<std::string>;

class Inspection {
public:
    explicit Inspection(const std::string& bytes) : bytes_{bytes} {}

    Fault run() {
        if (auto fault = header()) return fault;
        while (at_ < bytes_.size()) {
            if (auto fault = tensor()) return fault;
        }
        for (std::size_t i = 0; i < kPlans.size(); ++i) {
            if (!isSeen_[i]) return "is incomplete: has no tensor " + std::string{kPlans[i].name};
        }
        return std::nullopt;
    }

private:
    template <class T>
    bool take(T& value) {
        if (bytes_.size() - at_ < sizeof value) return false;
        std::memcpy(&value, bytes_.data() + at_, sizeof value);
        at_ += sizeof value;
        return true;
    }
    bool takeText(std::string& text, std::size_t length) {
        if (bytes_.size() - at_ < length) return false;
        text = bytes_.substr(at_, length);
        at_ += length;
        return true;
    }
    static Fault damaged(std::size_t at, const std::string& what) {
        return "is damaged at byte " + std::to_string(at) + ": " + what;
    }

    Fault header() {
        std::uint32_t magic = 0;
        if (!take(magic) || magic != kMagic) return "is not a ggml model file (wrong first bytes)";
        std::int32_t length = 0;
        std::string type;
        if (!take(length) || length != static_cast<std::int32_t>(kType.size()))
            return damaged(4, "the name of its kind is " + std::to_string(length) + " bytes long, not " +
                                  std::to_string(kType.size()) + " (is it a Silero model?)");
        if (!takeText(type, kType.size()) || type != kType)
            return damaged(8, "is no model of the kind " + std::string{kType});
        std::size_t start = at_;
        Version version{};
        if (!take(version) || std::find(kVersions.begin(), kVersions.end(), version) == kVersions.end())
            return damaged(start, "is of the unknown version " + std::to_string(version[0]) + "." +
                                      std::to_string(version[1]) + "." + std::to_string(version[2]));
        for (const Field& field : kFields) {
            start = at_;
            std::int32_t value = 0;
            if (!take(value) || value != field.value)
                return damaged(start, std::string{field.what} + ": " + std::to_string(value) + ", not " +
                                          std::to_string(field.value));
        }
        return std::nullopt;
    }

    Fault tensor() {
        const std::size_t start = at_;
        struct {
            std::int32_t dimensions, nameLength, type;
        } head{};
        if (!take(head)) return damaged(start, "ends within the description of a tensor");
        if (head.dimensions < 0 || head.dimensions > 3 || head.nameLength < 1 || head.nameLength > 64)
            return damaged(start, "no description of a tensor");
        std::vector<std::int32_t> shape(static_cast<std::size_t>(head.dimensions));
        for (auto& size : shape) {
            if (!take(size)) return damaged(start, "ends within the description of a tensor");
        }
        std::string name;
        if (!takeText(name, static_cast<std::size_t>(head.nameLength)))
            return damaged(start, "ends within the name of a tensor");
        const auto plan =
            std::find_if(kPlans.begin(), kPlans.end(), [&](const Plan& one) { return one.name == name; });
        if (plan == kPlans.end()) return damaged(start, "a tensor that Silero does not have");
        bool& isSeen = isSeen_[static_cast<std::size_t>(plan - kPlans.begin())];
        if (isSeen) return damaged(start, "the tensor " + name + " a second time");
        isSeen = true;
        if (shape != shapeOf(*plan)) return damaged(start, "the tensor " + name + " has another shape");
        if (head.type != static_cast<std::int32_t>(plan->type))
            return damaged(start, "the tensor " + name + " has weights of another kind");
        std::int64_t elements = 1;
        for (const std::int32_t size : shape) elements *= size;
        return weights(*plan, elements);
    }

    Fault weights(const Plan& plan, std::int64_t elements) {
        std::int64_t zeros = 0;
        for (std::int64_t i = 0; i < elements; ++i) {
            const std::size_t start = at_;
            const auto weight = takeWeight(plan.type);
            if (!weight) return damaged(start, "ends within the tensor " + std::string{plan.name});
            if (!(std::abs(*weight) <= plan.most))  // NaN too
                return damaged(start, "the tensor " + std::string{plan.name} + " has an impossible weight, " +
                                          std::to_string(*weight));
            zeros = *weight == 0 ? zeros + 1 : 0;
            if (zeros > plan.zeros)
                return damaged(start, "the tensor " + std::string{plan.name} + " is empty there");
        }
        return std::nullopt;
    }

    std::optional<float> takeWeight(ggml_type type) {
        if (type == GGML_TYPE_F32) {
            float weight = 0;
            return take(weight) ? std::optional{weight} : std::nullopt;
        }
        ggml_fp16_t half = 0;
        return take(half) ? std::optional{ggml_fp16_to_fp32(half)} : std::nullopt;
    }

    const std::string& bytes_;
    std::size_t at_ = 0;
    std::array<bool, kPlans.size()> isSeen_{};
};

}  // namespace

Result<void> checkSileroFile(const std::filesystem::path& file) {
    const std::string name = "voice model " + file.string();
    const auto broken = [&](const std::string& what) {
        return Error{ErrorKind::BadMessage, name + ": " + what + ". " + kSileroRemedy};
    };
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    if (failure) return Error{ErrorKind::NotFound, name + ": " + failure.message()};
    if (size < kLeastBytes || size > kMostBytes)
        return broken("has the wrong size (" + std::to_string(size) + " bytes)");
    std::ifstream in{file, std::ios::binary};
    if (!in) return Error{ErrorKind::Io, name + ": cannot be opened: " + std::strerror(errno)};
    std::string bytes(size, '\0');
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size)))
        return Error{ErrorKind::Io, name + ": cannot be read"};
    if (const auto fault = Inspection{bytes}.run()) return broken(*fault);
    return {};
}

}  // namespace ninja3cx::transcription
