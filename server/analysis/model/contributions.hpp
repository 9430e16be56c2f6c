#pragma once

#include "server/analysis/model/model.hpp"

#include <span>
#include <vector>

namespace ninja3cx::analysis {

/// How much each word of a turn speaks for a head of the turns: what the pieces that it is in add to the margin.
/// Two words in a row share what they say together.
std::vector<float> contributionsOf(const Model& model, bool isAgent, std::span<const Word> words,
                                   std::size_t turnHead);

}  // namespace ninja3cx::analysis
