#pragma once

#include "bench/analysis/labelled_set.hpp"
#include "bench/analysis/score.hpp"
#include "bench/analysis/word_errors.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// Lets `analysis::analyse` work on labelled calls: what it says, and what that costs.
namespace ninja3cx::bench {

struct CallTimes {
    double firstMs = 0;  // of the first call of the process: it pays for the tables
    /// By call: the middle one of three runs.
    std::vector<double> ms;
    std::size_t turnsOfLongest = 0;            // how many turns the call has that took longest
    std::vector<double> msAt40Turns;           // each call as `withTurns(call, 40)`
    std::optional<double> liveUsPerUtterance;  // mean, in the order of speech; none: nobody spoke
};

struct AnalysisRun {
    Predictions predictions;
    CallTimes times;
    /// Ids of calls whose analysis is not the same, byte by byte, each time and whatever was analysed before.
    std::vector<std::string> different;
};
AnalysisRun runAnalysis(const std::vector<EvaluatedCall>& calls);

struct DegradedRun {
    FieldScores fields;  // means over the seeds
    std::optional<double> falseMasksPerCall;
    std::size_t words = 0;
    std::size_t errors = 0;
};
DegradedRun runDegraded(const std::vector<EvaluatedCall>& calls, double rate,
                        const std::vector<std::uint64_t>& seeds);

}  // namespace ninja3cx::bench
