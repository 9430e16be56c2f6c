#include "server/analysis/model/contributions.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

std::vector<float> contributionsOf(const Model& model, bool isAgent, std::span<const Word> words,
                                   std::size_t turnHead) {
    const std::vector<Piece> pieces = piecesOf(isAgent, words);
    const Counts counts = countsOf(model.vocabulary, pieces);
    const Vector vector = weigh(model.vocabulary, counts, model.turnRarity);
    std::vector<float> contributions(words.size(), 0.0F);
    for (const Piece& piece : pieces) {
        const auto feature = model.vocabulary.find(piece.key);
        if (!feature) continue;
        const auto weighted = std::ranges::lower_bound(vector, *feature, {}, &Weighted::feature);
        if (weighted == vector.end() || weighted->feature != *feature) continue;
        const auto count = std::ranges::lower_bound(counts, *feature, {}, &Count::feature);
        const float share = weighted->value * model.turnLayer.weight(*feature, turnHead) /
                            static_cast<float>(count->times * piece.wordCount);
        for (std::uint32_t i = 0; i < piece.wordCount; ++i) contributions[piece.firstWord + i] += share;
    }
    return contributions;
}

}  // namespace ninja3cx::analysis
