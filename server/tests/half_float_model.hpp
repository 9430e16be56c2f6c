#pragma once

#include "server/tests/scratch.hpp"
#include "server/transcription/model_file.hpp"

#include <ggml.h>

#include <cstdint>
#include <string>
#include <vector>

namespace ninja3cx::test {

inline constexpr const char* kDemoModel = "models/ggml-demo-fr-q8_0.bin";

template <class T>
inline void append(std::string& bytes, const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// The demo model with its matrices as f16 or f32: what OpenAI's files look like.
inline std::string widenedModel(ggml_type type) {
    const std::string model = readBytes(kDemoModel);
    const transcription::ModelLayout layout = *transcription::layoutOfModelFile(kDemoModel);
    std::string bytes = model.substr(0, 44);
    append(bytes, type == GGML_TYPE_F16 ? 1 : 0);
    bytes += model.substr(48, static_cast<std::size_t>(layout.tensors[0].start) - 48);
    for (const transcription::ModelTensor& tensor : layout.tensors) {
        const auto from = static_cast<ggml_type>(tensor.type);
        const auto count = static_cast<std::size_t>(tensor.elements);
        const bool isWide = type == GGML_TYPE_F32 && tensor.shape.size() == 3;
        const ggml_type to = from == GGML_TYPE_Q8_0 || isWide ? type : from;
        append(bytes, static_cast<std::int32_t>(tensor.shape.size()));
        append(bytes, static_cast<std::int32_t>(tensor.name.size()));
        append(bytes, static_cast<std::int32_t>(to));
        for (const std::int32_t size : tensor.shape) append(bytes, size);
        bytes += tensor.name;
        const char* data = model.data() + tensor.data;
        if (to == from) {
            bytes.append(data, count * ggml_type_size(from));
            continue;
        }
        std::vector<float> floats(count);
        ggml_get_type_traits(from)->to_float(data, floats.data(), tensor.elements);
        if (to == GGML_TYPE_F32) {
            bytes.append(reinterpret_cast<const char*>(floats.data()), count * sizeof(float));
            continue;
        }
        std::vector<ggml_fp16_t> halves(count);
        ggml_fp32_to_fp16_row(floats.data(), halves.data(), tensor.elements);
        bytes.append(reinterpret_cast<const char*>(halves.data()), count * sizeof(ggml_fp16_t));
    }
    return bytes;
}

inline std::string halfFloatModel() {
    return widenedModel(GGML_TYPE_F16);
}

}  // namespace ninja3cx::test
