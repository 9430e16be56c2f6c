#include "server/analysis/live/mood.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ninja3cx::analysis {
namespace {

constexpr std::int64_t kWindowMs = 30'000;
constexpr float kShown = 0.5F;  // the probability from which a text shows a mood
constexpr double kHalvedAfterMs = 15'000;
constexpr double kClear = 0.3;       // of -1 to 1
constexpr double kNoticeable = 0.4;  // between two windows

/// -1 to 1; nothing where the customer was silent.
std::optional<double> leaning(std::int64_t nowMs, std::span<const MoodSign> signs) {
    double sum = 0;
    double weights = 0;
    bool hasSpoken = false;
    for (const MoodSign& sign : signs) {
        if (sign.endMs > nowMs || sign.endMs <= nowMs - kWindowMs) continue;
        hasSpoken = true;
        if (std::max(sign.unhappy, sign.happy) < kShown) continue;
        const double weight = std::exp2(-static_cast<double>(nowMs - sign.endMs) / kHalvedAfterMs);
        sum += weight * static_cast<double>(sign.happy - sign.unhappy);
        weights += weight;
    }
    if (!hasSpoken) return std::nullopt;
    return weights == 0 ? 0 : sum / weights;
}

}  // namespace

Mood moodAt(std::int64_t nowMs, std::span<const MoodSign> signs) {
    Mood mood;
    const auto present = leaning(nowMs, signs);
    const auto before = leaning(nowMs - kWindowMs, signs);
    if (!present) return mood;
    if (*present <= -kClear) mood.mood = protocol::Sentiment::Negative;
    if (*present >= kClear) mood.mood = protocol::Sentiment::Positive;
    if (!before) return mood;
    if (*present - *before <= -kNoticeable) mood.trend = protocol::MoodTrend::Falling;
    if (*present - *before >= kNoticeable) mood.trend = protocol::MoodTrend::Rising;
    return mood;
}

}  // namespace ninja3cx::analysis
