#include "server/transcription/sound_features.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kFirstBin = 10;  // 156 Hz: above mains hum's strongest lines
constexpr std::size_t kLastBin = 236;  // 3.7 kHz
constexpr std::array<std::size_t, WindowSound::kBands + 1> kBandEdges{13, 24, 37, 52, 70, 94, 126, 170, 230};
constexpr float kOutstanding = 6;            // a line's power against what lies beside it
constexpr float kFaintest = 1e-3F;           // … and against the whole
constexpr int kSteadyAge = 3;                // windows
constexpr float kSamePitch = 0.45F;          // bins, and …
constexpr float kSameShare = 0.006F;         // … of the pitch
constexpr std::size_t kShortestPeriod = 40;  // samples: 400 Hz
constexpr std::size_t kLongestPeriod = 228;  // 70 Hz
constexpr float kSilence = 1e-9F;

const std::array<float, kTransform>& hann() {
    static const auto table = [] {
        std::array<float, kTransform> values;
        for (std::size_t i = 0; i < kTransform; ++i) {
            values[i] = 0.5F - 0.5F * std::cos(2 * std::numbers::pi_v<float> * static_cast<float>(i) /
                                               static_cast<float>(kTransform));
        }
        return values;
    }();
    return table;
}

}  // namespace

WindowSound SoundFeatures::push(std::span<const std::int16_t, kWindow> window) {
    std::copy(recent_.begin() + kWindow, recent_.end(), recent_.begin());
    std::transform(window.begin(), window.end(), recent_.begin() + kWindow,
                   [](std::int16_t sample) { return static_cast<float>(sample) / 32768.0F; });
    std::array<float, kTransform> shaped;
    std::transform(recent_.begin(), recent_.end(), hann().begin(), shaped.begin(), std::multiplies<>{});
    Spectrum spectrum;
    transform(shaped, spectrum);
    // Parseval with the window's mean square of 3/8.
    constexpr float kScale =
        2.0F / (0.375F * static_cast<float>(kTransform) * static_cast<float>(kTransform));
    for (std::size_t k = 0; k < Spectrum::kBins; ++k)
        power_[k] = kScale * (spectrum.re[k] * spectrum.re[k] + spectrum.im[k] * spectrum.im[k]);

    WindowSound sound;
    float total = 0;
    for (std::size_t k = kFirstBin; k < kLastBin; ++k) total += power_[k];
    sound.levelDb = 10 * std::log10(total + 1e-10F);
    for (std::size_t band = 0; band < WindowSound::kBands; ++band) {
        float sum = 0;
        for (std::size_t k = kBandEdges[band]; k < kBandEdges[band + 1]; ++k) sum += power_[k];
        sound.bandsDb[band] = 10 * std::log10(sum + 1e-9F);
    }
    if (total < kSilence) {
        lines_.clear();
        return sound;
    }
    findLines(sound, total);
    findPitch(sound);
    return sound;
}

/// A line is a peak that stands out; it is steady once it has stayed near the place where it appeared.
void SoundFeatures::findLines(WindowSound& sound, float total) {
    std::vector<Line> found;
    float strongest = 0;
    float second = 0;
    float steady = 0;
    for (std::size_t k = kFirstBin; k < kLastBin; ++k) {
        const float here = power_[k];
        if (here < power_[k - 1] || here <= power_[k + 1] || here < total * kFaintest) continue;
        // One side is enough: two tones of a signal may lie close together.
        const float beside = std::min(power_[k - 4] + power_[k - 3], power_[k + 3] + power_[k + 4]) / 2;
        if (here < beside * kOutstanding) continue;
        const float left = std::log(power_[k - 1] + 1e-20F);
        const float middle = std::log(here + 1e-20F);
        const float right = std::log(power_[k + 1] + 1e-20F);
        const float bend = left - 2 * middle + right;
        Line line;
        line.bin = static_cast<float>(k) + (bend < 0 ? (left - right) / (2 * bend) : 0);
        line.power = power_[k - 2] + power_[k - 1] + here + power_[k + 1] + power_[k + 2];
        line.anchor = line.bin;
        const float tolerance = kSamePitch + kSameShare * line.bin;
        for (const Line& old : lines_) {
            if (std::abs(old.bin - line.bin) > tolerance) continue;
            if (std::abs(old.anchor - line.bin) > tolerance) continue;
            if (old.age + 1 <= line.age) continue;
            line.age = old.age + 1;
            line.anchor = old.anchor;
        }
        if (line.age >= kSteadyAge) steady += line.power;
        if (line.power > strongest) {
            second = strongest;
            strongest = line.power;
        } else {
            second = std::max(second, line.power);
        }
        found.push_back(line);
    }
    lines_ = std::move(found);
    sound.steadyShare = std::min(1.0F, steady / total);
    sound.strongestShare = std::min(1.0F, (strongest + second) / total);
}

/// The autocorrelation of the sound with its spectrum flattened, so that a formant does not pass for a pitch.
void SoundFeatures::findPitch(WindowSound& sound) const {
    Spectrum flat;
    for (std::size_t k = 5; k < kLastBin; ++k) flat.re[k] = std::sqrt(power_[k]);
    std::array<float, kTransform> correlation;
    transformBack(flat, correlation);
    if (!(correlation[0] > 0)) return;
    std::size_t best = 0;
    float highest = 0;
    for (std::size_t lag = kShortestPeriod; lag <= kLongestPeriod; ++lag) {
        const float here = correlation[lag];
        if (here <= correlation[lag - 1] || here < correlation[lag + 1]) continue;
        // A window that fades lets long periods look weak; twice the period must not win over the period.
        const float fair = here * (1 + 0.15F * static_cast<float>(lag) / static_cast<float>(kLongestPeriod));
        if (fair > highest * 1.05F) {
            highest = fair;
            best = lag;
        }
    }
    if (best == 0) return;
    sound.voicing = std::min(1.0F, highest / correlation[0]);
    const float left = correlation[best - 1];
    const float right = correlation[best + 1];
    const float bend = left - 2 * correlation[best] + right;
    const float lag = static_cast<float>(best) + (bend < 0 ? (left - right) / (2 * bend) : 0);
    sound.pitchHz = 16'000.0F / lag;
}

}  // namespace ninja3cx::transcription
