#include "server/transcription/stream_cutter.hpp"

#include "shared/audio/pcm.hpp"

#include <algorithm>

namespace ninja3cx::transcription {
namespace {

constexpr std::int64_t kClockRoundingMs = 40;
constexpr std::int64_t kRepetitionMs = 500;  // more than a drifting clock is behind
constexpr std::int64_t kAudibleSilence = std::int64_t{2} * audio::kRateHz;  // ends every utterance
constexpr std::int64_t kLatestMs = std::int64_t{7} * 24 * 3600 * 1000;      // no call's clock goes further
constexpr auto kWindowSamples = static_cast<std::int64_t>(kWindow);

}  // namespace

StreamCutter::StreamCutter(std::unique_ptr<VoiceDetector> detector, SegmenterOptions options)
    : detector_{std::move(detector)}, segmenter_{options} {
    partial_.reserve(kWindow);
}

void StreamCutter::feed(std::int64_t callClockMs, std::span<const std::int16_t> samples,
                        std::vector<Segment>& out) {
    const std::int64_t wanted = std::clamp<std::int64_t>(callClockMs, 0, kLatestMs) * audio::kSamplesPerMs;
    if (std::int64_t gap = wanted - position_; gap > kClockRoundingMs * audio::kSamplesPerMs) {
        const std::int64_t heard = std::min(gap, kAudibleSilence);
        pushSilence(heard, out);
        gap -= heard;
        // What is left of a long gap costs nothing: to the end of a window in silence, then whole windows at
        // once.
        const std::int64_t toWindow =
            std::min(gap, (kWindowSamples - position_ % kWindowSamples) % kWindowSamples);
        pushSilence(toWindow, out);
        gap -= toWindow;
        if (gap >= kWindowSamples) {
            if (auto segment = segmenter_.finish()) out.push_back(std::move(*segment));
            const std::int64_t skipped = gap / kWindowSamples * kWindowSamples;
            segmenter_.skip(skipped);
            position_ += skipped;
            gap -= skipped;
        }
        pushSilence(gap, out);
    }
    const std::int64_t behind = position_ - wanted;
    isRepeating_ = behind > (isRepeating_ ? 0 : kRepetitionMs * audio::kSamplesPerMs);
    if (isRepeating_) {
        const std::int64_t repeated = std::min(behind, static_cast<std::int64_t>(samples.size()));
        samples = samples.subspan(static_cast<std::size_t>(repeated));
        leftOut_ += repeated;
    }
    push(samples, out);
}

void StreamCutter::finish(std::vector<Segment>& out) {
    if (!partial_.empty()) pushSilence(kWindowSamples - static_cast<std::int64_t>(partial_.size()), out);
    if (auto segment = segmenter_.finish()) out.push_back(std::move(*segment));
}

void StreamCutter::push(std::span<const std::int16_t> samples, std::vector<Segment>& out) {
    position_ += static_cast<std::int64_t>(samples.size());
    while (!samples.empty()) {
        const std::size_t take = std::min(samples.size(), kWindow - partial_.size());
        partial_.insert(partial_.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(take));
        samples = samples.subspan(take);
        if (partial_.size() < kWindow) return;
        const std::span<const std::int16_t, kWindow> window{partial_.data(), kWindow};
        if (auto segment = segmenter_.push(window, detector_->judge(window)))
            out.push_back(std::move(*segment));
        partial_.clear();
    }
}

void StreamCutter::pushSilence(std::int64_t samples, std::vector<Segment>& out) {
    push(std::vector<std::int16_t>(static_cast<std::size_t>(samples), 0), out);
}

}  // namespace ninja3cx::transcription
