#include "server/transcription/whisper_decoder.hpp"

#include "server/transcription/processor.hpp"
#include "server/transcription/text_guard.hpp"
#include "shared/audio/pcm.hpp"
#include "shared/core/c_handle.hpp"

#include <ggml-backend.h>
#include <whisper.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <string_view>

// Present when ggml was built with OpenBLAS: then each worker must stay on its own thread.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

namespace ninja3cx::transcription {
namespace {

using WhisperState = CHandle<whisper_state, whisper_free_state>;

constexpr int kFramesPerSecond = 50;  // of the encoder
constexpr int kContextReserve = 128;  // Whisper gets confused where the context ends with the speech
constexpr int kContextStep = 64;
constexpr int kMinContext = 256;
constexpr std::size_t kMinSamples =
    audio::kRateHz + audio::kRateHz / 10;  // whisper.cpp 1.9.1 misreads less than 1 s
constexpr int kTokensAtMost = 220;
constexpr int kAudible = 33;  // -60 dBFS
constexpr float kNoSpeech = 0.6F;
constexpr float kUnsure = -1.0F;  // mean log probability

void quietWhisper() {
    static std::once_flag once;
    std::call_once(once, [] {
        whisper_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
        if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
    });
}

/// The device's place among those that whisper counts as GPUs.
Result<int> gpuOf(const char* backend, const char* option) {
    if (ggml_backend_reg_by_name(backend) == nullptr)
        return Error{ErrorKind::Rejected, std::string{"this build has no "} + backend +
                                              ": configure it with -D" + option +
                                              "=ON, or set the device to auto or cpu"};
    int place = 0;
    for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i) {
        ggml_backend_dev_t device = ggml_backend_dev_get(i);
        const auto type = ggml_backend_dev_type(device);
        if (type != GGML_BACKEND_DEVICE_TYPE_GPU && type != GGML_BACKEND_DEVICE_TYPE_IGPU) continue;
        if (std::string_view{ggml_backend_reg_name(ggml_backend_dev_backend_reg(device))} == backend)
            return place;
        ++place;
    }
    return Error{ErrorKind::Rejected, std::string{"this machine has no device for "} + backend +
                                          ": check its driver, or set the device to auto or cpu"};
}

/// Which GPU to take; whisper falls back to the processor where Auto finds none.
Result<int> placeOf(Device device) {
    switch (device) {
        case Device::Cuda:
            return gpuOf("CUDA", "PROJECT_WHISPER_CUDA");
        case Device::Vulkan:
            return gpuOf("Vulkan", "PROJECT_WHISPER_VULKAN");
        case Device::Auto:
        case Device::Cpu:
            break;
    }
    return 0;
}

class WhisperDecoder final : public SpeechDecoder {
public:
    WhisperDecoder(WhisperModel model, WhisperState state, DecoderOptions options)
        : model_{std::move(model)}, state_{std::move(state)}, options_{std::move(options)} {}

    Result<Decoded> decode(const DecodeRequest& request) override {
        if (isSilent(request.samples)) return Decoded{};
        prepare(request.samples);
        const double seconds = static_cast<double>(request.samples.size()) / audio::kRateHz;
        const int whole = whisper_n_audio_ctx(model_.get());
        const int fitted =
            (static_cast<int>(kFramesPerSecond * seconds) + kContextReserve + kContextStep - 1) /
            kContextStep * kContextStep;
        const int context = options_.fitsContext ? std::clamp(fitted, kMinContext, whole) : whole;
        const int tokens = std::min(kTokensAtMost, static_cast<int>(6 * seconds) + 8);

        auto first = run(request, context, tokens);
        if (!first) return first.error();
        if (first->isCut || isLooping(first->text)) {
            if (auto again = run(request, whole, kTokensAtMost); again) {
                first = std::move(again);
            } else if (again.error().kind == ErrorKind::Cancelled) {
                return again.error();
            }
        }
        Decoded decoded{withoutLoop(first->text), first->language};
        if (first->isLikelySilence || isHallucination(decoded.text)) decoded.text.clear();
        return decoded;
    }

private:
    struct Attempt {
        std::string text;
        std::string language;
        bool isCut = false;  // the number of tokens was not enough
        bool isLikelySilence = false;
    };

    /// Whisper makes up words for what nobody could hear.
    static bool isSilent(std::span<const std::int16_t> samples) {
        return std::all_of(samples.begin(), samples.end(),
                           [](std::int16_t sample) { return std::abs(static_cast<int>(sample)) < kAudible; });
    }

    /// Float samples of an even level, at least a second long.
    void prepare(std::span<const std::int16_t> samples) {
        int peak = 1;
        for (const std::int16_t sample : samples) peak = std::max(peak, std::abs(static_cast<int>(sample)));
        const float gain = std::min(0.5F * 32768.0F / static_cast<float>(peak), 30.0F) / 32768.0F;
        samples_.assign(std::max(samples.size(), kMinSamples), 0.0F);
        std::transform(samples.begin(), samples.end(), samples_.begin(),
                       [&](std::int16_t sample) { return static_cast<float>(sample) * gain; });
    }

