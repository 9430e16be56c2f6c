#pragma once

#include "shared/core/clock.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>

namespace ninja3cx::simulators {

/// What is to happen, in order of time. While something happens, "now" is the moment it was due, so a late
/// `run` makes nothing drift.
class Timeline {
public:
    /// All delays are divided by `speed`.
    Timeline(const Clock& clock, double speed) : clock_(clock), speed_(speed) {}

    SteadyTime now() const { return happening_.value_or(clock_.steady()); }
    /// `delay` may be negative: due at once, but before what is due later.
    void after(std::chrono::milliseconds delay, std::function<void()> action);
    /// Of real time, not divided; never before `now`.
    void atMoment(SteadyTime moment, std::function<void()> action);
    std::chrono::milliseconds scaled(std::chrono::milliseconds delay) const;
    /// How many seconds of a script lie between two moments.
    double scriptSeconds(SteadyTime from, SteadyTime to) const;

    /// Everything that is due by the clock's time, in order.
    void run();
    std::optional<SteadyTime> nextDue() const;

private:
    const Clock& clock_;
    const double speed_;
    std::multimap<SteadyTime, std::function<void()>> due_;  // of one moment: in the order they were added
    std::optional<SteadyTime> happening_;
};

inline std::chrono::milliseconds seconds(double s) {
    return std::chrono::milliseconds{static_cast<std::int64_t>(s * 1000.0)};
}

}  // namespace ninja3cx::simulators
