#pragma once

#include "shared/core/clock.hpp"

#include <atomic>
#include <chrono>

namespace ninja3cx::transcription {

/// Real time, and what a test adds to it. Any thread.
class LeapingClock final : public Clock {
public:
    SystemTime now() const override { return real_.now() + leapt_.load(); }
    SteadyTime steady() const override { return real_.steady() + leapt_.load(); }
    void leap(std::chrono::milliseconds by) { leapt_ = leapt_.load() + by; }

private:
    RealClock real_;
    std::atomic<std::chrono::milliseconds> leapt_{};
};

}  // namespace ninja3cx::transcription
