#include "server/transcription/echo_canceller.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ninja3cx::transcription {
namespace {

constexpr std::size_t kBins = Spectrum::kBins;
constexpr auto kWindowSamples = static_cast<std::ptrdiff_t>(kWindow);
constexpr float kQuietest = 1e-9F;  // mean square: -90 dBFS

// Of the locator.
constexpr float kMemory = 0.97F;            // for each window: about a second
constexpr float kWhitening = 0.05F;         // of the average product: weaker bins count less
constexpr std::size_t kLeastAdded = 8;      // windows
constexpr std::size_t kBlock = 128;         // delays that are looked at together: 8 ms
constexpr float kStandsOut = 5.0F;          // times the median block
constexpr float kStandsOutABit = 3.0F;      // … enough when it stays in its place
constexpr std::ptrdiff_t kSamePlace = 128;  // samples
constexpr std::size_t kSameTimes = 3;
constexpr std::ptrdiff_t kBlocksBefore = 8;  // of the strongest, in which the direct sound may lie
constexpr float kDirectShare = 0.3F;         // of the strongest

// Of the canceller.
constexpr std::ptrdiff_t kBeforeDirect = 160;  // samples of the path before the strongest sound: 10 ms
constexpr float kFirstDoubt = 0.5F;            // share of the first partition in the path's energy …
constexpr float kDoubtDecay = 0.5F;            // … and the rest of a room's answer decays
constexpr std::size_t kLowestBin = 10;         // 156 Hz: below is hum
constexpr float kDoubtMargin = 3.0F;
constexpr float kChance = 4.0F;     // a bin may be so much stronger than expected
constexpr float kRoomDecay = 0.4F;  // of energy, for each window
constexpr float kKeep = 0.9998F;    // the path wanders
constexpr float kNoiseMemory = 0.6F;
// What a loud vowel leaves in all other bins because windows have hard edges: nothing can be learned from it.
constexpr float kNear = 0.1F;  // of the way to the next bin: some 10 bins are near
constexpr float kLeaksNear = 0.1F;
constexpr float kLeastNoise = 1e-6F;         // |bin|², far below 16 bits
constexpr std::size_t kConstrainedEach = 2;  // partitions for each window

void transformLate(const FloatWindow& window, Spectrum& spectrum) {
    std::array<float, kTransform> padded{};
    std::copy(window.begin(), window.end(), padded.begin() + kWindowSamples);
    transform(padded, spectrum);
}

const FloatWindow& softEdges() {
    static const FloatWindow theWindow = [] {
        FloatWindow window;
        for (std::size_t i = 0; i < kWindow; ++i)
            window[i] = static_cast<float>(
                0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / kWindow));
        return window;
    }();
    return theWindow;
}

}  // namespace

float SoundLevel::energy(const FloatWindow& window) {
    float sum = 0;
    for (const float sample : window) {
        high_ = 0.94F * (high_ + sample - last_);
        last_ = sample;
        sum += high_ * high_;
    }
    return sum / static_cast<float>(kWindow) + 1e-12F;
}

void SoundLevel::follow(float energy) {
    recent_[next_] = std::max(energy, kQuietest);
    next_ = (next_ + 1) % recent_.size();
    heard_ = std::min(heard_ + 1, recent_.size());
    floor_ = *std::min_element(recent_.begin(), recent_.begin() + static_cast<std::ptrdiff_t>(heard_));
}

FarEnd::FarEnd() : ring_(kRing) {}

void FarEnd::push(const FloatWindow& window) {
    const float energy = level_.energy(window);
    level_.follow(energy);
    energy_ += 0.1F * (energy - energy_);
    newest_ = (newest_ + 1) % kRing;
    Entry& entry = ring_[newest_];
    entry.energy = energy;
    entry.isSounding = energy > SoundLevel::kAboveFloor * level_.floor();
    std::array<float, kTransform> both;
    std::copy(last_.begin(), last_.end(), both.begin());
    std::copy(window.begin(), window.end(), both.begin() + kWindowSamples);
    last_ = window;
    transform(both, entry.spectrum);
}

bool FarEnd::isSounding(std::size_t index, std::size_t count) const {
    for (std::size_t i = index; i < index + count; ++i) {
        if (isSounding(i)) return true;
    }
    return false;
}

std::size_t FarEnd::sounding() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < kDelays; ++i) count += isSounding(i) ? 1 : 0;
    return count;
}

float FarEnd::loudest() const {
    float most = 0;
    for (std::size_t i = 0; i < kDelays; ++i) most = std::max(most, ring_[at(i)].energy);
    return most;
}

