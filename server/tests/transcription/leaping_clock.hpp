#pragma once

#include "shared/core/clock.hpp"

#include <atomic>
#include <chrono>

namespace ninja3cx::transcription {

/// Real time until it is stopped, and what a test adds to it. Any thread.
class LeapingClock final : public Clock {
public:
    SystemTime now() const override { return (isStopped_ ? stoppedNow_ : real_.now()) + leapt_.load(); }
    SteadyTime steady() const override { return (isStopped_ ? stopped_ : real_.steady()) + leapt_.load(); }
    /// From here on it only leaps. Before anybody else looks.
    void stop() {
        stoppedNow_ = real_.now();
        stopped_ = real_.steady();
        isStopped_ = true;
    }
    void leap(std::chrono::milliseconds by) { leapt_ = leapt_.load() + by; }

private:
    RealClock real_;
    SystemTime stoppedNow_{};
    SteadyTime stopped_{};
    std::atomic<bool> isStopped_{false};
    std::atomic<std::chrono::milliseconds> leapt_{};
};

}  // namespace ninja3cx::transcription
