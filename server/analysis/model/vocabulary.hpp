#pragma once

#include "server/analysis/model/pieces.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ninja3cx::analysis {

/// The pieces that a model knows, numbered from 0.
class Vocabulary {
public:
    Vocabulary() : Vocabulary(std::vector<std::uint64_t>{}) {}
    /// `keys` ascend, each once.
    explicit Vocabulary(std::vector<std::uint64_t> keys);

    std::optional<std::uint32_t> find(std::uint64_t key) const;
    std::size_t size() const { return keys_.size(); }
    std::uint64_t key(std::uint32_t feature) const { return keys_[feature]; }
    std::span<const std::uint64_t> keys() const { return keys_; }

private:
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> firstOf_;  // by a key's upper bits: where such keys begin
};

struct Count {
    std::uint32_t feature = 0;
    std::uint32_t times = 0;
    bool operator==(const Count&) const = default;
};
/// How often each known piece was said; features ascend. Those of turns add up to those of the call.
using Counts = std::vector<Count>;

Counts countsOf(const Vocabulary& vocabulary, std::span<const Piece> pieces);
void addTo(Counts& sum, const Counts& more);

struct Weighted {
    std::uint32_t feature = 0;
    float value = 0;
};
using Vector = std::vector<Weighted>;

/// 1 + ln(times), multiplied by how rare the piece is; words and letters each have length 1 then, so that long
/// turns do not shout.
Vector weigh(const Vocabulary& vocabulary, const Counts& counts, std::span<const float> rarity);

}  // namespace ninja3cx::analysis
