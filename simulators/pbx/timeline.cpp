#include "simulators/pbx/timeline.hpp"

#include <algorithm>

namespace ninja3cx::simulators {

std::chrono::milliseconds Timeline::scaled(std::chrono::milliseconds delay) const {
    return std::chrono::milliseconds{static_cast<std::int64_t>(static_cast<double>(delay.count()) / speed_)};
}

double Timeline::scriptSeconds(SteadyTime from, SteadyTime to) const {
    return static_cast<double>((to - from).count()) * speed_ / 1000.0;
}

void Timeline::after(std::chrono::milliseconds delay, std::function<void()> action) {
    due_.emplace(now() + scaled(delay), std::move(action));
}

void Timeline::atMoment(SteadyTime moment, std::function<void()> action) {
    due_.emplace(std::max(moment, now()), std::move(action));
}

void Timeline::run() {
    while (!due_.empty() && due_.begin()->first <= clock_.steady()) {
        auto next = due_.extract(due_.begin());
        happening_ = next.key();
        next.mapped()();
        happening_.reset();
    }
}

std::optional<SteadyTime> Timeline::nextDue() const {
    if (due_.empty()) return std::nullopt;
    return due_.begin()->first;
}

}  // namespace ninja3cx::simulators