EchoLocator::EchoLocator() : sums_(FarEnd::kDelays) {}

void EchoLocator::forget() {
    for (Spectrum& sum : sums_) sum = Spectrum{};
    added_ = 0;
    same_ = 0;
}

void EchoLocator::add(const FarEnd& far, const FloatWindow& window) {
    // Without soft edges the borders of the windows correlate.
    FloatWindow soft;
    for (std::size_t i = 0; i < kWindow; ++i) soft[i] = window[i] * softEdges()[i];
    Spectrum near;
    transformLate(soft, near);
    std::array<float, kBins> size;
    for (std::size_t i = 0; i < kBins; ++i)
        size[i] = std::sqrt(near.re[i] * near.re[i] + near.im[i] * near.im[i]);
    ++added_;
    for (std::size_t k = 0; k < sums_.size(); ++k) {
        const Spectrum& x = far.spectrum(k);
        Spectrum& sum = sums_[k];
        std::array<float, kBins> product;
        float total = 0;
        for (std::size_t i = 0; i < kBins; ++i) {
            product[i] = std::sqrt(x.re[i] * x.re[i] + x.im[i] * x.im[i]) * size[i];
            total += product[i];
        }
        const float least = kWhitening * total / static_cast<float>(kBins) + 1e-9F;
        for (std::size_t i = 0; i < kBins; ++i) {
            const float scale = 1 / (product[i] + least);
            sum.re[i] = kMemory * sum.re[i] + (x.re[i] * near.re[i] + x.im[i] * near.im[i]) * scale;
            sum.im[i] = kMemory * sum.im[i] + (x.re[i] * near.im[i] - x.im[i] * near.re[i]) * scale;
        }
    }
}

std::optional<std::ptrdiff_t> EchoLocator::delay() {
    if (added_ < kLeastAdded) return std::nullopt;
    struct Block {
        float energy = 0;
        float top = 0;
        std::ptrdiff_t topAt = 0;
    };
    std::vector<Block> blocks;
    for (std::size_t k = 0; k < sums_.size(); ++k) {
        std::array<float, kTransform> correlation;
        transformBack(sums_[k], correlation);
        for (std::size_t from = 0; from < kWindow; from += kBlock) {
            Block block;
            for (std::size_t i = from; i < from + kBlock; ++i) {
                const float square = correlation[i] * correlation[i];
                block.energy += square;
                if (square <= block.top) continue;
                block.top = square;
                block.topAt = static_cast<std::ptrdiff_t>(k * kWindow + i) - kWindowSamples;
            }
            blocks.push_back(block);
        }
    }
    std::vector<float> sorted;
    for (const Block& block : blocks) sorted.push_back(block.energy);
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const auto highest = std::max_element(blocks.begin(), blocks.end(),
                                          [](const Block& a, const Block& b) { return a.energy < b.energy; });
    const bool isSame = std::abs(highest->topAt - lastTop_) <= kSamePlace;
    lastTop_ = highest->topAt;
    same_ = isSame && highest->energy > kStandsOutABit * *middle ? same_ + 1 : 0;
    if (highest->energy < kStandsOut * *middle && same_ < kSameTimes) return std::nullopt;
    // The direct sound may be weaker than what a wall adds to it.
    auto first = highest;
    for (auto block = highest; block != blocks.begin() && highest - block < kBlocksBefore; --block) {
        if (block->energy - *middle > kDirectShare * (highest->energy - *middle)) first = block;
    }
    return first->topAt;
}

EchoCanceller::EchoCanceller() : path_(kPartitions), doubt_(kPartitions) {
    aim(0, 1);
}

void EchoCanceller::aim(std::ptrdiff_t delay, float gain) {
    const std::ptrdiff_t first = (delay - kBeforeDirect + kWindowSamples) / kWindowSamples;
    first_ = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(first, 0, static_cast<std::ptrdiff_t>(FarEnd::kDelays - kPartitions)));
    gain_ = gain;
    for (Spectrum& partition : path_) partition = Spectrum{};
    doubtAgain();
}

void EchoCanceller::doubtAgain() {
    float doubt = kFirstDoubt * gain_;
    for (auto& partition : doubt_) {
        partition.fill(doubt);
        doubt *= kDoubtDecay;
    }
    noise_.fill(0);
    lingering_.fill(0);
}

