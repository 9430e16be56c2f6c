#include "bench/analysis/analysis_run.hpp"

#include "bench/statistics.hpp"
#include "server/analysis/analyse.hpp"
#include "server/analysis/live/live_analysis.hpp"
#include "server/analysis/weights/weights.hpp"
#include "shared/json/codec.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <ranges>
#include <string>

namespace ninja3cx::bench {
namespace {

constexpr std::size_t kTurns = 40;
constexpr int kRuns = 3;

struct Timed {
    protocol::Analysis analysis;
    double ms = 0;
};

Timed timed(const protocol::AnalysisInput& call) {
    const auto begin = std::chrono::steady_clock::now();
    protocol::Analysis analysis = analysis::analyse(call);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    return {std::move(analysis), took.count()};
}

/// The middle one: a run that the machine interrupted says nothing of the analysis.
double medianMs(const protocol::AnalysisInput& call) {
    std::vector<double> runs;
    for (int i = 0; i < kRuns; ++i) runs.push_back(timed(call).ms);
    return median(runs);
}

protocol::Utterance utteranceOf(const protocol::Turn& turn, std::size_t index) {
    protocol::Utterance utterance;
    utterance.utteranceId = UtteranceId{std::to_string(index)};
    utterance.channel = turn.speaker;
    utterance.isFinal = true;
    utterance.startMs = std::llround(turn.t0 * 1000);
    utterance.endMs = std::llround(turn.t1 * 1000);
    utterance.text = turn.text;
    return utterance;
}

/// What a final text costs while its call goes on.
std::optional<double> liveUsPerUtterance(const std::vector<EvaluatedCall>& calls) {
    std::chrono::duration<double, std::micro> took{0};
    std::size_t count = 0;
    for (const EvaluatedCall& call : calls) {
        analysis::LiveAnalysis live{analysis::builtInModel(), call.input.language};
        for (const protocol::Turn& turn : call.input.turns) {
            const protocol::Utterance utterance = utteranceOf(turn, count++);
            const auto begin = std::chrono::steady_clock::now();
            (void)live.read(utterance);
            took += std::chrono::steady_clock::now() - begin;
        }
    }
    return count == 0 ? std::nullopt : std::optional{took.count() / static_cast<double>(count)};
}

}  // namespace

AnalysisRun runAnalysis(const std::vector<EvaluatedCall>& calls) {
    AnalysisRun run;
    std::map<std::string, std::string> outputs;
    for (const EvaluatedCall& call : calls) {
        const Timed once = timed(call.input);
        if (outputs.empty()) run.times.firstMs = once.ms;
        run.predictions[call.input.id] = predictionOf(once.analysis);
        outputs[call.input.id] = json::encodeText(once.analysis);
    }
    // Backwards, so that each call comes after others than before.
    for (const EvaluatedCall& call : calls | std::views::reverse)
        if (json::encodeText(analysis::analyse(call.input)) != outputs[call.input.id])
            run.different.push_back(call.input.id);
    double longest = -1;
    for (const EvaluatedCall& call : calls) {
        const double ms = medianMs(call.input);
        run.times.ms.push_back(ms);
        run.times.msAt40Turns.push_back(medianMs(withTurns(call.input, kTurns)));
        if (ms > longest) {
            longest = ms;
            run.times.turnsOfLongest = call.input.turns.size();
        }
    }
    run.times.liveUsPerUtterance = liveUsPerUtterance(calls);
    return run;
}

DegradedRun runDegraded(const std::vector<EvaluatedCall>& calls, double rate,
                        const std::vector<std::uint64_t>& seeds) {
    const WordErrors errors{calls, rate};
    DegradedRun run;
    for (const std::uint64_t seed : seeds) {
        Predictions predictions;
        for (const EvaluatedCall& call : calls) {
            const WordErrors::Degraded degraded = errors.degrade(call.input, seed);
            run.words += degraded.words;
            run.errors += degraded.errors;
            predictions[call.input.id] = predictionOf(analysis::analyse(degraded.call));
        }
        const AnalysisScore score = scoreAnalyses(calls, predictions);
        const auto add = [&seeds](std::optional<double>& mean, double value) {
            mean = mean.value_or(0) + value / static_cast<double>(seeds.size());
        };
        for (const auto& [field, value] : fieldsOf(score))
            if (std::optional<double>& mean = run.fields[field]; value) add(mean, *value);
        if (score.whole) add(run.falseMasksPerCall, score.whole->pii.extraPerCall);
    }
    return run;
}

}  // namespace ninja3cx::bench
