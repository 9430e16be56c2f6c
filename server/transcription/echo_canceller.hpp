#pragma once

#include "server/transcription/real_fft.hpp"
#include "server/transcription/voice_detector.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace ninja3cx::transcription {

using FloatWindow = std::array<float, kWindow>;

/// Energy behind a first-order high-pass: hum and a microphone's offset do not count. And the least of the last
/// three seconds, which is the noise: speech has a gap in it by then.
class SoundLevel {
public:
    static constexpr float kAboveFloor = 4.0F;  // 6 dB: a sound

    /// Mean square of the next window.
    float energy(const FloatWindow& window);
    void follow(float energy);
    float floor() const { return floor_; }

private:
    float high_ = 0;
    float last_ = 0;
    std::array<float, 96> recent_{};
    std::size_t next_ = 0;
    std::size_t heard_ = 0;
    float floor_ = 0;
};

/// The last four seconds of the far end as spectra. It runs one window ahead of the near end: "age" counts
/// windows before the newest near window, and the far window of delay 0 … 32 ms has the index age + 1.
class FarEnd {
public:
    static constexpr std::size_t kDelays = 15;    // windows in which an echo may lie: -32 … 448 ms
    static constexpr std::size_t kHistory = 116;  // near windows that can be looked at again, but the newest

    FarEnd();
    void push(const FloatWindow& window);
    const Spectrum& spectrum(std::size_t index) const { return ring_[at(index)].spectrum; }
    /// Somebody speaks in it, or there is another sound above its noise.
    bool isSounding(std::size_t index) const { return ring_[at(index)].isSounding; }
    /// Of its sound, behind the high-pass; follows within 0.3 s.
    float energy() const { return energy_; }
    /// The same of any of `count` windows from `index` on.
    bool isSounding(std::size_t index, std::size_t count) const;
    /// In how many of the windows in which an echo may lie.
    std::size_t sounding() const;
    /// Energy of the loudest of these windows, behind the high-pass.
    float loudest() const;

private:
    static constexpr std::size_t kRing = kDelays + kHistory;
    struct Entry {
        Spectrum spectrum;
        float energy = 0;
        bool isSounding = false;
    };
    std::size_t at(std::size_t index) const { return (newest_ + kRing - index) % kRing; }

    std::vector<Entry> ring_;
    std::size_t newest_ = 0;
    FloatWindow last_{};
    SoundLevel level_;
    float energy_ = 0;
};

/// Finds how late the far end comes back: the whitened correlation of both ends, summed over about a second.
class EchoLocator {
public:
    EchoLocator();
    void add(const FarEnd& far, const FloatWindow& near);
    /// The delay in samples if something stands out, from -kWindow on.
    std::optional<std::ptrdiff_t> delay();
    void forget();

private:
    std::vector<Spectrum> sums_;  // for each delay of whole windows
    std::size_t added_ = 0;
    std::ptrdiff_t lastTop_ = 0;
    std::size_t same_ = 0;  // times that it stood out in the same place
};

struct CancelledWindow {
    FloatWindow echo{};
    FloatWindow cleaned{};
};

/// Predicts how the far end sounds in the near end: a Kalman filter in the frequency domain, 192 ms long. Its
/// step is small where the near end holds something else, so that somebody who speaks at the same time does not
/// spoil it.
class EchoCanceller {
public:
    static constexpr std::size_t kPartitions = 6;

    EchoCanceller();

    /// Begins anew, with the direct sound at `delay` samples and at most `gain` of the far end's energy.
    void aim(std::ptrdiff_t delay, float gain);
    /// Keeps what was learned and doubts it again: the same sound may be learned from once more.
    void doubtAgain();
    bool isHeard(const FarEnd& far, std::size_t age) const {
        return far.isSounding(age + first_, kPartitions);
    }
    void cancel(const FarEnd& far, std::size_t age, const FloatWindow& near, CancelledWindow& out);
    /// Mean square of what the last `cancel` left and that cannot be echo: neither the share `leak` of the echo,
    /// nor one that was not learned yet. `gain`: of the echo's energy, as far as is known.
    float unexplained(float leak, float gain) const;
    /// From what the last `cancel` left over, with the same arguments.
    void learn(const FarEnd& far, std::size_t age);

private:
    void predict(const FarEnd& far, std::size_t age);
    void constrain(std::size_t partition);

    float gain_ = 1;
    std::size_t first_ = 0;  // index of the far window that its first partition hears
    std::vector<Spectrum> path_;
    std::vector<std::array<float, Spectrum::kBins>> doubt_;
    std::array<float, Spectrum::kBins> noise_{};
    std::array<float, Spectrum::kBins> doubtful_{};   // power of an echo that was not learned yet
    std::array<float, Spectrum::kBins> loudness_{};   // of the far end
    std::array<float, Spectrum::kBins> lingering_{};  // of the predicted one, decaying as a room does
    Spectrum echo_;
    Spectrum error_;
    std::size_t turn_ = 0;
};

}  // namespace ninja3cx::transcription
