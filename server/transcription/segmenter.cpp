#include "server/transcription/segmenter.hpp"

#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <limits>

namespace ninja3cx::transcription {
namespace {

using audio::inSamples;

constexpr auto kWindowSamples = static_cast<std::int64_t>(kWindow);

/// Of an utterance of this length: neither part is short.
constexpr std::int64_t lastThird(std::int64_t length) {
    return length * 2 / 3;
}

}  // namespace

std::chrono::milliseconds earliestCut(const SegmenterOptions& options) {
    // The cut lies in the middle of a window, which may begin before the last third.
    return std::chrono::milliseconds{(lastThird(inSamples(options.maxLength)) - kWindowSamples / 2) /
                                     audio::kSamplesPerMs};
}

Segmenter::Segmenter(SegmenterOptions options) : options_{options} {}

std::optional<Segment> Segmenter::push(std::span<const std::int16_t, kWindow> window, float voice) {
    const std::int64_t windowStart = position();
    double energy = 0;
    for (const std::int16_t sample : window) energy += static_cast<double>(sample) * sample;
    buffer_.insert(buffer_.end(), window.begin(), window.end());
    energies_.push_back(static_cast<float>(energy));

    if (!isSpeaking_) {
        if (voice >= options_.enter && onset_ < 0) onset_ = windowStart;
        if (voice < options_.leave) onset_ = -1;
        if (onset_ < 0 || position() - onset_ < inSamples(options_.minSpeech)) {
            forgetBefore((onset_ < 0 ? position() : onset_) - inSamples(options_.preRoll));
            return std::nullopt;
        }
        isSpeaking_ = true;
        start_ = std::max({onset_ - inSamples(options_.preRoll), notBefore_, bufferStart_});
        voiceEnd_ = position();
        onset_ = -1;
        forgetBefore(start_);
        return std::nullopt;
    }

    if (voice >= options_.leave) voiceEnd_ = position();
    const bool isLong = voiceEnd_ - start_ > inSamples(options_.longAfter);
    const std::int64_t silence = position() - voiceEnd_;
    const auto enough = static_cast<std::int64_t>(static_cast<double>(inSamples(options_.endSilence)) *
                                                  (isLong ? options_.longShare : 1));
    if (silence >= std::max(enough, inSamples(options_.tail))) {
        return endAt(std::min(voiceEnd_ + inSamples(options_.tail), position()), position());
    }
    if (position() - start_ >= inSamples(options_.maxLength)) return cutAtQuietest();
    return std::nullopt;
}

void Segmenter::skip(std::int64_t samples) {
    forgetBefore(std::numeric_limits<std::int64_t>::max());
    bufferStart_ += samples;
    onset_ = -1;
}

std::optional<Segment> Segmenter::finish() {
    if (!isSpeaking_) return std::nullopt;
    return endAt(std::min(voiceEnd_ + inSamples(options_.tail), position()), position());
}

std::optional<OpenUtterance> Segmenter::open() const {
    if (!isSpeaking_) return std::nullopt;
    return OpenUtterance{start_, voiceEnd_, position()};
}

std::span<const std::int16_t> Segmenter::sound(std::int64_t start, std::int64_t end) const {
    const std::int64_t from = std::clamp(start, bufferStart_, position());
    const std::int64_t to = std::clamp(end, from, position());
    return std::span{buffer_}.subspan(static_cast<std::size_t>(from - bufferStart_),
                                      static_cast<std::size_t>(to - from));
}

std::optional<Segment> Segmenter::endAt(std::int64_t end, std::int64_t nextMayStartAt) {
    Segment segment;
    segment.start = start_;
    const auto from = buffer_.begin() + (start_ - bufferStart_);
    segment.samples.assign(from, from + (end - start_));
    isSpeaking_ = false;
    notBefore_ = end;
    forgetBefore(std::max(end, nextMayStartAt - inSamples(options_.preRoll)));
    return segment;
}

/// In the last third of what is open. The rest is the next utterance's beginning.
std::optional<Segment> Segmenter::cutAtQuietest() {
    const std::int64_t length = position() - start_;
    const auto first = static_cast<std::size_t>((start_ + lastThird(length) - bufferStart_) / kWindowSamples);
    const auto last = energies_.size() - 4;  // a little speech remains for the next one to recognise
    std::size_t quietest = first;
    float lowest = std::numeric_limits<float>::max();
    for (std::size_t i = first; i < last; ++i) {
        const float around = energies_[i - 1] + 2 * energies_[i] + energies_[i + 1];
        if (around < lowest) {
            lowest = around;
            quietest = i;
        }
    }
    const std::int64_t cut =
        bufferStart_ + static_cast<std::int64_t>(quietest) * kWindowSamples + kWindowSamples / 2;
    const std::int64_t voiceEnd = voiceEnd_;
    auto segment = endAt(cut, cut);
    segment->goesOn = true;
    isSpeaking_ = true;
    start_ = cut;
    voiceEnd_ = std::max(voiceEnd, cut);
    return segment;
}

void Segmenter::forgetBefore(std::int64_t before) {
    const std::int64_t windows =
        std::clamp<std::int64_t>(before - bufferStart_, 0, static_cast<std::int64_t>(buffer_.size())) /
        kWindowSamples;
    if (windows == 0) return;
    buffer_.erase(buffer_.begin(), buffer_.begin() + windows * kWindowSamples);
    energies_.erase(energies_.begin(), energies_.begin() + windows);
    bufferStart_ += windows * kWindowSamples;
}

}  // namespace ninja3cx::transcription