    Result<Attempt> run(const DecodeRequest& request, int context, int maxTokens) {
        const auto isCancelled = [&] {
            return request.isCancelled != nullptr && request.isCancelled->load();
        };
        if (isCancelled()) return Error{ErrorKind::Cancelled, "the call is gone"};
        auto params = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
        params.n_threads = 1;
        params.greedy.best_of = 1;
        params.temperature_inc = 0;
        params.no_context = true;
        params.no_timestamps = true;
        params.single_segment = true;
        params.suppress_blank = true;
        params.suppress_nst = true;
        params.print_progress = false;
        params.print_realtime = false;
        params.print_special = false;
        params.print_timestamps = false;
        params.audio_ctx = context;
        params.max_tokens = maxTokens;
        params.language = request.language.c_str();
        if (!options_.prompt.empty()) params.initial_prompt = options_.prompt.c_str();
        params.abort_callback = [](void* flag) {
            return static_cast<const std::atomic<bool>*>(flag)->load();
        };
        params.abort_callback_user_data = const_cast<std::atomic<bool>*>(request.isCancelled);
        if (request.isCancelled == nullptr) params.abort_callback = nullptr;

        const int failure = whisper_full_with_state(model_.get(), state_.get(), params, samples_.data(),
                                                    static_cast<int>(samples_.size()));
        if (isCancelled()) return Error{ErrorKind::Cancelled, "the call is gone"};
        if (failure != 0) {
            return Error{ErrorKind::Io,
                         "whisper could not decode an utterance (code " + std::to_string(failure) + ")"};
        }
        Attempt attempt;
        std::string text;
        int tokens = 0;
        double logProbability = 0;
        float noSpeech = 0;
        const int segments = whisper_full_n_segments_from_state(state_.get());
        for (int segment = 0; segment < segments; ++segment) {
            text += whisper_full_get_segment_text_from_state(state_.get(), segment);
            noSpeech =
                std::max(noSpeech, whisper_full_get_segment_no_speech_prob_from_state(state_.get(), segment));
            const int count = whisper_full_n_tokens_from_state(state_.get(), segment);
            for (int token = 0; token < count; ++token) {
                logProbability += whisper_full_get_token_data_from_state(state_.get(), segment, token).plog;
            }
            tokens += count;
        }
        attempt.text = tidy(text);
        attempt.isCut = tokens >= maxTokens;
        attempt.isLikelySilence = tokens == 0 || (noSpeech > kNoSpeech && logProbability / tokens < kUnsure);
        if (const char* language = whisper_lang_str(whisper_full_lang_id_from_state(state_.get()))) {
            attempt.language = language;
        }
        return attempt;
    }

    WhisperModel model_;
    WhisperState state_;
    DecoderOptions options_;
    std::vector<float> samples_;
};

}  // namespace

Result<void> checkDevice(Device device) {
    quietWhisper();
    if (auto found = placeOf(device); !found) return found.error();
    return {};
}

Result<WhisperModel> loadWhisperModel(const std::filesystem::path& file, const LoadOptions& options) {
    if (auto fits = checkProcessor(); !fits) return fits.error();
    if (auto info = inspectModelFile(file); !info) return info.error();
    quietWhisper();
    const auto gpu = placeOf(options.device);
    if (!gpu) return gpu.error();
    auto params = whisper_context_default_params();
    params.use_gpu = options.device != Device::Cpu;
    params.gpu_device = *gpu;
    // With flash attention and a fitted context the result depends on what the state held before, even of
    // another call.
    params.flash_attn = false;
    WhisperModel model{whisper_init_from_file_with_params_no_state(file.string().c_str(), params),
                       [](whisper_context* context) {
                           if (context != nullptr) whisper_free(context);
                       }};
    if (!model) {
        return Error{ErrorKind::BadMessage,
                     "speech model " + file.string() +
                         ": whisper cannot load it (damaged, or not enough memory). Fetch it "
                         "again with `3cx-ninja-server models pull`"};
    }
    return model;
}

Result<std::unique_ptr<SpeechDecoder>> makeWhisperDecoder(WhisperModel model, DecoderOptions options) {
    WhisperState state{whisper_init_state(model.get())};
    if (!state)
        return Error{ErrorKind::Io, "no memory for a transcription worker; lower the number of workers"};
    return std::unique_ptr<SpeechDecoder>{
        std::make_unique<WhisperDecoder>(std::move(model), std::move(state), std::move(options))};
}

Result<void> checkLanguage(const std::string& language) {
    if (language == "auto" || whisper_lang_id(language.c_str()) >= 0) return {};
    return Error{ErrorKind::Rejected,
                 "language '" + language + "' is not known; use a code such as fr or en, or auto"};
}

}  // namespace ninja3cx::transcription