void EchoCanceller::predict(const FarEnd& far, std::size_t age) {
    echo_ = Spectrum{};
    doubtful_.fill(0);
    loudness_.fill(0);
    for (std::size_t k = 0; k < kPartitions; ++k) {
        const Spectrum& x = far.spectrum(age + first_ + k);
        const Spectrum& w = path_[k];
        const auto& p = doubt_[k];
        for (std::size_t i = 0; i < kBins; ++i) {
            echo_.re[i] += w.re[i] * x.re[i] - w.im[i] * x.im[i];
            echo_.im[i] += w.re[i] * x.im[i] + w.im[i] * x.re[i];
            const float power = x.re[i] * x.re[i] + x.im[i] * x.im[i];
            doubtful_[i] += p[i] * power;
            loudness_[i] = std::max(loudness_[i], power);
        }
    }
    for (std::size_t i = 0; i < kBins; ++i) {
        const float power = echo_.re[i] * echo_.re[i] + echo_.im[i] * echo_.im[i];
        lingering_[i] = std::max(power, kRoomDecay * lingering_[i]);
    }
}

void EchoCanceller::cancel(const FarEnd& far, std::size_t age, const FloatWindow& near,
                           CancelledWindow& out) {
    predict(far, age);
    std::array<float, kTransform> samples;
    transformBack(echo_, samples);
    std::copy(samples.begin() + kWindowSamples, samples.end(), out.echo.begin());
    for (std::size_t i = 0; i < kWindow; ++i) out.cleaned[i] = near[i] - out.echo[i];
    transformLate(out.cleaned, error_);
}

float EchoCanceller::unexplained(float leak, float gain) const {
    const float doubt = kDoubtMargin * std::min(1.0F, gain / gain_);
    // A window's spectrum is half as sharp as the far end's: a bin may hold what belongs to its neighbours.
    std::array<float, kBins> expected;
    for (std::size_t i = 0; i < kBins; ++i) expected[i] = leak * lingering_[i] + doubt * doubtful_[i];
    float sum = 0;
    for (std::size_t i = kLowestBin; i + 1 < kBins; ++i) {
        const float power = error_.re[i] * error_.re[i] + error_.im[i] * error_.im[i];
        const float most = std::max({expected[i - 1], expected[i], expected[i + 1]}) / 2;
        sum += std::max(0.0F, power - kChance * most);
    }
    return 2 * sum / static_cast<float>(kTransform * kWindow);
}

void EchoCanceller::learn(const FarEnd& far, std::size_t age) {
    const Spectrum& e = error_;
    std::array<float, kBins> scale;  // 1 / expected |error|²
    for (std::size_t i = 0; i < kBins; ++i) {
        const float power = e.re[i] * e.re[i] + e.im[i] * e.im[i];
        noise_[i] = kNoiseMemory * noise_[i] + (1 - kNoiseMemory) * power;
    }
    // Loud bins leak into the others because windows have hard edges: little can be learned there.
    float run = 0;
    for (std::size_t i = 0; i < kBins; ++i) {
        run += kNear * (loudness_[i] - run);
        scale[i] = run;
    }
    for (std::size_t i = kBins; i-- > 0;) {
        run += kNear * (loudness_[i] - run);
        scale[i] = 1 / (doubtful_[i] + 2 * noise_[i] + kLeastNoise + kLeaksNear * gain_ * (scale[i] + run));
    }
    for (std::size_t k = 0; k < kPartitions; ++k) {
        const Spectrum& x = far.spectrum(age + first_ + k);
        Spectrum& w = path_[k];
        auto& p = doubt_[k];
        for (std::size_t i = 0; i < kBins; ++i) {
            const float gain = p[i] * scale[i];
            w.re[i] += gain * (x.re[i] * e.re[i] + x.im[i] * e.im[i]);
            w.im[i] += gain * (x.re[i] * e.im[i] - x.im[i] * e.re[i]);
            const float known = 0.5F * gain * (x.re[i] * x.re[i] + x.im[i] * x.im[i]);
            p[i] = kKeep * kKeep * (1 - known) * p[i] +
                   (1 - kKeep * kKeep) * (w.re[i] * w.re[i] + w.im[i] * w.im[i]);
        }
    }
    for (std::size_t i = 0; i < kConstrainedEach; ++i) {
        constrain(turn_);
        turn_ = (turn_ + 1) % kPartitions;
    }
}

/// A partition's response is kWindow samples long; what learning has put behind them is taken out.
void EchoCanceller::constrain(std::size_t partition) {
    std::array<float, kTransform> response;
    transformBack(path_[partition], response);
    std::fill(response.begin() + kWindowSamples, response.end(), 0.0F);
    transform(response, path_[partition]);
}

}  // namespace ninja3cx::transcription
