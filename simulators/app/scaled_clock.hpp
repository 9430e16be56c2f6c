#pragma once

#include "shared/core/clock.hpp"

#include <chrono>

namespace ninja3cx::simulators {

/// A clock that runs `speed` times as fast as another one from now on.
class ScaledClock final : public Clock {
public:
    ScaledClock(const Clock& real, double speed)
        : real_(real), speed_(speed), origin_(real.now()), steadyOrigin_(real.steady()) {}

    SystemTime now() const override { return origin_ + scaled(real_.now() - origin_); }
    SteadyTime steady() const override { return steadyOrigin_ + scaled(real_.steady() - steadyOrigin_); }
    /// The moment when both clocks showed the same.
    SystemTime origin() const { return origin_; }

private:
    std::chrono::milliseconds scaled(std::chrono::milliseconds passed) const {
        return std::chrono::milliseconds{
            static_cast<std::int64_t>(static_cast<double>(passed.count()) * speed_)};
    }

    const Clock& real_;
    const double speed_;
    const SystemTime origin_;
    const SteadyTime steadyOrigin_;
};

}  // namespace ninja3cx::simulators
