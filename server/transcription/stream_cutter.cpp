#include "server/transcription/stream_cutter.hpp"

#include "shared/audio/pcm.hpp"

#include <algorithm>

namespace ninja3cx::transcription {
namespace {

constexpr std::int64_t kAudibleSilence = std::int64_t{2} * audio::kRateHz;  // ends every utterance
constexpr auto kWindowSamples = static_cast<std::int64_t>(kWindow);

}  // namespace

StreamCutter::StreamCutter(std::unique_ptr<VoiceDetector> detector, SegmenterOptions options)
    : detector_{std::move(detector)}, segmenter_{options} {
    partial_.reserve(kWindow);
}

void StreamCutter::feed(std::int64_t callClockMs, std::span<const std::int16_t> samples,
                        std::vector<Segment>& out) {
    const ChannelClock::Place place = clock_.place(callClockMs, samples.size());
    std::int64_t gap = place.silence;
    const std::int64_t heard = std::min(gap, kAudibleSilence);
    pushSilence(heard, out);
    gap -= heard;
    // What is left of a long gap costs nothing: to the end of a window in silence, then whole windows at once.
    const std::int64_t toWindow =
        std::min(gap, (kWindowSamples - static_cast<std::int64_t>(partial_.size())) % kWindowSamples);
    pushSilence(toWindow, out);
    gap -= toWindow;
    if (gap >= kWindowSamples) {
        if (auto segment = segmenter_.finish()) out.push_back(std::move(*segment));
        const std::int64_t skipped = gap / kWindowSamples * kWindowSamples;
        segmenter_.skip(skipped);
        gap -= skipped;
    }
    pushSilence(gap, out);
    leftOut_ += place.repeated;
    push(samples.subspan(static_cast<std::size_t>(place.repeated)), out);
}

void StreamCutter::finish(std::vector<Segment>& out) {
    if (!partial_.empty()) pushSilence(kWindowSamples - static_cast<std::int64_t>(partial_.size()), out);
    if (auto segment = segmenter_.finish()) out.push_back(std::move(*segment));
}

void StreamCutter::push(std::span<const std::int16_t> samples, std::vector<Segment>& out) {
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
