#include "server/transcription/capacity.hpp"

#include "server/transcription/encoder_context.hpp"
#include "server/transcription/vocabulary.hpp"
#include "server/transcription/whisper_setup.hpp"
#include "shared/audio/pcm.hpp"
#include "shared/core/c_handle.hpp"

#include <time.h>
#include <whisper.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

namespace ninja3cx::transcription {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr double kUtteranceSeconds = 4;
constexpr double kTokensPerSecond = 4.5;   // of French speech
constexpr double kOverhead = 1.05;         // a whole call of whisper over the sum of its parts
constexpr double kSpeechShare = 0.9;       // both sides together
constexpr double kVoiceDetection = 0.008;  // both sides together
constexpr double kLoad = 0.7;
constexpr double kSlowestMs = 2000;
/// Of a token of a prompt, in tokens that are written: all are read at once. A prompt of 84 makes a final text of base a third
/// dearer (vocabulary.hpp).
constexpr double kPromptToken = 0.4;
/// Speculations that are given up because somebody goes on, over all finals: 7 % in `3cx-ninja-bench speech`, "givenUp".
constexpr double kGivenUp = 1.07;
/// Partials come at half a step where somebody takes a breath: with the policy's `pause` there are 392 in the sample calls
/// instead of 346, a fifth dearer in all.
constexpr double kBreaths = 1.2;
constexpr int kTokens = 12;   // of a measurement
constexpr int kToken = 1000;  // any word

/// What models cost against base: measured on a core of an AMD EPYC (AVX2) with q8_0 weights and OpenBLAS.
struct Relation {
    const char* model;
    double sound;
    double token;
};
constexpr Relation kRelations[]{{"tiny", 0.46, 0.47},        {"base", 1, 1},
                                {"small", 3.7, 2.8},         {"medium", 12, 6.6},
                                {"large-v3-turbo", 21, 2.7}, {"large-v3", 22, 11.5}};

const Relation& relationOf(const std::string& model) {
    const auto* found = std::find_if(std::begin(kRelations), std::end(kRelations),
                                     [&](const Relation& one) { return one.model == model; });
    return found != std::end(kRelations) ? *found : kRelations[1];
}

ModelCost scaled(const ModelCost& from, const std::string& to) {
    const Relation& known = relationOf(from.model);
    const Relation& wanted = relationOf(to);
    return {to, false, from.soundMs * wanted.sound / known.sound, from.tokenMs * wanted.token / known.token};
}

double tokensOf(double seconds) {
    return kTokensPerSecond * seconds + 1;  // the last one ends the text
}

/// One decoding of `seconds`; its context fitted as the engine fits it to an utterance, or to a partial.
double decodingMs(const ModelCost& cost, double seconds, const ContextFit& fit) {
    const double context = static_cast<double>(fit(seconds, kAudioContext)) /
                           static_cast<double>(fittedContext(kUtteranceSeconds, kAudioContext));
    return kOverhead * (cost.soundMs * context + cost.tokenMs * tokensOf(seconds));
}

/// With a prompt that is full.
double utteranceMs(const ModelCost& cost) {
    return decodingMs(cost, kUtteranceSeconds, fittedContext) +
           kOverhead * cost.tokenMs * kPromptToken * static_cast<double>(kPromptTokens);
}

double nowMs(bool isOnGpu) {
    timespec time{};
    ::clock_gettime(isOnGpu ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// What whisper's callbacks know of a run.
struct Run {
    bool isOnGpu = false;
    Clock::time_point deadline;
    int vocabulary = 0;
    std::vector<double> steps;  // when the logits of each token were there
};

/// Noise of an even level.
std::vector<float> noise() {
    std::vector<float> samples(static_cast<std::size_t>(kUtteranceSeconds * audio::kRateHz));
    std::uint32_t state = 1;
    for (float& sample : samples) {
        state = state * 1664525U + 1013904223U;
        sample = 0.2F * (static_cast<float>(state >> 8U) / 8388608.0F - 1);
    }
    return samples;
}

std::optional<ModelCost> runOnce(whisper_context* model, whisper_state* state,
                                 const std::vector<float>& samples, Run& run) {
    auto params = greedyParams();
    params.single_segment = true;
    params.audio_ctx = fittedContext(kUtteranceSeconds, whisper_n_audio_ctx(model));
    params.max_tokens = kTokens;
    params.language = "fr";
    params.abort_callback = [](void* context) { return Clock::now() > static_cast<Run*>(context)->deadline; };
    params.abort_callback_user_data = &run;
    params.logits_filter_callback = [](whisper_context*, whisper_state*, const whisper_token_data*, int,
                                       float* logits, void* context) {
        auto& now = *static_cast<Run*>(context);
        now.steps.push_back(nowMs(now.isOnGpu));
        std::fill(logits, logits + now.vocabulary, -INFINITY);
        logits[kToken] = 0;  // never the end
    };
    params.logits_filter_callback_user_data = &run;
    run.steps.clear();
    const double start = nowMs(run.isOnGpu);
    if (whisper_full_with_state(model, state, params, samples.data(), static_cast<int>(samples.size())) !=
            0 ||
        run.steps.size() < 2)
        return std::nullopt;
    const double first = run.steps.front();
    return ModelCost{"", true, first - start,
                     (run.steps.back() - first) / static_cast<double>(run.steps.size() - 1)};
}

}  // namespace

Result<ModelCost> measureModel(const WhisperModel& model, const std::string& name, bool isOnGpu,
                               const MeasuringTime& time) {
    const auto usualEnd = Clock::now() + time.usual;
    Run run{isOnGpu, Clock::now() + time.atMost, whisper_n_vocab(model.get()), {}};
    const CHandle<whisper_state, whisper_free_state> state{whisper_init_state(model.get())};
    if (!state) return Error{ErrorKind::Io, "not enough memory for a model like " + name};
    const std::vector<float> samples = noise();
    const auto start = Clock::now();
    auto best = runOnce(model.get(), state.get(), samples, run);
    if (!best) return Error{ErrorKind::TimedOut, "no utterance was decoded in the time that was given"};
    if (const auto now = Clock::now(); now + (now - start) < usualEnd) {
        run.deadline = usualEnd;
        if (const auto again = runOnce(model.get(), state.get(), samples, run)) {
            best->soundMs = std::min(best->soundMs, again->soundMs);
            best->tokenMs = std::min(best->tokenMs, again->tokenMs);
        }
    }
    best->model = name;
    return *best;
}

std::vector<ModelCost> costsOfModels(const MeasuringTime& time, const MeasureModel& measure, const Now& now) {
    const auto& shapes = modelShapes();
    const auto end = now() + time.usual;
    const auto lastEnd = now() + time.atMost;
    std::vector<ModelCost> measured;
    // Wall time of the last one for a millisecond of its work: two runs, loading, and whatever else the machine does.
    double wallPerWork = 0;
    const auto tryOne = [&](const ModelShape& shape) {
        const auto start = now();
        const auto usual = std::chrono::duration_cast<milliseconds>(end - start);
        const auto atMost = std::chrono::duration_cast<milliseconds>(lastEnd - start);
        auto cost = measure(shape, {usual, measured.empty() ? atMost : usual});
        if (!cost) return false;
        const std::chrono::duration<double, std::milli> wall = now() - start;
        wallPerWork = std::max(wallPerWork, wall.count() / (cost->soundMs + cost->tokenMs * kTokens));
        measured.push_back(*cost);
        return true;
    };
    const auto fits = [&](const ModelShape& shape) {
        const ModelCost expected = scaled(measured.back(), shape.name);
        const std::chrono::duration<double, std::milli> left = end - now();
        return (expected.soundMs + expected.tokenMs * kTokens) * wallPerWork < left.count();
    };
    if (!tryOne(shapes[1])) return {};
    if (fits(shapes[0])) tryOne(shapes[0]);
    for (std::size_t i = 2; i < shapes.size() && fits(shapes[i]); ++i)
        if (!tryOne(shapes[i])) break;

    std::vector<ModelCost> costs;
    for (const ModelShape& shape : shapes) {
        const auto found = std::find_if(measured.begin(), measured.end(),
                                        [&](const ModelCost& one) { return one.model == shape.name; });
        costs.push_back(found != measured.end() ? *found
                        : shape.name == "tiny"
                            ? scaled(measured.front(), shape.name)
                            // From the largest that was measured.
                            : scaled(*std::max_element(measured.begin(), measured.end(),
                                                       [](const ModelCost& a, const ModelCost& b) {
                                                           return a.soundMs < b.soundMs;
                                                       }),
                                     shape.name));
    }
    return costs;
}

double finalCost(const ModelCost& cost) {
    return kGivenUp * utteranceMs(cost) / kUtteranceSeconds / 1000;
}

double partialCost(const ModelCost& cost, const PolicyOptions& policy) {
    const auto inSeconds = [](milliseconds time) { return static_cast<double>(time.count()) / 1000; };
    double ms = 0;
    for (double at = inSeconds(policy.firstAfter); at < kUtteranceSeconds;
         at += std::max(inSeconds(policy.step), policy.stepShare * at))
        ms += decodingMs(cost, at, partialContext);
    return kBreaths * ms / kUtteranceSeconds / 1000;
}

double callsAtOnce(double costOfSpeech, double cores) {
    return kLoad * cores / (kSpeechShare * costOfSpeech + kVoiceDetection);
}

std::vector<ModelCapacity> capacityOf(const std::vector<ModelCost>& costs, const CoresFor& coresFor,
                                      double wantedCalls) {
    std::vector<ModelCapacity> all;
    std::optional<std::size_t> best;
    for (const ModelCost& cost : costs) {
        const std::size_t cores = coresFor(cost.model);
        const double finals = finalCost(cost);
        const double partials = partialCost(costs.front());
        const double ms = utteranceMs(cost);
        const auto busy = static_cast<double>(cores);
        all.push_back({cost.model, cost.isMeasured, cores, callsAtOnce(finals, busy),
                       callsAtOnce(finals + partials, busy), ms, false});
        if (all.back().calls >= wantedCalls && ms <= kSlowestMs) best = all.size() - 1;
    }
    if (best) all[*best].isRecommended = true;
    return all;
}

}  // namespace ninja3cx::transcription
