#include "server/transcription/model_shape.hpp"

#include <initializer_list>
#include <utility>

namespace ninja3cx::transcription {
namespace {

class Plan {
public:
    explicit Plan(std::int32_t width) : width_{width} {}

    void matrix(const std::string& name, std::int32_t inputs, std::int32_t outputs) {
        add(name + ".weight", TensorKind::Matrix, {inputs, outputs});
    }
    void linear(const std::string& name, std::int32_t inputs, std::int32_t outputs) {
        matrix(name, inputs, outputs);
        add(name + ".bias", TensorKind::Bias, {outputs});
    }
    void convolution(const std::string& name, std::int32_t inputs) {
        add(name + ".weight", TensorKind::Convolution, {3, inputs, width_});
        add(name + ".bias", TensorKind::Bias, {1, width_});
    }
    void norm(const std::string& name) {
        add(name + ".weight", TensorKind::Scale, {width_});
        add(name + ".bias", TensorKind::Bias, {width_});
    }
    void positions(const std::string& part, std::int32_t count) {
        add(part + ".positional_embedding", TensorKind::Positions, {width_, count});
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
    std::vector<TensorPlan> tensors() && { return std::move(tensors_); }

private:
    void add(std::string name, TensorKind kind, std::vector<std::int32_t> sizes) {
        tensors_.push_back({std::move(name), kind, std::move(sizes)});
    }

    std::int32_t width_;
    std::vector<TensorPlan> tensors_;
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

std::vector<std::int32_t> fileHeader(const ModelShape& shape, std::int32_t fileType) {
    return {kModelMagic,         shape.vocabulary, kAudioContext,  shape.width,    shape.heads,
            shape.encoderLayers, kTextContext,     shape.width,    shape.heads,    shape.decoderLayers,
            shape.melBands,      fileType,         shape.melBands, kMelFrequencies};
}

std::int64_t TensorPlan::elements() const {
    std::int64_t count = 1;
    for (const std::int32_t size : sizes) count *= size;
    return count;
}

std::vector<TensorPlan> tensorsOf(const ModelShape& shape) {
    Plan plan{shape.width};
    plan.positions("encoder", kAudioContext);
    plan.convolution("encoder.conv1", shape.melBands);
    plan.convolution("encoder.conv2", shape.width);
    plan.layers("encoder", shape.encoderLayers, {".attn"});
    plan.norm("encoder.ln_post");
    plan.positions("decoder", kTextContext);
    plan.matrix("decoder.token_embedding", shape.width, shape.vocabulary);
    plan.layers("decoder", shape.decoderLayers, {".attn", ".cross_attn"});
    plan.norm("decoder.ln");
    return std::move(plan).tensors();
}

std::string tensorHeader(const TensorPlan& tensor, std::int32_t type) {
    std::vector<std::int32_t> numbers{static_cast<std::int32_t>(tensor.sizes.size()),
                                      static_cast<std::int32_t>(tensor.name.size()), type};
    numbers.insert(numbers.end(), tensor.sizes.begin(), tensor.sizes.end());
    std::string bytes{reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(std::int32_t)};
    return bytes + tensor.name;
}

}  // namespace ninja3cx::transcription
