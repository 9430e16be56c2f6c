#pragma once

#include "server/analysis/model/vocabulary.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ninja3cx::analysis {

/// Some linear models over the same features. A weight is a byte; each head has its scale.
struct LinearLayer {
    std::size_t heads = 0;
    std::vector<std::int8_t> weights;  // by feature, then by head
    std::vector<float> scales;         // by head: weight = byte * scale
    std::vector<float> biases;         // by head

    float weight(std::uint32_t feature, std::size_t head) const {
        return static_cast<float>(weights[feature * heads + head]) * scales[head];
    }
    /// The margin of each head: above 0 is yes.
    std::vector<float> margins(const Vector& vector) const;
};

/// `weights` by feature, then by head.
LinearLayer quantised(std::span<const float> weights, std::vector<float> biases);

/// A margin as a probability.
float probability(float margin);

}  // namespace ninja3cx::analysis
