#include "bench/whisper_baseline.hpp"

#include "server/transcription/whisper_setup.hpp"
#include "shared/core/c_handle.hpp"

#include <whisper.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace ninja3cx::bench {

namespace {

/// Leaves the next token of the script, or the end behind its last one.
void chooseScripted(whisper_context* model, whisper_state*, const whisper_token_data*, int chosen,
                    float* logits, void* data) {
    const auto& script = *static_cast<const std::vector<transcription::Token>*>(data);
    const auto next = static_cast<std::size_t>(chosen);
    const int token = next < script.size() ? script[next].id : whisper_token_eot(model);
    std::fill(logits, logits + whisper_n_vocab(model), -std::numeric_limits<float>::infinity());
    logits[token] = 0;
}

}  // namespace

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

Result<std::string> WhisperBaseline::decode(std::span<const std::int16_t> samples, const Step& step) {
    std::vector<float> sound(std::max<std::size_t>(samples.size(), 17'600), 0.0F);
    std::transform(samples.begin(), samples.end(), sound.begin(),
                   [](std::int16_t sample) { return static_cast<float>(sample) / 32768.0F; });
    auto params = transcription::greedyParams();
    params.language = step.language.c_str();
    params.max_tokens = step.maxTokens;
    params.single_segment = step.maxTokens > 0;
    if (step.script) {
        params.logits_filter_callback = chooseScripted;
        params.logits_filter_callback_user_data =
            const_cast<std::vector<transcription::Token>*>(&*step.script);
    }
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
