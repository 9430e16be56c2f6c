#include "server/analysis/training/logistic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace ninja3cx::analysis::training {
namespace {

/// Heads are handled eight at a time: a length that the compiler knows becomes vector instructions.
constexpr std::size_t kBlock = 8;
using Block = std::array<float, kBlock>;

float sigmoid(float z) {
    return 1.0F / (1.0F + std::exp(-z));
}

/// The share of its cost that an example has in the weights, and the logit of that share.
struct Dual {
    float share = 0;
    float logit = 0;
};

/// One example, one head: the share a in (0, cost) with ln(a / (cost - a)) + margin + square * (a - old) = 0.
Dual solve(const Dual& old, float cost, float margin, float square) {
    float low = -margin - square * (cost - old.share);
    float high = -margin + square * old.share;
    float z = std::clamp(old.logit, low, high);
    float s = sigmoid(z);
    for (int round = 0; round < 4; ++round) {
        const float f = z + margin + square * (cost * s - old.share);
        (f > 0 ? high : low) = z;
        float next = z - f / (1.0F + square * cost * s * (1.0F - s));
        if (!(next > low && next < high)) next = 0.5F * (low + high);
        const bool isNear = std::abs(next - z) < 1e-3F;
        z = next;
        s = sigmoid(z);
        if (isNear) break;
    }
    return {cost * s, z};
}

/// As std::shuffle, but the same with every standard library.
void shuffle(std::vector<std::size_t>& order, std::mt19937_64& random) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
}

}  // namespace

Weights trainLogistic(const Lessons& lessons, const std::vector<std::size_t>& from, int passes) {
    const std::size_t blocks = (lessons.heads + kBlock - 1) / kBlock;
    std::vector<Block> weights((lessons.features + 1) * blocks, Block{});  // the last feature is the bias
    std::vector<Dual> duals(lessons.examples.size() * lessons.heads);
    std::vector<Block> sums(blocks);
    std::vector<std::size_t> order = from;
    std::mt19937_64 random{20261129};

    for (int pass = 0; pass < passes; ++pass) {
        shuffle(order, random);
        for (const std::size_t example : order) {
            const Vector& vector = lessons.examples[example];
            float square = 1.0F;
            std::copy_n(&weights[lessons.features * blocks], blocks, sums.begin());
            for (const Weighted& weighted : vector) {
                square += weighted.value * weighted.value;
                const Block* row = &weights[weighted.feature * blocks];
                for (std::size_t block = 0; block < blocks; ++block)
                    for (std::size_t i = 0; i < kBlock; ++i) sums[block][i] += weighted.value * row[block][i];
            }
            for (std::size_t head = 0; head < blocks * kBlock; ++head) {
                float& sum = sums[head / kBlock][head % kBlock];
                const std::size_t at = example * lessons.heads + head;
                if (head >= lessons.heads || lessons.lessons[at].cost == 0.0F) {
                    sum = 0;
                    continue;
                }
                const float sign = lessons.lessons[at].isYes ? 1.0F : -1.0F;
                const Dual next = solve(duals[at], lessons.lessons[at].cost, sign * sum, square);
                sum = sign * (next.share - duals[at].share);
                duals[at] = next;
            }
            const auto learn = [&](std::size_t feature, float value) {
                Block* row = &weights[feature * blocks];
                for (std::size_t block = 0; block < blocks; ++block)
                    for (std::size_t i = 0; i < kBlock; ++i) row[block][i] += value * sums[block][i];
            };
            for (const Weighted& weighted : vector) learn(weighted.feature, weighted.value);
            learn(lessons.features, 1.0F);
        }
    }
    Weights trained;
    trained.heads = lessons.heads;
    for (std::size_t feature = 0; feature <= lessons.features; ++feature)
        for (std::size_t head = 0; head < lessons.heads; ++head)
            (feature == lessons.features ? trained.biases : trained.weights)
                .push_back(weights[feature * blocks + head / kBlock][head % kBlock]);
    return trained;
}

}  // namespace ninja3cx::analysis::training
