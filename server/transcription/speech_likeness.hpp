#pragma once

#include "server/transcription/sound_features.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ninja3cx::transcription {

/// What a window says about speech.
struct SpeechHint {
    bool isVoice = false;   // periodic, and neither a tone nor a held chord
    bool isSpeech = false;  // and its pitch glides, its level and its timbre change, as those of speech do
};

/// Tells speech from what else is loud, window by window. Noise has no pitch, a signal's tones and a chord keep
/// theirs, a siren and a fast melody change nothing but theirs; whoever speaks does none of that for long.
class SpeechHints {
public:
    SpeechHint push(std::span<const std::int16_t, kWindow> window);
    const WindowSound& sound() const { return last_; }  // of the last window pushed

private:
    static constexpr std::size_t kLevels = 16;

    SoundFeatures features_;
    WindowSound last_;
    std::array<float, kLevels> levels_{};
    std::size_t next_ = 0;
};

/// Closes on what has been loud for a while without one hint of speech, and opens with the next hint or after silence.
/// Whatever begins is let through: a voice shows itself 160 ms after its beginning at most, but words are lost by then.
class SpeechGate {
public:
    /// Whether it is open.
    bool push(const SpeechHint& hint, bool isLoud);

private:
    int unproven_ = 0;  // loud windows since the last hint
    int silence_ = 0;   // windows
};

/// Whether somebody speaks anywhere in an utterance; false for noise, signals and music that a voice detector let
/// through. Looks at the whole of it, so it is surer than a detector.
bool isSpeechLike(std::span<const std::int16_t> utterance);

/// Whether an utterance stands out of its background by less than 20 dB. Its pre-roll and its tail are the background.
bool isNoisy(std::span<const std::int16_t> utterance);

}  // namespace ninja3cx::transcription
