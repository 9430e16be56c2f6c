#include "server/transcription/silero_file.hpp"
#include "server/transcription/voice_detector.hpp"
#include "shared/core/c_handle.hpp"

#include <whisper.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ninja3cx::transcription {
namespace {

using VadContext = CHandle<whisper_vad_context, whisper_vad_free>;

constexpr float kTargetPeak = 0.6F;  // -4.4 dBFS
constexpr float kMaxGain = 30.0F;
constexpr float kPeakDecay = 0.9985F;    // of a window: halves in 15 s
constexpr float kQuietestPeak = 0.003F;  // noise is not lifted to the level of speech

class SileroDetector final : public VoiceDetector {
public:
    explicit SileroDetector(VadContext context) : context_{std::move(context)} {}

    float judge(std::span<const std::int16_t, kWindow> window) override {
        float peak = 0;
        for (const std::int16_t sample : window)
            peak = std::max(peak, std::abs(static_cast<float>(sample) / 32768.0F));
        peak_ = std::max({peak, peak_ * kPeakDecay, kQuietestPeak});
        const float gain = std::min(kTargetPeak / peak_, kMaxGain);
        std::array<float, kWindow> samples;
        std::transform(window.begin(), window.end(), samples.begin(),
                       [&](std::int16_t sample) { return static_cast<float>(sample) / 32768.0F * gain; });
        if (!whisper_vad_detect_speech_no_reset(context_.get(), samples.data(), static_cast<int>(kWindow)) ||
            whisper_vad_n_probs(context_.get()) < 1) {
            return 1.0F;  // a detector that fails must not swallow speech
        }
        return whisper_vad_probs(context_.get())[0];
    }

private:
    VadContext context_;
    float peak_ = 0.1F;
};

}  // namespace

Result<std::unique_ptr<VoiceDetector>> makeSileroDetector(const std::filesystem::path& model) {
    if (auto whole = checkSileroFile(model); !whole) return whole.error();
    auto params = whisper_vad_default_context_params();
    params.n_threads = 1;
    params.use_gpu = false;
    VadContext context{whisper_vad_init_from_file_with_params(model.string().c_str(), params)};
    if (!context) {
        return Error{ErrorKind::BadMessage,
                     "voice model " + model.string() +
                         ": cannot be loaded. Fetch it again with `3cx-ninja-server models pull "
                         "silero`"};
    }
    whisper_vad_reset_state(context.get());
    return std::unique_ptr<VoiceDetector>{std::make_unique<SileroDetector>(std::move(context))};
}

Result<MakeDetector> detectorsOf(const std::optional<std::filesystem::path>& silero) {
    if (!silero) return MakeDetector{makeEnergyDetector};
    if (auto first = makeSileroDetector(*silero); !first) return first.error();
    return MakeDetector{[file = *silero] {
        auto detector = makeSileroDetector(file);
        return detector ? std::move(*detector) : makeEnergyDetector();
    }};
}

}  // namespace ninja3cx::transcription
