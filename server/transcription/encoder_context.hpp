#pragma once

#include <algorithm>

namespace ninja3cx::transcription {

/// Frames that the encoder works on for an utterance, of the 1500 of its whole window: what was said, and a reserve,
/// because Whisper gets confused where the context ends with the speech.
constexpr int fittedContext(double seconds, int whole) {
    constexpr int kFramesPerSecond = 50;
    constexpr int kReserve = 128;
    constexpr int kStep = 64;
    constexpr int kLeast = 256;
    const int fitted = (static_cast<int>(kFramesPerSecond * seconds) + kReserve + kStep - 1) / kStep * kStep;
    return std::clamp(fitted, std::min(kLeast, whole), whole);
}

}  // namespace ninja3cx::transcription
