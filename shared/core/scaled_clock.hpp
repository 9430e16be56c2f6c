#pragma once

#include "shared/core/clock.hpp"

#include <chrono>
#include <cstdint>

namespace ninja3cx {

/// A clock that runs `speed` times as fast as another one, and showed the same date at `origin`. Programs on one
/// machine that were given the same speed and origin see the same date and the same steady time.
class ScaledClock final : public Clock {
public:
    ScaledClock(const Clock& real, double speed, SystemTime origin)
        : real_(real), speed_(speed), origin_(origin) {}
    /// From now on.
    ScaledClock(const Clock& real, double speed) : ScaledClock(real, speed, real.now()) {}

    SystemTime now() const override { return origin_ + scaled(real_.now() - origin_); }
    SteadyTime steady() const override { return SteadyTime{scaled(real_.steady().time_since_epoch())}; }
    SystemTime origin() const { return origin_; }

private:
    std::chrono::milliseconds scaled(std::chrono::milliseconds passed) const {
        return std::chrono::milliseconds{
            static_cast<std::int64_t>(static_cast<double>(passed.count()) * speed_)};
    }

    const Clock& real_;
    const double speed_;
    const SystemTime origin_;
};

}  // namespace ninja3cx
