#pragma once

#include "shared/protocol/records.hpp"

#include <cstdint>
#include <span>

namespace ninja3cx::analysis {

/// What one text of the customer says of their mood.
struct MoodSign {
    std::int64_t endMs = 0;  // call clock
    float unhappy = 0;       // probabilities
    float happy = 0;
};

struct Mood {
    protocol::Sentiment mood = protocol::Sentiment::Neutral;
    protocol::MoodTrend trend = protocol::MoodTrend::Steady;
};

/// The mood of the 30 s before `nowMs`, and how it stands to that of the 30 s before them. Texts that show neither side
/// do not thin out those that do, and what was said last counts most. Where one of the two was silent, the trend is
/// steady: there is nothing to compare.
Mood moodAt(std::int64_t nowMs, std::span<const MoodSign> signs);

}  // namespace ninja3cx::analysis
