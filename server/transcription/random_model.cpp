#include "server/transcription/random_model.hpp"

#include "server/transcription/gpu.hpp"
#include "server/transcription/processor.hpp"
#include "server/transcription/whisper_setup.hpp"

#include <ggml.h>
#include <whisper.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <initializer_list>

namespace ninja3cx::transcription {
namespace {

constexpr std::int32_t kAudioContext = 1500;
constexpr std::int32_t kTextContext = 448;
constexpr std::int32_t kFrequencies = 201;

/// A model file that is made while whisper.cpp reads it: its descriptions, and weights that repeat.
class RandomFile {
public:
    RandomFile(const ModelShape& shape, ggml_type weights)
        : width_{shape.width},
          weights_{weights},
          // Values of this spread keep the size of what flows through.
          matrices_{pattern(weights, 0, std::sqrt(3.0F / static_cast<float>(shape.width)))},
          halves_{pattern(GGML_TYPE_F16, 0, 0.05F)},
          floats_{pattern(GGML_TYPE_F32, 0, 0.02F)},
          scales_{pattern(GGML_TYPE_F32, 1, 0.02F)} {
        const std::int32_t type = weights == GGML_TYPE_F16
                                      ? GGML_FTYPE_MOSTLY_F16
                                      : GGML_FTYPE_MOSTLY_Q8_0 + GGML_QNT_VERSION * GGML_QNT_VERSION_FACTOR;
        numbers({0x67676d6c, shape.vocabulary, kAudioContext, shape.width, shape.heads, shape.encoderLayers,
                 kTextContext, shape.width, shape.heads, shape.decoderLayers, shape.melBands, type,
                 shape.melBands, kFrequencies});
        weightsOf(floats_, std::size_t{4} * unsignedOf(shape.melBands) * kFrequencies);
        numbers({1, 1});  // one word: whisper.cpp suppresses the blank by its text
        text(" ");
        tensor("encoder.positional_embedding", GGML_TYPE_F32, {width_, kAudioContext}, floats_);
        convolution("encoder.conv1", shape.melBands);
        convolution("encoder.conv2", width_);
        norm("encoder.ln_post");
        layers("encoder", shape.encoderLayers, {".attn"});
        tensor("decoder.positional_embedding", GGML_TYPE_F32, {width_, kTextContext}, floats_);
        matrix("decoder.token_embedding", width_, shape.vocabulary);
        norm("decoder.ln");
        layers("decoder", shape.decoderLayers, {".attn", ".cross_attn"});
    }

    std::size_t read(char* into, std::size_t bytes) {
        std::size_t done = 0;
        while (done < bytes && piece_ < pieces_.size()) {
            Piece& piece = pieces_[piece_];
            const std::string& source = piece.weights != nullptr ? *piece.weights : text_;
            const std::size_t at = piece.weights != nullptr ? read_ % source.size() : piece.start + read_;
            const std::size_t part = std::min({bytes - done, piece.size - read_, source.size() - at});
            std::memcpy(into + done, source.data() + at, part);
            done += part;
            read_ += part;
            if (read_ < piece.size) continue;
            ++piece_;
            read_ = 0;
        }
        isOver_ = done < bytes;
        return done;
    }
    bool isOver() const { return isOver_; }

private:
    struct Piece {
        const std::string* weights = nullptr;  // null: of the text
        std::size_t start = 0;
        std::size_t size = 0;
    };

    static std::size_t unsignedOf(std::int64_t value) { return static_cast<std::size_t>(value); }

    /// A prime number of blocks, so that no two rows are the same.
    static std::string pattern(ggml_type type, float around, float spread) {
        constexpr std::int64_t kElements = 1009LL * 32;
        std::vector<float> values(unsignedOf(kElements));
        std::uint32_t state = 0x2545F491;
        for (float& value : values) {
            state = state * 1664525U + 1013904223U;
            value = around + spread * (static_cast<float>(state >> 8U) / 8388608.0F - 1);
        }
        std::string bytes(ggml_row_size(type, kElements), '\0');
        if (type == GGML_TYPE_F32)
            std::memcpy(bytes.data(), values.data(), bytes.size());
        else
            ggml_quantize_chunk(type, values.data(), bytes.data(), 0, 1, kElements, nullptr);
        return bytes;
    }

