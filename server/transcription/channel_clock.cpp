#include "server/transcription/channel_clock.hpp"

#include "shared/audio/pcm.hpp"

#include <algorithm>

namespace ninja3cx::transcription {
namespace {

constexpr std::int64_t kClockRounding = std::int64_t{40} * audio::kSamplesPerMs;
constexpr std::int64_t kRepetition =
    std::int64_t{500} * audio::kSamplesPerMs;  // more than a drifting clock is behind

}  // namespace

ChannelClock::Place ChannelClock::place(std::int64_t callClockMs, std::size_t samples) {
    const std::int64_t wanted = std::clamp<std::int64_t>(callClockMs, 0, kLatestMs) * audio::kSamplesPerMs;
    Place place;
    if (const std::int64_t gap = wanted - position_; gap > kClockRounding) place.silence = gap;
    position_ += place.silence;
    const std::int64_t behind = position_ - wanted;
    isRepeating_ = behind > (isRepeating_ ? 0 : kRepetition);
    if (isRepeating_) place.repeated = std::min(behind, static_cast<std::int64_t>(samples));
    position_ += static_cast<std::int64_t>(samples) - place.repeated;
    return place;
}

}  // namespace ninja3cx::transcription
