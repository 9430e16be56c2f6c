#pragma once

#include "agent/audio_capture/audio_source.hpp"
#include "shared/core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace ninja3cx::bench {

/// Both sides of one call in real time, as patternOf makes them, for a while. Threads: the executor's one.
class PatternSource final : public agent::AudioSource {
public:
    PatternSource(boost::asio::any_io_executor executor, const Clock& clock, std::size_t agent,
                  std::chrono::milliseconds length);
    ~PatternSource() override;
    PatternSource(const PatternSource&) = delete;
    PatternSource& operator=(const PatternSource&) = delete;

    void start(std::chrono::milliseconds callClock, OnSamples onSamples) override;
    void setPaused(bool isPaused) override;
    void stop() override;

    /// Of each channel, so far.
    std::uint64_t frames() const { return frames_; }
    bool isOver() const;

private:
    void waitNext();
    void makeDue();

    const Clock& clock_;
    const std::size_t agent_;
    const std::uint64_t wanted_;  // frames of each channel
    boost::asio::steady_timer timer_;
    std::uint64_t frames_ = 0;
    std::uint64_t framesAtStart_ = 0;
    SteadyTime startedAt_{};
    std::chrono::milliseconds callClock_{};
    OnSamples onSamples_;    // empty: stopped
    std::uint64_t run_ = 0;  // of waiting: a wait of an earlier one is nobody's
};

}  // namespace ninja3cx::bench
