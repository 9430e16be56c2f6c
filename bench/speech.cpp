#include "bench/baseline_policy.hpp"
#include "bench/commands.hpp"
#include "bench/live_run.hpp"
#include "bench/run_options.hpp"
#include "bench/statistics.hpp"
#include "bench/verdicts.hpp"

#include <cmath>
#include <iostream>

namespace ninja3cx::bench {
namespace {

double cpuPerCallSecond(const LiveResult& result) {
    return result.cpuSeconds / result.callSeconds;
}

boost::json::object toJson(const LiveRun& run, const LiveResult& result) {
    const SpeechFigures& texts = result.texts;
    auto json = describe(run);
    json["policy"] = "ours";
    json["speechShare"] = rounded(result.speechSeconds / result.callSeconds);
    json["finalLatencyMs"] = percentiles(texts.finalLatencyMs);
    json["stableLatencyMs"] = percentiles(texts.stableLatencyMs);
    json["partialLatencyMs"] = percentiles(texts.partialLatencyMs);
    json["cpuCoresPerCall"] = rounded(cpuPerCallSecond(result));
    json["cpuSecondsPerCallSecond"] = rounded(cpuPerCallSecond(result));
    json["decoding"] = result.decoding.json();
    json["rssMb"] = std::lround(result.peakMemoryMb);
    json["droppedAudioMs"] = result.droppedAudio.count();
    json["maxLagMs"] = result.maxLag.count();
    json["scriptedTurns"] = texts.scriptedTurns;
    json["finals"] = texts.finals;
    json["finalsLost"] = texts.finalsLost;
    json["partialsShed"] = result.partialsShed;
    json["revisedWordsPct"] = rounded(texts.revisedWordsPct());
    json["violations"] = texts.violations;
    tellVerdict(json, failsOfSpeech(result));
    return json;
}

Result<boost::json::object> measureOurs(const LiveRun& run) {
    std::cerr << run.calls << " calls, " << run.seconds << " s, in real time …\n";
    const auto result = runLive(run);
    if (!result) return result.error();
    return toJson(run, *result);
}

/// One call of the same sound, the way others do it.
Result<boost::json::object> measureOthers(const std::string& name, const WindowPolicy& policy,
                                          const LiveRun& run, double seconds) {
    const std::chrono::seconds length{std::lround(seconds)};
    std::cerr << "the policy '" << name << "', " << length.count()
              << " s of one call, as fast as it goes …\n";
    const auto cost = measureWindowPolicy(policy, run.model, run.samples, length);
    if (!cost) return cost.error();
    return boost::json::object{{"model", run.model.name},
                               {"policy", name},
                               {"calls", 1},
                               {"stepSeconds", policy.step.count()},
                               {"windowSeconds", policy.window.count()},
                               {"seconds", length.count()},
                               {"cpuSecondsPerCallSecond", rounded(*cost)}};
}

double costOf(const boost::json::object& json) {
    return json.at("cpuSecondsPerCallSecond").to_number<double>();
}

Result<boost::json::object> compare(const LiveRun& run, double naiveSeconds, double streamSeconds) {
    auto ours = measureOurs(run);
    if (!ours) return ours.error();
    auto naive = measureOthers("naive", kNaive, run, naiveSeconds);
    if (!naive) return naive.error();
    auto stream = measureOthers("stream", kStream, run, streamSeconds);
    if (!stream) return stream.error();
    boost::json::object result{{"bench", "speech"},
                               {"timesCheaperThanNaive", rounded(costOf(*naive) / costOf(*ours))},
                               {"timesCheaperThanStream", rounded(costOf(*stream) / costOf(*ours))},
                               {"passes", ours->at("passes")},
                               {"fails", ours->at("fails")}};
    result["ours"] = std::move(*ours);
    result["naive"] = std::move(*naive);
    result["stream"] = std::move(*stream);
    return result;
}

}  // namespace

Result<boost::json::object> measureSpeech(const Options& options) {
    const auto seconds = numberOr(options, "--seconds", 60);
    if (!seconds) return seconds.error();
    const auto policy = policyOf(options);
    if (!policy) return policy.error();
    const bool isOneOfOthers = options.contains("--seconds") && *policy != "all";
    const auto naiveSeconds = numberOr(options, "--naive-seconds", isOneOfOthers ? *seconds : 20);
    if (!naiveSeconds) return naiveSeconds.error();
    const auto streamSeconds = numberOr(options, "--stream-seconds", isOneOfOthers ? *seconds : 60);
    if (!streamSeconds) return streamSeconds.error();
    const auto run = readLiveRun(options, *seconds);
    if (!run) return run.error();
    if (*policy == "all") return compare(*run, *naiveSeconds, *streamSeconds);
    const auto measured = *policy == "naive"    ? measureOthers(*policy, kNaive, *run, *naiveSeconds)
                          : *policy == "stream" ? measureOthers(*policy, kStream, *run, *streamSeconds)
                                                : measureOurs(*run);
    if (!measured) return measured.error();
    boost::json::object result{{"bench", "speech"}};
    result.insert(measured->begin(), measured->end());
    return result;
}

}  // namespace ninja3cx::bench
