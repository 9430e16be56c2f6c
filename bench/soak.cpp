#include "bench/commands.hpp"
#include "bench/process_usage.hpp"
#include "bench/run_options.hpp"
#include "bench/statistics.hpp"
#include "bench/verdicts.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace ninja3cx::bench {
namespace {

constexpr std::ptrdiff_t kWarmUpMinutes = 2;

boost::json::array toJson(const std::vector<double>& values) {
    boost::json::array json;
    for (const double value : values) json.push_back(std::round(value * 10) / 10);
    return json;
}

/// `isNone`: of a minute in which there was nothing to measure.
Growth growthAfterWarmUp(const std::vector<double>& minutes, double isNone = -1) {
    std::vector<double> measured{minutes.begin() + std::min(kWarmUpMinutes, std::ssize(minutes)),
                                 minutes.end()};
    std::erase(measured, isNone);
    return growthOf(measured);
}

}  // namespace

Result<boost::json::object> measureSoak(const Options& options) {
    const auto hours = numberOr(options, "--hours", 1);
    if (!hours) return hours.error();
    auto run = readLiveRun(options, *hours * 3600);
    if (!run) return run.error();
    std::vector<double> memory;
    std::vector<double> lag;
    run->onMinute = [&](std::span<const std::int64_t> latencies) {
        memory.push_back(memoryMb());
        lag.push_back(static_cast<double>(percentile({latencies.begin(), latencies.end()}, 0.95)));
        std::cerr << "minute " << memory.size() << ": " << std::lround(memory.back())
                  << " MB, final texts p95 " << lag.back() << " ms\n";
    };
    std::cerr << run->calls << " calls, " << *hours << " h, in real time …\n";
    const auto result = runLive(*run);
    if (!result) return result.error();
    if (std::ssize(memory) < kWarmUpMinutes + 2)
        return Error{ErrorKind::Rejected, "too short to compare: it takes 2 minutes of warm-up and 2 more"};

    const Growth memoryGrowth = growthAfterWarmUp(memory);
    const Growth lagGrowth = growthAfterWarmUp(lag, 0);
    boost::json::object json{{"bench", "soak"}, {"hours", rounded(*hours)}};
    for (const auto& field : describe(*run)) json[field.key()] = field.value();
    json["rssGrowthPct"] = rounded(memoryGrowth.pct());
    json["lagGrowthPct"] = rounded(lagGrowth.pct());
    json["lagGrowthMs"] = rounded(lagGrowth.by());
    json["rssMb"] = toJson(memory);
    json["lagP95Ms"] = toJson(lag);
    json["finalLatencyMs"] = percentiles(result->texts.finalLatencyMs);
    json["maxLagMs"] = result->maxLag.count();
    json["cpuCoresPerCall"] = rounded(result->cpuSeconds / result->callSeconds);
    json["droppedAudioMs"] = result->droppedAudio.count();
    json["scriptedTurns"] = result->texts.scriptedTurns;
    json["finals"] = result->texts.finals;
    json["finalsLost"] = result->texts.finalsLost;
    json["violations"] = result->texts.violations;
    tellVerdict(json, failsOfSoak(*result, memoryGrowth, lagGrowth));
    return json;
}

}  // namespace ninja3cx::bench
