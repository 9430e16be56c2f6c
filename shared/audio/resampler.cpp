#include "shared/audio/resampler.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace ninja3cx::audio {
namespace {

constexpr double kZeroCrossings = 16;
constexpr double kKaiserBeta = 8.0;
constexpr std::int64_t kMaxPhases = 1024;

double bessel0(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; k < 32; ++k) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

double sinc(double x) {
    return std::abs(x) < 1e-9 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

}  // namespace

Resampler::Resampler(int fromHz, int toHz) {
    const auto common = std::gcd(fromHz, toHz);
    from_ = fromHz / common;
    to_ = toHz / common;
    // The pass band ends a little below the lower of the two Nyquist frequencies.
    const double cutoff = std::min(1.0, static_cast<double>(to_) / static_cast<double>(from_)) * 0.95;
    const double halfWidth = kZeroCrossings / cutoff;
    reach_ = static_cast<std::int64_t>(std::ceil(halfWidth));
    phases_ = std::min(to_, kMaxPhases);

    const auto taps = static_cast<std::size_t>(2 * reach_);
    table_.resize(taps * static_cast<std::size_t>(phases_));
    for (std::int64_t phase = 0; phase < phases_; ++phase) {
        const double offset = static_cast<double>(phase) / static_cast<double>(phases_);
        float* row = &table_[static_cast<std::size_t>(phase) * taps];
        double sum = 0;
        for (std::size_t tap = 0; tap < taps; ++tap) {
            const double distance = static_cast<double>(tap) - static_cast<double>(reach_ - 1) - offset;
            const double place = distance / halfWidth;
            const double window = std::abs(place) >= 1 ? 0
                                                       : bessel0(kKaiserBeta * std::sqrt(1 - place * place)) /
                                                             bessel0(kKaiserBeta);
            const double weight = cutoff * sinc(cutoff * distance) * window;
            row[tap] = static_cast<float>(weight);
            sum += weight;
        }
        for (std::size_t tap = 0; tap < taps; ++tap) row[tap] = static_cast<float>(row[tap] / sum);
    }
    window_.assign(static_cast<std::size_t>(reach_), 0.0F);
    windowStart_ = -reach_;
}

void Resampler::push(std::span<const float> in, std::vector<float>& out) {
    if (from_ == to_) {
        out.insert(out.end(), in.begin(), in.end());
        return;
    }
    window_.insert(window_.end(), in.begin(), in.end());
    received_ += static_cast<std::int64_t>(in.size());
    produce(out, std::numeric_limits<std::int64_t>::max());
}

void Resampler::finish(std::vector<float>& out) {
    if (from_ == to_) return;
    const std::int64_t total = (received_ * to_ + from_ - 1) / from_;
    window_.resize(window_.size() + static_cast<std::size_t>(reach_) + 1, 0.0F);
    produce(out, total);
}

void Resampler::produce(std::vector<float>& out, std::int64_t lastOutput) {
    const auto taps = static_cast<std::size_t>(2 * reach_);
    const std::int64_t available = windowStart_ + static_cast<std::int64_t>(window_.size());
    for (; produced_ < lastOutput; ++produced_) {
        std::int64_t left = produced_ * from_ / to_;
        std::int64_t phase = (produced_ * from_ % to_) * phases_ / to_;
        if (to_ > phases_) {  // the table is coarser than the positions: take the nearest row
            phase = ((produced_ * from_ % to_) * phases_ + to_ / 2) / to_;
            if (phase == phases_) {
                phase = 0;
                ++left;
            }
        }
        const std::int64_t first = left - reach_ + 1;
        if (first + static_cast<std::int64_t>(taps) > available) break;
        const float* row = &table_[static_cast<std::size_t>(phase) * taps];
        const float* samples = &window_[static_cast<std::size_t>(first - windowStart_)];
        float sum = 0;
        for (std::size_t tap = 0; tap < taps; ++tap) sum += row[tap] * samples[tap];
        out.push_back(sum);
    }
    // What no later output sample looks at is forgotten.
    const std::int64_t keepFrom = produced_ * from_ / to_ - reach_ + 1;
    const std::int64_t drop = std::min(keepFrom - windowStart_, static_cast<std::int64_t>(window_.size()));
    if (drop > 4096) {
        window_.erase(window_.begin(), window_.begin() + drop);
        windowStart_ += drop;
    }
}

}  // namespace ninja3cx::audio
