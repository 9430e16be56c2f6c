#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace ninja3cx::agent {

/// Where one channel's pieces lie on the call's clock, though its device keeps another time than this computer.
///
/// Slow device, or a pause: a piece that comes more than kRoundingMs after the end of the one before lies where the
/// clock says; the server takes what is between for silence.
/// Fast device: a piece begins where the one before it ends, never earlier: what overlaps for long the server would
/// take for a repetition. What the device is ahead is regained in silence, where a piece is left out.
class PiecePlacer {
public:
    /// Where a piece that came at `callClockMs` begins. Nothing: it is to be left out.
    std::optional<std::int64_t> place(std::int64_t callClockMs, std::span<const std::int16_t> samples);

    static constexpr std::int64_t kRoundingMs = 40;  // as the server's
    static constexpr int kSilentPeak = 256;          // of 32767: what a line without a voice carries

private:
    std::optional<std::int64_t> end_;  // of the last piece, in samples of the call
};

}  // namespace ninja3cx::agent
