#pragma once

#include "server/transcription/real_fft.hpp"
#include "server/transcription/voice_detector.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ninja3cx::transcription {

/// What one window (and the one before it: 64 ms) sounds like within the band of a telephone.
struct WindowSound {
    static constexpr std::size_t kBands = 8;

    float levelDb = -100;  // full scale: 0
    float steadyShare =
        0;  // of the power: lines that have kept their pitch for a tenth of a second, as tones do
    float strongestShare = 0;  // of the power: its two strongest lines
    float voicing = 0;         // how periodic it is, 0 … 1
    float pitchHz = 0;         // of the period; that of a voice lies between 70 and 400 Hz
    std::array<float, kBands> bandsDb{};
};

/// Listens to one channel window by window. Pure arithmetic: the same windows give the same answers.
class SoundFeatures {
public:
    WindowSound push(std::span<const std::int16_t, kWindow> window);

private:
    struct Line {
        float bin = 0;
        float anchor = 0;  // its bin when it was new
        float power = 0;
        int age = 0;  // windows
    };

    void findLines(WindowSound& sound, float total);
    void findPitch(WindowSound& sound) const;

    std::array<float, kTransform> recent_{};
    std::array<float, Spectrum::kBins> power_{};
    std::vector<Line> lines_;
};

}  // namespace ninja3cx::transcription
