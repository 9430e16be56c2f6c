#pragma once

#include "server/transcription/segmenter.hpp"
#include "server/transcription/voice_detector.hpp"

#include <span>
#include <utility>
#include <vector>

namespace ninja3cx::transcription {

/// What the built-in detector cuts out of a channel.
inline std::vector<Segment> utterancesIn(std::span<const std::int16_t> samples) {
    auto detector = makeEnergyDetector();
    Segmenter segmenter;
    std::vector<Segment> utterances;
    for (; samples.size() >= kWindow; samples = samples.subspan(kWindow)) {
        const auto window = samples.first<kWindow>();
        if (auto segment = segmenter.push(window, detector->judge(window)))
            utterances.push_back(std::move(*segment));
    }
    if (auto segment = segmenter.finish()) utterances.push_back(std::move(*segment));
    return utterances;
}

}  // namespace ninja3cx::transcription
