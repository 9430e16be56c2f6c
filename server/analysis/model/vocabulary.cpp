#include "server/analysis/model/vocabulary.hpp"

#include <algorithm>
#include <cmath>

namespace ninja3cx::analysis {
namespace {

constexpr unsigned kUpperBits = 12;

std::size_t upper(std::uint64_t key) {
    return static_cast<std::size_t>(key >> (64U - kUpperBits));
}

}  // namespace

Vocabulary::Vocabulary(std::vector<std::uint64_t> keys)
    : keys_{std::move(keys)}, firstOf_((std::size_t{1} << kUpperBits) + 1) {
    for (const std::uint64_t key : keys_) ++firstOf_[upper(key) + 1];
    for (std::size_t i = 1; i < firstOf_.size(); ++i) firstOf_[i] += firstOf_[i - 1];
}

std::optional<std::uint32_t> Vocabulary::find(std::uint64_t key) const {
    const std::uint32_t end = firstOf_[upper(key) + 1];
    for (std::uint32_t at = firstOf_[upper(key)]; at < end; ++at)
        if (keys_[at] == key) return at;
    return std::nullopt;
}

Counts countsOf(const Vocabulary& vocabulary, std::span<const Piece> pieces) {
    std::vector<std::uint32_t> features;
    features.reserve(pieces.size());
    for (const Piece& piece : pieces)
        if (const auto feature = vocabulary.find(piece.key)) features.push_back(*feature);
    std::sort(features.begin(), features.end());
    Counts counts;
    for (const std::uint32_t feature : features) {
        if (counts.empty() || counts.back().feature != feature) counts.push_back({feature, 0});
        ++counts.back().times;
    }
    return counts;
}

void addTo(Counts& sum, const Counts& more) {
    Counts both;
    both.reserve(sum.size() + more.size());
    auto a = sum.begin();
    auto b = more.begin();
    while (a != sum.end() || b != more.end()) {
        if (b == more.end() || (a != sum.end() && a->feature < b->feature))
            both.push_back(*a++);
        else if (a == sum.end() || b->feature < a->feature)
            both.push_back(*b++);
        else {
            both.push_back({a->feature, a->times + b->times});
            ++a;
            ++b;
        }
    }
    sum = std::move(both);
}

Vector weigh(const Vocabulary& vocabulary, const Counts& counts, std::span<const float> rarity) {
    Vector vector;
    vector.reserve(counts.size());
    float squares[2] = {0, 0};
    for (const Count& count : counts) {
        const float value = (1.0F + std::log(static_cast<float>(count.times))) * rarity[count.feature];
        if (value == 0.0F) continue;
        vector.push_back({count.feature, value});
        squares[isLetters(vocabulary.key(count.feature)) ? 1 : 0] += value * value;
    }
    for (Weighted& weighted : vector)
        weighted.value /= std::sqrt(squares[isLetters(vocabulary.key(weighted.feature)) ? 1 : 0]);
    return vector;
}

}  // namespace ninja3cx::analysis
