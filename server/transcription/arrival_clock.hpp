#pragma once

#include "shared/core/clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace ninja3cx::transcription {

/// Of a piece of sound.
struct Arrival {
    SteadyTime heardAt{};  // would have come had nothing held it up: its reader waits from then on
    SteadyTime cameAt{};   // could be worked on: what this machine takes counts from then on
    bool operator==(const Arrival&) const = default;
};

/// When the sound of one call would have come had nothing held it up: a stalled server, a network that was away, an agent
/// that delivers what it kept. Known from the call's clock, against the least delay that was seen; a device whose clock is slow is
/// forgiven 0.2 ms in each second. Not thread-safe.
///
/// Replays: what comes faster than real time is the least delayed so far and counts from its arrival.
class ArrivalClock {
public:
    /// `untilMs`: of the call's clock, at the end of what has just come. Not after `now`.
    SteadyTime heardAt(std::int64_t untilMs, SteadyTime now) {
        const std::chrono::milliseconds until{untilMs};
        const Exact origin{now - until};
        if (origin_) *origin_ += std::chrono::microseconds{now - seenAt_} / kForgives;
        origin_ = origin_ ? std::min(*origin_, origin) : origin;
        seenAt_ = now;
        return std::chrono::floor<std::chrono::milliseconds>(*origin_ + until);
    }

private:
    static constexpr int kForgives = 5'000;

    using Exact = std::chrono::time_point<SteadyTime::clock, std::chrono::microseconds>;

    std::optional<Exact> origin_;  // of the call's clock
    SteadyTime seenAt_{};
};

}  // namespace ninja3cx::transcription
