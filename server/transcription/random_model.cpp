#include "server/transcription/random_model.hpp"

#include "server/transcription/gpu.hpp"
#include "server/transcription/processor.hpp"
#include "server/transcription/whisper_setup.hpp"

#include <ggml.h>
#include <whisper.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

namespace ninja3cx::transcription {
namespace {

/// A model file that is made while whisper.cpp reads it: its descriptions, and weights that repeat.
class RandomFile {
public:
    RandomFile(const ModelShape& shape, ggml_type weights)
        // Values of this spread keep the size of what flows through.
        : matrices_{pattern(weights, 0, std::sqrt(3.0F / static_cast<float>(shape.width)))},
          halves_{pattern(GGML_TYPE_F16, 0, 0.05F)},
          floats_{pattern(GGML_TYPE_F32, 0, 0.02F)},
          scales_{pattern(GGML_TYPE_F32, 1, 0.02F)} {
        const std::int32_t fileType =
            weights == GGML_TYPE_F16 ? GGML_FTYPE_MOSTLY_F16
                                     : GGML_FTYPE_MOSTLY_Q8_0 + GGML_QNT_VERSION * GGML_QNT_VERSION_FACTOR;
        numbers(fileHeader(shape, fileType));
        weightsOf(floats_, sizeof(float) * unsignedOf(shape.melBands) * kMelFrequencies);
        numbers({1, 1});  // one word: whisper.cpp suppresses the blank by its text
        text(" ");
        for (const TensorPlan& one : tensorsOf(shape)) tensor(one, weights);
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
    void numbers(const std::vector<std::int32_t>& values) {
        text({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(std::int32_t)});
    }
    void weightsOf(const std::string& source, std::size_t bytes) { pieces_.push_back({&source, 0, bytes}); }
    void tensor(const TensorPlan& plan, ggml_type weights) {
        const bool isMatrix = plan.kind == TensorKind::Matrix;
        const bool isConvolution = plan.kind == TensorKind::Convolution;
        const ggml_type type = isMatrix ? weights : isConvolution ? GGML_TYPE_F16 : GGML_TYPE_F32;
        text(tensorHeader(plan, type));
        weightsOf(isMatrix                         ? matrices_
                  : isConvolution                  ? halves_
                  : plan.kind == TensorKind::Scale ? scales_
                                                   : floats_,
                  ggml_row_size(type, plan.elements()));
    }

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
