#include "bench/analysis/analysis_run.hpp"
#include "bench/analysis/score_json.hpp"
#include "bench/analysis/score_verdicts.hpp"
#include "bench/commands.hpp"
#include "bench/statistics.hpp"

#include <boost/json/array.hpp>

#include <iostream>

namespace ninja3cx::bench {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::size_t kMostSeeds = 100;

struct AnalysisOptions {
    std::string set;
    std::optional<IdRange> ids;
    std::optional<double> wordErrors;
    std::vector<std::uint64_t> seeds;
};

Result<AnalysisOptions> readAnalysisOptions(const Options& options) {
    AnalysisOptions read;
    read.set = optionOr(options, "--set", "");
    if (read.set.empty())
        return Error{ErrorKind::Rejected,
                     "option --set is needed: a folder of labelled calls, or one file of them"};
    if (options.contains("--ids")) {
        auto ids = readIdRange(options.at("--ids"));
        if (!ids) return ids.error();
        read.ids = std::move(*ids);
    }
    if (!options.contains("--word-errors")) {
        for (const char* name : {"--seed", "--seeds"})
            if (options.contains(name))
                return Error{ErrorKind::Rejected,
                             std::string{"option "} + name + " is about --word-errors, which is not there"};
        return read;
    }
    const auto rate = numberOr(options, "--word-errors", kJudgedWordErrors);
    if (!rate) return rate.error();
    if (*rate > 1)
        return Error{ErrorKind::Rejected,
                     "option --word-errors is the share of words, 1 at most: 0.15 is 15 %"};
    read.wordErrors = *rate;
    const auto first = countOr(options, "--seed", 1);
    if (!first) return first.error();
    const auto count = countOr(options, "--seeds", 5);
    if (!count) return count.error();
    if (*count > kMostSeeds)
        return Error{ErrorKind::Rejected, "option --seeds: at most " + std::to_string(kMostSeeds)};
    for (std::size_t i = 0; i < *count; ++i) read.seeds.push_back(*first + i);
    return read;
}

object describe(const WordErrorMix& mix) {
    return {{"substituted", mix.substituted},
            {"deleted", mix.deleted},
            {"mangled", mix.mangled},
            {"inserted", mix.inserted},
            {"doubled", mix.doubled}};
}

/// The same calls heard badly, beside the clean run. At another rate than that of the promise nothing is promised.
object measureWordErrors(const std::vector<EvaluatedCall>& calls, const AnalysisOptions& options,
                         const AnalysisScore& clean, Fails& fails) {
    const double rate = *options.wordErrors;
    std::cerr << rounded(100 * rate) << " % word errors, " << options.seeds.size() << " times …\n";
    const DegradedRun degraded = runDegraded(calls, rate, options.seeds);
    const FieldScores falls = fallsOf(fieldsOf(clean), degraded.fields);
    if (rate <= kJudgedWordErrors)
        for (const std::string& fail : failsOfFalls(falls)) fails.push_back(fail);
    object allowed;
    for (const std::string& field : scoredFields())
        if (const auto most = allowedFalls().find(field); most != allowedFalls().end())
            allowed[field] = most->second;
    const auto errorRate =
        static_cast<double>(degraded.errors) / static_cast<double>(std::max<std::size_t>(degraded.words, 1));
    return {{"rate", rounded(rate)},
            {"seeds", array(options.seeds.begin(), options.seeds.end())},
            {"mixPct", describe(WordErrorMix{})},
            {"words", degraded.words},
            {"errorPct", rounded(100 * errorRate)},
            {"clean", bench::describe(fieldsOf(clean))},
            {"degraded", bench::describe(degraded.fields)},
            {"fall", bench::describe(falls)},
            {"allowedFall", std::move(allowed)},
            {"falseMasksPerCall", orNull(degraded.falseMasksPerCall)}};
}

}  // namespace

Result<object> measureAnalysis(const Options& options) {
    const auto read = readAnalysisOptions(options);
    if (!read) return read.error();
    const auto calls = readEvaluatedSet(read->set, read->ids);
    if (!calls) return calls.error();
    const std::string ids = describeIds(*calls);
    std::cerr << "scores " << calls->size() << " calls: " << ids
              << (read->ids ? "" : " (all that are there; --ids FROM-TO takes some)") << " …\n";
    const AnalysisRun run = runAnalysis(*calls);
    const AnalysisScore score = scoreAnalyses(*calls, run.predictions);
    const AnalysisScore baseline = scoreAnalyses(*calls, majorityOf(*calls));
    Fails fails = failsOfScores(score);
    object json{{"bench", "analysis"},
                {"set", read->set},
                {"ids", ids},
                {"calls", calls->size()},
                {"fields", describeFields(score, baseline)},
                {"scores", bench::describe(score)},
                {"baseline", bench::describe(fieldsOf(baseline))},
                {"baselineOverall", orNull(baseline.overall)},
                {"identical", run.different.empty()},
                {"msPerCall", bench::describe(run.times)},
                {"p95MsAt40Turns", rounded(percentileMs(run.times.msAt40Turns, 0.95))},
                {"liveUsPerUtterance", orNull(run.times.liveUsPerUtterance)}};
    for (const std::string& fail : failsOfRun(run)) fails.push_back(fail);
    if (read->wordErrors) json["wordErrors"] = measureWordErrors(*calls, *read, score, fails);
    tellVerdict(json, fails);
    return json;
}

}  // namespace ninja3cx::bench
