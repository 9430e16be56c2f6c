#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

namespace ninja3cx::audio {

/// The one sample rate behind the border of this folder.
inline constexpr int kRateHz = 16'000;
inline constexpr std::int64_t kSamplesPerMs = kRateHz / 1000;

constexpr std::int64_t inSamples(std::chrono::milliseconds time) {
    return time.count() * kSamplesPerMs;
}

/// Sound as one sample list for each channel, all of the same length, 16 kHz, 16 bit.
struct Pcm {
    std::vector<std::vector<std::int16_t>> channels;

    std::int64_t durationMs() const {
        return channels.empty() ? 0 : static_cast<std::int64_t>(channels.front().size()) / kSamplesPerMs;
    }
    bool operator==(const Pcm&) const = default;
};

/// -1…1 to 16 bit; beyond that range it clips, and what is not a number is silence.
inline std::int16_t toInt16(float sample) {
    if (!(sample == sample)) return 0;
    return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
}
inline float toFloat(std::int16_t sample) {
    return static_cast<float>(sample) / 32768.0F;
}

}  // namespace ninja3cx::audio
