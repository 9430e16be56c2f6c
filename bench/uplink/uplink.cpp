#include "bench/commands.hpp"
#include "bench/programs/workshop.hpp"
#include "bench/statistics.hpp"
#include "bench/uplink/uplink_run.hpp"
#include "bench/uplink/uplink_verdict.hpp"
#include "bench/verdicts.hpp"

#include <iostream>

namespace ninja3cx::bench {
namespace {

constexpr std::size_t kMostAgents = 500;
constexpr double kLongestS = 3'600;

Error outside(const std::string& what) {
    return Error{ErrorKind::Rejected, "option " + what};
}

Result<UplinkRunOptions> readUplinkRun(const Options& options) {
    UplinkRunOptions run;
    const auto agents = countOr(options, "--agents", run.agents);
    if (!agents) return agents.error();
    const auto seconds = numberOr(options, "--seconds", run.seconds);
    if (!seconds) return seconds.error();
    const auto cutRate = numberOr(options, "--cut-rate", run.cutRate);
    if (!cutRate) return cutRate.error();
    const auto seed = countOr(options, "--seed", run.seed);
    if (!seed) return seed.error();
    if (*agents > kMostAgents) return outside("--agents: at most " + std::to_string(kMostAgents));
    if (*seconds < 1 || *seconds > kLongestS) return outside("--seconds: 1 to 3600");
    if (*cutRate > 1) return outside("--cut-rate: a share, at most 1");
    run.agents = *agents;
    run.seconds = *seconds;
    run.cutRate = *cutRate;
    run.seed = *seed;
    run.keepsFolder = options.contains("--keep");
    run.programs = std::filesystem::absolute(optionOr(options, "--programs", programsFolder().string()));
    return run;
}

}  // namespace

Result<boost::json::object> measureUplink(const Options& options) {
    const auto run = readUplinkRun(options);
    if (!run) return run.error();
    std::cerr << run->agents << " agents, both sides, " << run->seconds << " s; " << run->cutRate * 100
              << " % of the connections cut each second, the server killed " << run->kills << " times …\n";
    const auto result = runUplink(*run);
    if (!result) return result.error();
    const double networkThreadCores = result->serverS > 0 ? result->networkThreadS / result->serverS : 0;
    boost::json::object json{{"bench", "uplink"},
                             {"agents", run->agents},
                             {"seconds", rounded(run->seconds)},
                             {"cutRate", rounded(run->cutRate)},
                             {"seed", run->seed},
                             {"frames", result->journals.frames},
                             {"lostFrames", result->journals.lost},
                             {"doubledFrames", result->journals.doubled},
                             {"reorderedFrames", result->journals.reordered},
                             {"foreignRecords", result->journals.foreign},
                             {"networkThreadCores", rounded(networkThreadCores)},
                             {"restarts", result->restarts},
                             {"cuts", result->cuts},
                             {"reconnects", result->agents.reconnects},
                             {"lostWithoutSpool", result->agents.replayed},
                             {"refused", result->agents.refused},
                             {"undelivered", result->undelivered},
                             {"deliveryS", rounded(result->deliveryS)},
                             {"wallS", rounded(result->seconds)}};
    tellVerdict(json, failsOfUplink(*result, networkThreadCores));
    return json;
}

}  // namespace ninja3cx::bench
