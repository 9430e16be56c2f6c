#include "bench/uplink/pattern_source.hpp"

#include "bench/uplink/frame_pattern.hpp"

#include <utility>

namespace ninja3cx::bench {

using protocol::Speaker;

PatternSource::PatternSource(boost::asio::any_io_executor executor, const Clock& clock, std::size_t agent,
                             std::chrono::milliseconds length)
    : clock_(clock),
      agent_(agent),
      wanted_(static_cast<std::uint64_t>(length / kPiece)),
      timer_(std::move(executor)) {}

PatternSource::~PatternSource() {
    stop();
}

void PatternSource::start(std::chrono::milliseconds callClock, OnSamples onSamples) {
    onSamples_ = std::move(onSamples);
    callClock_ = callClock;
    startedAt_ = clock_.steady();
    framesAtStart_ = frames_;
    ++run_;
    waitNext();
}

/// Nobody pauses here: what was captured would no longer be numbered as the frames are.
void PatternSource::setPaused(bool /*isPaused*/) {}

void PatternSource::stop() {
    ++run_;
    onSamples_ = nullptr;
    timer_.cancel();
}

bool PatternSource::isOver() const {
    return frames_ >= wanted_;
}

void PatternSource::waitNext() {
    timer_.expires_after(kPiece);
    timer_.async_wait([this, run = run_](boost::system::error_code cancelled) {
        if (cancelled || run != run_) return;
        makeDue();
        if (run == run_ && !isOver()) waitNext();
    });
}

/// As many as the time gives: a busy machine captures late, and all the same.
void PatternSource::makeDue() {
    const auto due = static_cast<std::uint64_t>((clock_.steady() - startedAt_) / kPiece) + framesAtStart_;
    const std::uint64_t run = run_;
    while (run == run_ && frames_ < due && !isOver()) {
        const std::uint64_t sequence = frames_++;
        const auto at = callClock_ + kPiece * static_cast<std::int64_t>(sequence - framesAtStart_);
        for (const Speaker channel : {Speaker::Agent, Speaker::Customer})
            onSamples_(channel, at.count(), patternOf(agent_, channel, sequence));
    }
}

}  // namespace ninja3cx::bench
