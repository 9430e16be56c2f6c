#pragma once

#include "bench/analysis/analysis_run.hpp"
#include "bench/analysis/score.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

/// Scores as the benchmark prints them (docs/COMMANDS.md).
namespace ninja3cx::bench {

boost::json::object describe(const AnalysisScore& score);
/// In the order of `scoredFields`; null where nothing is labelled with a field.
boost::json::object describe(const FieldScores& fields);
/// Each field's score beside what is needed, what the majority baseline has, and whether it passes.
boost::json::object describeFields(const AnalysisScore& score, const AnalysisScore& baseline);
boost::json::object describe(const CallTimes& times);

boost::json::value orNull(std::optional<double> value);

}  // namespace ninja3cx::bench
