#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::bench {

/// Pairs of places with the same word, in the order of both, as many as there can be.
std::vector<std::pair<std::size_t, std::size_t>> alignWords(const std::vector<std::string>& one,
                                                            const std::vector<std::string>& other);

}  // namespace ninja3cx::bench
