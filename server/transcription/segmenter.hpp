#pragma once

#include "server/transcription/voice_detector.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ninja3cx::transcription {

struct SegmenterOptions {
    float enter = 0.5F;                           // speech begins at this probability …
    float leave = 0.35F;                          // … and a window below this one is silence
    std::chrono::milliseconds minSpeech{64};      // shorter sounds are clicks
    std::chrono::milliseconds preRoll{200};       // kept before the beginning
    std::chrono::milliseconds tail{200};          // kept after the end
    std::chrono::milliseconds endSilence{500};    // ends an utterance …
    std::chrono::milliseconds longAfter{6'000};   // … of at most this length; a longer one ends at …
    double longShare = 0.5;                       // … this share of it already, the tail at least
    std::chrono::milliseconds maxLength{12'000};  // then it is cut at its quietest point in the last third
};

/// No utterance that is cut is shorter than this.
std::chrono::milliseconds earliestCut(const SegmenterOptions& options);

/// A piece of one channel in which somebody speaks. Positions count samples from the answer of the call.
struct Segment {
    std::int64_t start = 0;
    std::vector<std::int16_t> samples;
    bool goesOn = false;  // it was cut; the next one begins where it ends

    std::int64_t end() const { return start + static_cast<std::int64_t>(samples.size()); }
    bool operator==(const Segment&) const = default;
};

/// The utterance that is being spoken. Positions count samples from the answer of the call.
struct OpenUtterance {
    std::int64_t start = 0;
    std::int64_t voiceEnd = 0;  // of the last sound that was voice
    std::int64_t position = 0;  // of the last sound
    bool operator==(const OpenUtterance&) const = default;
};

/// Cuts one channel into utterances. Pure: the same windows give the same segments, whenever they arrive.
class Segmenter {
public:
    explicit Segmenter(SegmenterOptions options = {});

    /// The next window and the probability of speech in it. At most one segment ends with it.
    std::optional<Segment> push(std::span<const std::int16_t, kWindow> window, float voice);
    /// `samples` of silence that nobody sends (a whole number of windows). Only between utterances.
    void skip(std::int64_t samples);
    /// No more sound: the open utterance ends.
    std::optional<Segment> finish();

    /// What is being said; absent between utterances.
    std::optional<OpenUtterance> open() const;
    /// Its sound; `start` and `end` lie within it. Valid until the next call.
    std::span<const std::int16_t> sound(std::int64_t start, std::int64_t end) const;

private:
    std::int64_t position() const { return bufferStart_ + static_cast<std::int64_t>(buffer_.size()); }
    std::optional<Segment> endAt(std::int64_t end, std::int64_t nextMayStartAt);
    std::optional<Segment> cutAtQuietest();
    void forgetBefore(std::int64_t position);

    SegmenterOptions options_;
    std::vector<std::int16_t> buffer_;  // from bufferStart_, a multiple of kWindow
    std::vector<float> energies_;       // of each window in buffer_
    std::int64_t bufferStart_ = 0;
    std::int64_t notBefore_ = 0;  // the end of the last utterance: nothing is said twice
    bool isSpeaking_ = false;
    std::int64_t onset_ = -1;    // of speech that is not long enough yet; -1: none
    std::int64_t start_ = 0;     // of the open utterance
    std::int64_t voiceEnd_ = 0;  // of the last window with voice
};

}  // namespace ninja3cx::transcription
