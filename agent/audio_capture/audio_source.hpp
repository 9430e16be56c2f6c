#pragma once

#include "shared/protocol/audio_frame.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace ninja3cx::agent {

/// 100 ms of one channel, 16 kHz.
struct CapturedPiece {
    protocol::Speaker channel{};
    std::int64_t callClockMs = 0;   // where its first sample lies on the call's clock, by this computer's
    std::int64_t deviceTimeUs = 0;  // the same by the capturing device's clock, from any moment on; 0 unknown
    std::vector<std::int16_t> samples;
};

/// Where the two sides of a call come from: devices or, for terminals and tests, a file.
/// Open only between `start` and `stop`: nothing is captured outside a connected call.
class AudioSource {
public:
    using OnPiece = std::function<void(CapturedPiece)>;

    static constexpr std::chrono::milliseconds kPiece{100};
    static constexpr std::size_t kPieceSamples = 1600;

    virtual ~AudioSource() = default;
    /// Begins at this moment of the call; it is 0 unless the program came late to the call.
    virtual void start(std::chrono::milliseconds callClock, OnPiece onPiece) = 0;
    /// While paused nothing is captured; the call's clock runs on.
    virtual void setPaused(bool isPaused) = 0;
    virtual void stop() = 0;
};

}  // namespace ninja3cx::agent