    void text(const std::string& bytes) {
        pieces_.push_back({nullptr, text_.size(), bytes.size()});
        text_ += bytes;
    }
    void numbers(std::initializer_list<std::int32_t> values) {
        text({reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(std::int32_t)});
    }
    void weightsOf(const std::string& source, std::size_t bytes) { pieces_.push_back({&source, 0, bytes}); }
    void tensor(const std::string& name, ggml_type type, std::initializer_list<std::int32_t> sizes,
                const std::string& source) {
        numbers({static_cast<std::int32_t>(sizes.size()), static_cast<std::int32_t>(name.size()), type});
        numbers(sizes);
        text(name);
        std::int64_t elements = 1;
        for (const std::int32_t size : sizes) elements *= size;
        weightsOf(source, ggml_row_size(type, elements));
    }
    void matrix(const std::string& name, std::int32_t inputs, std::int32_t outputs) {
        tensor(name + ".weight", weights_, {inputs, outputs}, matrices_);
    }
    void linear(const std::string& name, std::int32_t inputs, std::int32_t outputs) {
        matrix(name, inputs, outputs);
        tensor(name + ".bias", GGML_TYPE_F32, {outputs}, floats_);
    }
    void convolution(const std::string& name, std::int32_t inputs) {
        tensor(name + ".weight", GGML_TYPE_F16, {3, inputs, width_}, halves_);
        tensor(name + ".bias", GGML_TYPE_F32, {1, width_}, floats_);
    }
    void norm(const std::string& name) {
        tensor(name + ".weight", GGML_TYPE_F32, {width_}, scales_);
        tensor(name + ".bias", GGML_TYPE_F32, {width_}, floats_);
    }
    void layers(const std::string& part, std::int32_t count, std::initializer_list<const char*> attentions) {
        for (std::int32_t i = 0; i < count; ++i) {
            const std::string block = part + ".blocks." + std::to_string(i);
            for (const char* attention : attentions) {
                const std::string name = block + attention;
                linear(name + ".query", width_, width_);
                matrix(name + ".key", width_, width_);
                linear(name + ".value", width_, width_);
                linear(name + ".out", width_, width_);
                norm(name + "_ln");
            }
            linear(block + ".mlp.0", width_, 4 * width_);
            linear(block + ".mlp.2", 4 * width_, width_);
            norm(block + ".mlp_ln");
        }
    }

    std::int32_t width_;
    ggml_type weights_;
    std::string matrices_;
    std::string halves_;
    std::string floats_;
    std::string scales_;
    std::string text_;
    std::vector<Piece> pieces_;
    std::size_t piece_ = 0;
    std::size_t read_ = 0;  // of that piece
    bool isOver_ = false;
};

}  // namespace

const std::vector<ModelShape>& modelShapes() {
    static const std::vector<ModelShape> shapes{{"tiny", 51'865, 384, 6, 4, 4, 80},
                                                {"base", 51'865, 512, 8, 6, 6, 80},
                                                {"small", 51'865, 768, 12, 12, 12, 80},
                                                {"medium", 51'865, 1024, 16, 24, 24, 80},
                                                {"large-v3-turbo", 51'866, 1280, 20, 32, 4, 128},
                                                {"large-v3", 51'866, 1280, 20, 32, 32, 128}};
    return shapes;
}

Result<WhisperModel> makeRandomModel(const ModelShape& shape, Device device) {
    if (auto fits = checkProcessor(); !fits) return fits.error();
    const auto params = contextParams(device);
    if (!params) return params.error();
    RandomFile file{shape, runsOnGpu(device) ? GGML_TYPE_F16 : GGML_TYPE_Q8_0};
    whisper_model_loader loader{
        &file,
        [](void* context, void* into, std::size_t bytes) {
            return static_cast<RandomFile*>(context)->read(static_cast<char*>(into), bytes);
        },
        [](void* context) { return static_cast<RandomFile*>(context)->isOver(); }, [](void*) {}};
    WhisperModel model{whisper_init_with_params_no_state(&loader, *params), [](whisper_context* context) {
                           if (context != nullptr) whisper_free(context);
                       }};
    if (!model) return Error{ErrorKind::Io, "not enough memory for a model like " + shape.name};
    return model;
}

}  // namespace ninja3cx::transcription
