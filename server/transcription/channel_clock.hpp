#pragma once

#include <cstddef>
#include <cstdint>

namespace ninja3cx::transcription {

/// Where the pieces of a channel lie in the call. The one rule for all who place sound.
///  - Where a piece lies ahead of the samples so far by more than 40 ms there was silence; a smaller difference is
///    the rounding of a clock.
///  - Where it lies behind them by more than 500 ms another program repeats what was heard: that is left out until
///    its clock has caught up.
class ChannelClock {
public:
    static constexpr std::int64_t kLatestMs = std::int64_t{7} * 24 * 3600 * 1000;  // no call goes further

    struct Place {
        std::int64_t silence = 0;   // samples that nobody sent before it
        std::int64_t repeated = 0;  // of its samples: heard before
    };
    /// Moves on over the piece.
    Place place(std::int64_t callClockMs, std::size_t samples);
    /// Samples since the answer of the call.
    std::int64_t position() const { return position_; }

private:
    std::int64_t position_ = 0;
    bool isRepeating_ = false;
};

}  // namespace ninja3cx::transcription
