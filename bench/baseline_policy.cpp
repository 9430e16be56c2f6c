#include "bench/baseline_policy.hpp"

#include "bench/live_run.hpp"
#include "bench/process_usage.hpp"
#include "bench/script.hpp"
#include "bench/whisper_baseline.hpp"
#include "shared/audio/pcm.hpp"

namespace ninja3cx::bench {

using audio::inSamples;

Result<double> measureWindowPolicy(const WindowPolicy& policy, const BenchModel& model,
                                   const SampleCalls& samples, std::chrono::seconds seconds) {
    auto baseline = WhisperBaseline::make(model.model);
    if (!baseline) return baseline.error();
    const auto length = policy.window + seconds;
    Script::Tapes tapes;
    tapes.emplace("call-0", tapeOfCall(samples, 0, static_cast<double>(length.count())));
    const CallTape& tape = tapes.begin()->second;
    const Script script{tapes,
                        [&](const std::string& text) { return transcription::tokensOf(model.model, text); }};

    const double before = cpuSeconds();
    std::int64_t steps = 0;
    for (auto end = policy.window + policy.step; end <= length; end += policy.step, ++steps) {
        for (const std::size_t channel : {0U, 1U}) {
            const std::int64_t from = inSamples(end - policy.window);
            const auto sound = tape.sound(channel, from, inSamples(policy.window));
            WhisperBaseline::Step step{"fr", policy.maxTokens, std::nullopt};
            if (model.isShaped) step.script = script.tokensWithin(tape, channel, from, inSamples(end));
            if (auto text = (*baseline)->decode(sound, step); !text) return text.error();
        }
    }
    if (steps == 0) return Error{ErrorKind::Rejected, "less than one step of a policy to measure"};
    return (cpuSeconds() - before) / static_cast<double>(steps * policy.step.count());
}

}  // namespace ninja3cx::bench
