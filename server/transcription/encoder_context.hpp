#pragma once

#include <algorithm>

namespace ninja3cx::transcription {

/// Frames that the encoder works on for `seconds` of sound, of the 1500 of its whole window.
struct ContextFit {
    int reserve = 128;  // Whisper gets confused where the context ends with the speech
    int step = 16;
    int least = 256;

    constexpr int operator()(double seconds, int whole) const {
        constexpr int kFramesPerSecond = 50;
        const int fitted = (static_cast<int>(kFramesPerSecond * seconds) + reserve + step - 1) / step * step;
        return std::clamp(fitted, std::min(least, whole), whole);
    }
};

/// Of an utterance.
inline constexpr ContextFit fittedContext{};
/// Of speech that goes on: it is cut off within a word anyway, and comes again soon.
inline constexpr ContextFit partialContext{48, 16, 112};

}  // namespace ninja3cx::transcription
