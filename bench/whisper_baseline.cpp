#include "bench/whisper_baseline.hpp"

#include "shared/core/c_handle.hpp"

#include <whisper.h>

#include <algorithm>
#include <vector>

namespace ninja3cx::bench {

struct WhisperBaseline::State {
    transcription::WhisperModel model;
    CHandle<whisper_state, whisper_free_state> state;
};

WhisperBaseline::WhisperBaseline(std::unique_ptr<State> state) : state_{std::move(state)} {}
WhisperBaseline::~WhisperBaseline() = default;

Result<std::unique_ptr<WhisperBaseline>> WhisperBaseline::make(transcription::WhisperModel model) {
    auto state = std::make_unique<State>();
    state->model = std::move(model);
    state->state.reset(whisper_init_state(state->model.get()));
    if (!state->state) return Error{ErrorKind::Io, "no memory for whisper"};
    return std::unique_ptr<WhisperBaseline>{new WhisperBaseline{std::move(state)}};
}

Result<std::string> WhisperBaseline::decode(std::span<const std::int16_t> samples,
                                            const std::string& language) {
    return run(samples, language, 0);
}

Result<std::string> WhisperBaseline::decodeStreamStep(std::span<const std::int16_t> samples,
                                                      const std::string& language) {
    return run(samples, language, 32);
}

Result<std::string> WhisperBaseline::run(std::span<const std::int16_t> samples, const std::string& language,
                                         int maxTokens) {
    std::vector<float> sound(std::max<std::size_t>(samples.size(), 17'600), 0.0F);
    std::transform(samples.begin(), samples.end(), sound.begin(),
                   [](std::int16_t sample) { return static_cast<float>(sample) / 32768.0F; });
    auto params = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
    params.n_threads = 1;
    params.greedy.best_of = 1;
    params.temperature_inc = 0;
    params.no_context = true;
    params.no_timestamps = true;
    params.print_progress = false;
    params.print_timestamps = false;
    params.language = language.c_str();
    params.max_tokens = maxTokens;
    params.single_segment = maxTokens > 0;
    if (const int failure = whisper_full_with_state(state_->model.get(), state_->state.get(), params,
                                                    sound.data(), static_cast<int>(sound.size()));
        failure != 0) {
        return Error{ErrorKind::Io, "whisper_full failed (code " + std::to_string(failure) + ")"};
    }
    std::string text;
    const int segments = whisper_full_n_segments_from_state(state_->state.get());
    for (int segment = 0; segment < segments; ++segment) {
        text += whisper_full_get_segment_text_from_state(state_->state.get(), segment);
    }
    return text;
}

}  // namespace ninja3cx::bench
