#include "server/analysis/model/linear_layer.hpp"

#include <algorithm>
#include <cmath>

namespace ninja3cx::analysis {

std::vector<float> LinearLayer::margins(const Vector& vector) const {
    std::vector<float> sums(heads, 0.0F);
    for (const Weighted& weighted : vector) {
        const std::int8_t* row = weights.data() + weighted.feature * heads;
        for (std::size_t head = 0; head < heads; ++head)
            sums[head] += weighted.value * static_cast<float>(row[head]);
    }
    for (std::size_t head = 0; head < heads; ++head) sums[head] = sums[head] * scales[head] + biases[head];
    return sums;
}

LinearLayer quantised(std::span<const float> weights, std::vector<float> biases) {
    LinearLayer layer;
    layer.heads = biases.size();
    layer.biases = std::move(biases);
    layer.scales.assign(layer.heads, 0.0F);
    for (std::size_t i = 0; i < weights.size(); ++i)
        layer.scales[i % layer.heads] = std::max(layer.scales[i % layer.heads], std::abs(weights[i]));
    for (float& scale : layer.scales) scale = scale == 0.0F ? 1.0F : scale / 127.0F;
    layer.weights.resize(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i)
        layer.weights[i] = static_cast<std::int8_t>(std::lround(weights[i] / layer.scales[i % layer.heads]));
    return layer;
}

float probability(float margin) {
    return 1.0F / (1.0F + std::exp(-margin));
}

}  // namespace ninja3cx::analysis
