#pragma once

#include "shared/protocol/records.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace ninja3cx::protocol {

/// Of one call. Beyond it the two that are nearest to each other are told as one.
inline constexpr std::size_t kMostGaps = 500;
/// A frame between two that are lost holds no word.
inline constexpr std::int64_t kNearGapMs = 100;

/// The list stays in order, its gaps further apart than `kNearGapMs`; what it knows already changes nothing.
inline void addGap(std::vector<AudioGap>& gaps, AudioGap gap) {
    const auto first = std::ranges::find_if(
        gaps, [&](const AudioGap& known) { return known.endMs + kNearGapMs >= gap.startMs; });
    auto last = first;
    for (; last != gaps.end() && last->startMs - kNearGapMs <= gap.endMs; ++last) {
        gap.startMs = std::min(gap.startMs, last->startMs);
        gap.endMs = std::max(gap.endMs, last->endMs);
    }
    gaps.insert(gaps.erase(first, last), gap);
    if (gaps.size() <= kMostGaps) return;
    auto nearest = gaps.begin();
    for (auto one = gaps.begin(); one + 1 != gaps.end(); ++one)
        if ((one + 1)->startMs - one->endMs < (nearest + 1)->startMs - nearest->endMs) nearest = one;
    nearest->endMs = (nearest + 1)->endMs;
    gaps.erase(nearest + 1);
}

inline std::int64_t totalMs(const std::vector<AudioGap>& gaps) {
    std::int64_t total = 0;
    for (const AudioGap& gap : gaps) total += gap.endMs - gap.startMs;
    return total;
}

}  // namespace ninja3cx::protocol
