#pragma once

#include "server/transcription/decode_pool.hpp"

#include <chrono>
#include <cstddef>
#include <optional>

namespace ninja3cx::transcription {

/// What the workers were doing for a while.
struct Load {
    double busyShare = 0;      // of the workers' time, 0 to 1
    int shedPartials = 0;      // came too late
    bool isFinalLate = false;  // a final text waits, or came, beyond its deadline
};

/// Between two observations of a pool, `time` apart.
Load loadBetween(const PoolFigures& before, const PoolFigures& after, std::chrono::milliseconds time,
                 std::size_t workers);

/// How often text is shown while somebody speaks: as often as the machine carries it. Pure. Under load the step
/// between two partials grows first, then there are none; finals have the machine. Afterwards it comes back
/// more slowly than it went, so that it does not swing.
class PartialPace {
public:
    using Step = std::optional<std::chrono::milliseconds>;  // absent: no partials

    static constexpr std::chrono::milliseconds kLongest{2'700};
    static constexpr double kHigh =
        0.93;  // of the workers' time: more leaves no room for what comes together
    static constexpr double kLow = 0.80;
    static constexpr int kCalmBefore = 4;  // calm observations before the step shrinks

    explicit PartialPace(std::chrono::milliseconds shortest) : shortest_{shortest}, step_{shortest} {}

    /// One observation a second or so.
    Step observe(const Load& load);
    Step step() const { return step_; }

private:
    std::chrono::milliseconds shortest_;
    Step step_;
    int calm_ = 0;
};

}  // namespace ninja3cx::transcription
