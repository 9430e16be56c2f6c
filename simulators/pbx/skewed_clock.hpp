#pragma once

#include "shared/core/clock.hpp"
#include "simulators/pbx/profile.hpp"

namespace ninja3cx::simulators {

/// The date as the PBX has it; its durations are right.
class SkewedClock final : public Clock {
public:
    SkewedClock(const Clock& clock, const Profile& profile) : clock_(clock), profile_(profile) {}
    SystemTime now() const override {
        return clock_.now() +
               std::chrono::milliseconds{static_cast<std::int64_t>(profile_.clockSkewS * 1000.0)};
    }
    SteadyTime steady() const override { return clock_.steady(); }

private:
    const Clock& clock_;
    const Profile& profile_;
};

}  // namespace ninja3cx::simulators
