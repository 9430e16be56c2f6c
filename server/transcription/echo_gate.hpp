#pragma once

#include "server/transcription/channel_clock.hpp"
#include "server/transcription/echo_guard.hpp"
#include "shared/core/clock.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <utility>
#include <vector>

namespace ninja3cx::transcription {

/// Stands before the StreamCutter of the agent's channel: brings both channels of a call to the same clock and
/// takes the customer's voice out of the agent's microphone (EchoGuard). What comes out is fed to that cutter
/// instead of what came in; the customer's cutter is fed as ever.
///
/// State:   depends on the samples and their call clock, and on the order in which the pieces of the two channels
///          arrive only where one is more than a second late.
/// Waiting: a near-end window waits until the far end has come to its end, for at most one second of near-end
///          sound. A far end that sends nothing is not waited for until it sends again, and none that is closed.
/// Streams: a channel that ended may be opened again; it then begins with a clock of its own, as its cutter does.
///          For a call of which nothing is open any more a new gate is made.
/// Threads: one at a time.
class EchoGate {
public:
    struct Piece {
        std::int64_t callClockMs = 0;
        std::vector<std::int16_t> samples;
        SteadyTime heardAt{};  // Arrival::heardAt of its sound, before it waited here
    };

    /// Samples of the near end, on the clock of the call.
    struct Stretch {
        std::int64_t start = 0;
        std::int64_t end = 0;
        bool operator==(const Stretch&) const = default;
    };

    void openFar() { isFarOpen_ = true; }
    void feedFar(std::int64_t callClockMs, std::span<const std::int16_t> samples, std::vector<Piece>& out);
    void finishFar(std::vector<Piece>& out);
    void feedNear(std::int64_t callClockMs, std::span<const std::int16_t> samples, SteadyTime heardAt,
                  std::vector<Piece>& out);
    /// All that waits. The next near end begins anew.
    void finishNear(std::vector<Piece>& out);

    /// What came in and has not come out: where a step throws, that is lost, and nothing else. What such a step
    /// has appended is whole.
    Stretch held() const;
    /// After a step that threw: begins anew, without what it held.
    void forget();

    EchoFigure echo() const { return guard_.figure(); }
    /// Samples of the near end that were left out because they repeat what was heard; those are told of.
    std::int64_t takeLeftOut() { return std::exchange(leftOut_, 0); }

private:
    struct Window {
        std::int64_t index = 0;  // from the answer of the call
        std::array<std::int16_t, kWindow> samples{};
    };
    /// One channel, cut into windows at whole multiples of kWindow.
    struct Channel {
        ChannelClock clock;
        std::vector<std::int16_t> partial;
        std::int64_t nextIndex = 0;
        std::deque<Window> windows;

        /// Returns how many samples repeat what was heard.
        std::int64_t feed(std::int64_t callClockMs, std::span<const std::int16_t> samples);
        void push(std::span<const std::int16_t> samples);
        void pushSilence(std::int64_t samples);
    };

    bool isFarThere(const Window& near) const;
    void work(bool isEnd, std::vector<Piece>& out);
    void give(std::vector<Piece>& out);

    Channel near_;
    SteadyTime heardAt_{};                  // the last piece of the near end …
    std::deque<SteadyTime> windowHeardAt_;  // … and of its windows, that with their last sample
    Channel far_;
    EchoGuard guard_;
    struct Place {
        std::int64_t index = 0;
        SteadyTime heardAt{};
    };
    std::deque<Place> inGuard_;  // the windows that it has not given back
    std::vector<GuardedWindow> guarded_;
    bool isFarOpen_ = false;
    bool isFarAwaited_ = true;
    std::int64_t next_ = 0;  // the window that the guard expects
    std::int64_t leftOut_ = 0;
};

}  // namespace ninja3cx::transcription
