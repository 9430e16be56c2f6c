#pragma once

#include "shared/core/clock.hpp"

#include <algorithm>
#include <chrono>

namespace ninja3cx::language_model {

/// A model that fails three times in a row is left alone for a minute, then twice as long each time, a quarter of an
/// hour at most. After each pause a call tries it; one success closes the matter. Pure.
class CircuitBreaker {
public:
    static constexpr int kFailuresInARow = 3;
    static constexpr std::chrono::milliseconds kFirst{60'000};
    static constexpr std::chrono::milliseconds kLongest{900'000};

    bool mayAsk(SteadyTime now) const { return now >= until_; }
    bool isWell() const { return failures_ == 0; }
    void noteSuccess() {
        failures_ = 0;
        next_ = kFirst;
        until_ = {};
    }
    void noteFailure(SteadyTime now) {
        if (++failures_ < kFailuresInARow) return;
        until_ = now + next_;
        next_ = std::min(next_ * 2, kLongest);
    }

private:
    int failures_ = 0;
    std::chrono::milliseconds next_ = kFirst;
    SteadyTime until_{};
};

}  // namespace ninja3cx::language_model
