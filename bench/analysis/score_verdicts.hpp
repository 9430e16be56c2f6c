#pragma once

#include "bench/analysis/analysis_run.hpp"
#include "bench/analysis/score.hpp"
#include "bench/verdicts.hpp"

#include <map>
#include <string>
#include <vector>

/// What is promised of the analysis. Pure.
namespace ninja3cx::bench {

/// The least that a field may score; fields without a promise are not in it.
const std::map<std::string, double>& neededScores();
/// By how many points it may fall at 15 % word errors.
const std::map<std::string, double>& allowedFalls();

constexpr double kMostFalseMasksPerCall = 0.1;
constexpr double kMostMsAt40Turns = 20;
constexpr double kJudgedWordErrors = 0.15;

Fails failsOfScores(const AnalysisScore& score);
/// In points, by field.
Fails failsOfFalls(const FieldScores& fallPoints);
Fails failsOfRun(const AnalysisRun& run);

/// From clean to degraded, in points.
FieldScores fallsOf(const FieldScores& clean, const FieldScores& degraded);

double percentileMs(const std::vector<double>& ms, double share);

}  // namespace ninja3cx::bench
