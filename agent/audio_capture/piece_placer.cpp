#include "agent/audio_capture/piece_placer.hpp"

#include "shared/protocol/audio_frame.hpp"

#include <algorithm>

namespace ninja3cx::agent {
namespace {

constexpr std::int64_t kSamplesPerMs = protocol::kSampleRateHz / 1000;

bool isSilent(std::span<const std::int16_t> samples) {
    return std::all_of(samples.begin(), samples.end(), [](int sample) {
        return sample >= -PiecePlacer::kSilentPeak && sample <= PiecePlacer::kSilentPeak;
    });
}

}  // namespace

std::optional<std::int64_t> PiecePlacer::place(std::int64_t callClockMs,
                                               std::span<const std::int16_t> samples) {
    const std::int64_t clock = callClockMs * kSamplesPerMs;
    const auto length = static_cast<std::int64_t>(samples.size());
    std::int64_t begin = end_.value_or(clock);
    if (clock - begin > kRoundingMs * kSamplesPerMs) begin = clock;
    if (begin - clock >= length && isSilent(samples)) return std::nullopt;
    end_ = begin + length;
    return begin / kSamplesPerMs;
}

}  // namespace ninja3cx::agent
