#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace ninja3cx::analysis {

/// What is kept of one head's probabilities over the turns of a call.
enum class Aspect { Highest, TopThree, FirstThird, LastThird };
inline constexpr std::array kAspects = {Aspect::Highest, Aspect::TopThree, Aspect::FirstThird,
                                        Aspect::LastThird};

/// The call as its turns were judged, by head, then by aspect; the last one is ln(turns).
/// `turns`: the probabilities of each turn by head.
std::vector<float> summaryOf(std::span<const std::vector<float>> turns, std::size_t heads);

constexpr std::size_t summarySize(std::size_t heads) {
    return heads * kAspects.size() + 1;
}

/// The turns that `aspect` of `head` comes from.
std::vector<std::size_t> turnsBehind(std::span<const std::vector<float>> turns, std::size_t head,
                                     Aspect aspect);

}  // namespace ninja3cx::analysis
