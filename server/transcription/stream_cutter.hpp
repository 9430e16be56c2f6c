#pragma once

#include "server/transcription/channel_clock.hpp"
#include "server/transcription/segmenter.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace ninja3cx::transcription {

/// One channel of one call, from frames with a clock to utterances. Pure: depends on the samples and their
/// call clock alone, not on when or in what pieces they arrive. That is why an utterance has the same id
/// after a replay.
class StreamCutter {
public:
    StreamCutter(std::unique_ptr<VoiceDetector> detector, SegmenterOptions options = {});

    /// Appends the utterances that have ended. ChannelClock says where the piece lies.
    void feed(std::int64_t callClockMs, std::span<const std::int16_t> samples, std::vector<Segment>& out);
    void finish(std::vector<Segment>& out);
    /// What is being said, and its sound: as Segmenter.
    std::optional<OpenUtterance> open() const { return segmenter_.open(); }
    std::span<const std::int16_t> sound(std::int64_t start, std::int64_t end) const {
        return segmenter_.sound(start, end);
    }
    /// Samples since the answer of the call.
    std::int64_t position() const { return clock_.position(); }
    /// Samples that were left out so far.
    std::int64_t leftOut() const { return leftOut_; }

private:
    void push(std::span<const std::int16_t> samples, std::vector<Segment>& out);
    void pushSilence(std::int64_t samples, std::vector<Segment>& out);

    ChannelClock clock_;
    std::unique_ptr<VoiceDetector> detector_;
    Segmenter segmenter_;
    std::vector<std::int16_t> partial_;  // less than a window
    std::int64_t leftOut_ = 0;
};

}  // namespace ninja3cx::transcription
