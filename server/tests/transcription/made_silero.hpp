#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace ninja3cx::transcription::testing {

/// The bytes of a file as `models pull silero` fetches it, but with small weights that mean nothing.
class MadeSilero {
public:
    MadeSilero() {
        number(0x67676d6c);
        number(10);
        bytes_ += "silero-16k";
        for (const std::int32_t one :
             {6, 2, 0, 512, 64, 4, 129, 128, 3, 128, 64, 3, 64, 64, 3, 64, 128, 3, 128, 128, 128, 1})
            number(one);
        tensor("_model.encoder.0.reparam_conv.weight", kHalf, {3, 129, 128});
        tensor("_model.encoder.0.reparam_conv.bias", kFloat, {128});
        tensor("_model.encoder.1.reparam_conv.weight", kHalf, {3, 128, 64});
        tensor("_model.encoder.1.reparam_conv.bias", kFloat, {64});
        tensor("_model.encoder.2.reparam_conv.weight", kHalf, {3, 64, 64});
        tensor("_model.encoder.2.reparam_conv.bias", kFloat, {64});
        tensor("_model.encoder.3.reparam_conv.weight", kHalf, {3, 64, 128});
        tensor("_model.encoder.3.reparam_conv.bias", kFloat, {128});
        tensor("_model.decoder.rnn.weight_ih", kFloat, {128, 512});
        tensor("_model.decoder.rnn.weight_hh", kFloat, {128, 512});
        tensor("_model.decoder.rnn.bias_ih", kFloat, {512});
        tensor("_model.decoder.rnn.bias_hh", kFloat, {512});
        tensor("_model.decoder.decoder.2.weight", kHalf, {128});
        tensor("_model.decoder.decoder.2.bias", kFloat, {});
        lastTensor_ = bytes_.size();
        tensor("_model.stft.forward_basis_buffer", kHalf, {256, 1, 258});
    }
    const std::string& bytes() const { return bytes_; }
    std::size_t lastTensor() const { return lastTensor_; }

private:
    static constexpr std::int32_t kFloat = 0;
    static constexpr std::int32_t kHalf = 1;

    template <class T>
    void number(T value) {
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void tensor(const std::string& name, std::int32_t type, const std::vector<std::int32_t>& shape) {
        number(static_cast<std::int32_t>(shape.size()));
        number(static_cast<std::int32_t>(name.size()));
        number(type);
        std::int32_t elements = 1;
        for (const std::int32_t size : shape) {
            number(size);
            elements *= size;
        }
        bytes_ += name;
        for (std::int32_t i = 0; i < elements; ++i) {
            const bool isBelow = i % 3 == 0;
            if (type == kFloat)
                number(isBelow ? -0.05F : 0.03F);
            else
                number(static_cast<std::uint16_t>(isBelow ? 0xAA66 : 0x27AE));  // the same, as halves
        }
    }

    std::string bytes_;
    std::size_t lastTensor_ = 0;
};

}  // namespace ninja3cx::transcription::testing
