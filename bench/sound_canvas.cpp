#include "bench/sound_canvas.hpp"

#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <cmath>

namespace ninja3cx::bench {
namespace {

constexpr double kRate = audio::kRateHz;
constexpr double kLoudest = 0.85;  // of full scale

}  // namespace

double fromDb(double db) {
    return std::pow(10.0, db / 20);
}

double Dice::between(double low, double high) {
    return low + (high - low) * static_cast<double>(random_()) / 4294967296.0;
}

std::size_t Dice::below(std::size_t count) {
    return static_cast<std::size_t>(random_()) % count;
}

double Dice::bell() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += between(0, 1);
    return sum;
}

double Canvas::length() const {
    return static_cast<double>(sound_.size()) / kRate;
}

std::span<double> Canvas::stretch(double from, double to) {
    const auto at = [&](double time) {
        return static_cast<std::size_t>(std::clamp(time * kRate, 0.0, static_cast<double>(sound_.size())));
    };
    return std::span{sound_}.subspan(at(from), std::max(at(to), at(from)) - at(from));
}

void Canvas::tone(double from, double to, double hertz, double gain) {
    shaped(from, to, [&](double time, double left) {
        return gain * std::min({1.0, time / 0.005, left / 0.005}) * std::sin(kTurn * hertz * time);
    });
}

void Canvas::tones(double from, double to, std::initializer_list<double> hertz, double gain) {
    for (const double one : hertz) tone(from, to, one, gain / static_cast<double>(hertz.size()));
}

void Canvas::shaped(double from, double to, const std::function<double(double, double)>& make) {
    const auto part = stretch(from, to);
    for (std::size_t i = 0; i < part.size(); ++i)
        part[i] += make(static_cast<double>(i) / kRate, static_cast<double>(part.size() - i) / kRate);
}

void Canvas::noise(double from, double to, double gain, double corner, bool isHigh) {
    const double keep = corner > 0 ? std::exp(-kTurn * corner / kRate) : 0;
    double low = 0;
    for (double& sample : stretch(from, to)) {
        const double white = dice.bell();
        low = keep * low + (1 - keep) * white;
        sample += gain * (isHigh ? white - low : low);
    }
}

std::vector<std::int16_t> Canvas::samples() const {
    double peak = kLoudest;
    for (const double sample : sound_) peak = std::max(peak, std::abs(sample));
    std::vector<std::int16_t> out(sound_.size());
    std::transform(sound_.begin(), sound_.end(), out.begin(), [&](double sample) {
        return audio::toInt16(static_cast<float>(sample * kLoudest / peak));
    });
    return out;
}

}  // namespace ninja3cx::bench
