#include "bench/commands.hpp"
#include "bench/programs/workshop.hpp"
#include "bench/statistics.hpp"
#include "bench/tickets/faults.hpp"
#include "bench/tickets/ticket_run.hpp"
#include "bench/verdicts.hpp"

#include <iostream>

namespace ninja3cx::bench {
namespace {

constexpr std::size_t kMostTickets = 100'000;
constexpr std::size_t kMostAgents = 200;
constexpr double kFastest = 1'000;

Error outside(const std::string& what) {
    return Error{ErrorKind::Rejected, "option " + what};
}

/// Also 0: not at all.
Result<double> numberOrNone(const Options& options, const std::string& name, double fallback) {
    if (optionOr(options, name, "") == "0") return 0.0;
    return numberOr(options, name, fallback);
}

Result<TicketRunOptions> readTicketRun(const Options& options) {
    TicketRunOptions run;
    const auto count = countOr(options, "--count", run.count);
    if (!count) return count.error();
    const auto agents = countOr(options, "--agents", run.agents);
    if (!agents) return agents.error();
    const auto speed = numberOr(options, "--speed", run.speed);
    if (!speed) return speed.error();
    const auto faultRate = numberOr(options, "--fault-rate", run.faultRate);
    if (!faultRate) return faultRate.error();
    const auto seed = countOr(options, "--seed", run.seed);
    if (!seed) return seed.error();
    const auto killEvery = numberOrNone(options, "--kill-every", run.killEveryS);
    if (!killEvery) return killEvery.error();
    const auto pause = numberOrNone(options, "--pause", run.pauseS);
    if (!pause) return pause.error();
    const auto limit = numberOr(options, "--limit", run.limitS);
    if (!limit) return limit.error();
    if (*count > kMostTickets) return outside("--count: at most " + std::to_string(kMostTickets));
    if (*agents > kMostAgents) return outside("--agents: at most " + std::to_string(kMostAgents));
    if (*speed > kFastest) return outside("--speed: at most " + std::to_string(kFastest));
    if (*killEvery > 0 && *killEvery < 1) return outside("--kill-every: 1 second or more, or 0 for never");
    run.count = *count;
    run.agents = *agents;
    run.speed = *speed;
    run.faultRate = *faultRate;
    run.seed = *seed;
    run.killEveryS = *killEvery;
    run.pauseS = *pause;
    run.limitS = *limit;
    run.faults = optionOr(options, "--faults", run.faults);
    if (const auto known = faultsFor(run.faults); !known) return known.error();
    run.areCareless = options.contains("--careless");
    run.keepsFolder = options.contains("--keep");
    run.programs = std::filesystem::absolute(optionOr(options, "--programs", programsFolder().string()));
    run.model = optionOr(options, "--model", "models/ggml-demo-fr-q8_0.bin");
    return run;
}

}  // namespace

Result<boost::json::object> measureTickets(const Options& options) {
    const auto run = readTicketRun(options);
    if (!run) return run.error();
    std::cerr << run->count << " drafts of " << run->agents << " agents, faults: " << run->faults
              << ", NinjaOne's time " << run->speed << " times as fast, seed " << run->seed << " …\n";
    const auto result = runTickets(*run);
    if (!result) return result.error();
    const TicketScore& score = result->score;
    boost::json::object json{{"bench", "tickets"},
                             {"count", run->count},
                             {"agents", run->agents},
                             {"faults", run->faults},
                             {"faultRate", rounded(run->faultRate)},
                             {"speed", rounded(run->speed)},
                             {"seed", run->seed},
                             {"careless", run->areCareless},
                             {"tickets", score.tickets},
                             {"lost", score.lost},
                             {"doubled", score.doubled},
                             {"wrongRequester", score.wrongRequester},
                             {"withoutNote", score.withoutNote},
                             {"unconfirmed", result->agents.unconfirmed},
                             {"kills", result->kills},
                             {"requests", result->requests},
                             {"seconds", rounded(result->seconds)},
                             {"confirmed", result->agents.confirmed},
                             {"unsettled", result->unsettled},
                             {"unknown", score.unknown},
                             {"wrongAssignee", score.wrongAssignee},
                             {"wrongStatus", score.wrongStatus},
                             {"doubledNotes", score.doubledNotes},
                             {"publicTexts", score.publicTexts},
                             {"violations", result->violations},
                             {"interrupted", result->interrupted},
                             {"sentAgain", result->agents.sentAgain},
                             {"foundOnBoard", result->agents.foundOnBoard},
                             {"wrongNumbers", result->agents.wrongNumbers},
                             {"refused", result->agents.refused},
                             {"reconnects", result->agents.reconnects},
                             {"logins", result->logins}};
    Fails fails = failsOfTickets(score, run->count, result->unsettled);
    if (result->violations > 0)
        fails.push_back(std::to_string(result->violations) + " requests are none of NinjaOne's interface");
    tellVerdict(json, fails);
    return json;
}

}  // namespace ninja3cx::bench
