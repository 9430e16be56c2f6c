#include "server/transcription/speech_likeness.hpp"
#include "server/transcription/voice_detector.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ninja3cx::transcription {
namespace {

constexpr float kStartFloorDb = -62.0F;
constexpr float kLowestFloorDb = -75.0F;
constexpr float kHighestFloorDb = -25.0F;
constexpr float kMutedDb = -85.0F;           // digital silence says nothing about the room or the line
constexpr float kSpeechAboveFloorDb = 9.0F;  // probability 0.5
constexpr float kSlopeDb = 1.5F;
constexpr float kLoud = 0.35F;
constexpr float kLoudNoSpeech = 0.1F;
constexpr float kFallShare = 0.25F;  // of the way down, for each window
constexpr float kRiseDb = 0.2F;      // for each window: 6 dB/s
constexpr std::size_t kMemory = 96;  // windows, 3 s: speech has a gap in it by then, a machine has none

class EnergyDetector final : public VoiceDetector {
public:
    float judge(std::span<const std::int16_t, kWindow> window) override {
        const SpeechHint hint = hints_.push(window);
        const float probability = loudness(window);
        return gate_.push(hint, probability >= kLoud) ? probability : std::min(probability, kLoudNoSpeech);
    }

private:
    /// How likely it stands out of the noise.
    float loudness(std::span<const std::int16_t, kWindow> window) {
        const float level = levelDb(window);
        if (level < kMutedDb) return 0.0F;
        recent_[next_] = level;
        next_ = (next_ + 1) % kMemory;
        const float quietest = *std::min_element(recent_.begin(), recent_.end());
        const float difference = quietest - floorDb_;
        floorDb_ += difference < 0 ? difference * kFallShare : std::min(difference, kRiseDb);
        floorDb_ = std::clamp(floorDb_, kLowestFloorDb, kHighestFloorDb);
        return 1.0F / (1.0F + std::exp(-(level - floorDb_ - kSpeechAboveFloorDb) / kSlopeDb));
    }

    static std::array<float, kMemory> filled(float value) {
        std::array<float, kMemory> all;
        all.fill(value);
        return all;
    }

    /// RMS after a first-order high-pass: mains hum and a microphone's offset do not count.
    float levelDb(std::span<const std::int16_t, kWindow> window) {
        double sum = 0;
        for (const std::int16_t sample : window) {
            const float in = static_cast<float>(sample) / 32768.0F;
            high_ = 0.94F * (high_ + in - last_);
            last_ = in;
            sum += static_cast<double>(high_) * static_cast<double>(high_);
        }
        return static_cast<float>(10.0 * std::log10(sum / kWindow + 1e-10));
    }

    std::array<float, kMemory> recent_ = filled(kStartFloorDb);
    std::size_t next_ = 0;
    float floorDb_ = kStartFloorDb;
    SpeechHints hints_;
    SpeechGate gate_;
    float high_ = 0;
    float last_ = 0;
};

}  // namespace

std::unique_ptr<VoiceDetector> makeEnergyDetector() {
    return std::make_unique<EnergyDetector>();
}

}  // namespace ninja3cx::transcription
