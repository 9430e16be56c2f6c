#include "bench/analysis/score_verdicts.hpp"

#include "bench/statistics.hpp"

#include <cmath>
#include <cstdio>

namespace ninja3cx::bench {
namespace {

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

/// Nothing was labelled that could be missed.
bool isWithoutPii(const AnalysisScore& score) {
    return !score.whole || score.whole->pii.n == 0;
}

}  // namespace

const std::map<std::string, double>& neededScores() {
    static const std::map<std::string, double> kNeeded = {
        {"category", 0.85}, {"sentiment", 0.75},       {"priority", 0.70},
        {"resolved", 0.85}, {"ticketWarranted", 0.85}, {"callbackPromised", 0.85},
        {"actions", 0.65},  {"entities", 0.75},        {"pii", 0.88}};
    return kNeeded;
}

const std::map<std::string, double>& allowedFalls() {
    static const std::map<std::string, double> kAllowed = {
        {"category", 10}, {"sentiment", 10},       {"priority", 10},
        {"resolved", 10}, {"ticketWarranted", 10}, {"callbackPromised", 10},
        {"actions", 10},  {"entities", 25},        {"pii", 25}};
    return kAllowed;
}

Fails failsOfScores(const AnalysisScore& score) {
    Fails fails;
    const FieldScores fields = fieldsOf(score);
    for (const std::string& field : scoredFields()) {
        const auto needed = neededScores().find(field);
        const std::optional<double>& value = fields.at(field);
        if (needed == neededScores().end() || !value || (field == "pii" && isWithoutPii(score))) continue;
        if (rounded(*value) < needed->second)
            fails.push_back(field + ": " + number(*value) + " where " + number(needed->second) +
                            " is needed");
    }
    if (score.whole && rounded(score.whole->pii.extraPerCall) > kMostFalseMasksPerCall)
        fails.push_back("pii: " + std::to_string(score.whole->pii.extra) + " false masks in " +
                        std::to_string(score.whole->calls) + " calls, more than one in ten");
    return fails;
}

Fails failsOfFalls(const FieldScores& fallPoints) {
    Fails fails;
    for (const std::string& field : scoredFields()) {
        const auto allowed = allowedFalls().find(field);
        const auto fall = fallPoints.find(field);
        if (allowed == allowedFalls().end() || fall == fallPoints.end() || !fall->second) continue;
        if (rounded(*fall->second) > allowed->second)
            fails.push_back(field + ": falls by " + number(*fall->second) + " points with word errors, " +
                            number(allowed->second) + " at most are allowed");
    }
    return fails;
}

Fails failsOfRun(const AnalysisRun& run) {
    Fails fails;
    for (const std::string& id : run.different) fails.push_back("the analysis of " + id + " changes");
    if (const double p95 = percentileMs(run.times.msAt40Turns, 0.95); rounded(p95) > kMostMsAt40Turns)
        fails.push_back("a call of 40 turns takes " + number(p95) + " ms (p95), " + number(kMostMsAt40Turns) +
                        " at most are allowed");
    return fails;
}

FieldScores fallsOf(const FieldScores& clean, const FieldScores& degraded) {
    FieldScores falls;
    for (const auto& [field, value] : clean) {
        const auto after = degraded.find(field);
        const bool isKnown = value && after != degraded.end() && after->second;
        falls[field] = isKnown ? std::optional{100 * (*value - *after->second)} : std::nullopt;
    }
    return falls;
}

double percentileMs(const std::vector<double>& ms, double share) {
    std::vector<std::int64_t> microseconds;
    for (const double value : ms) microseconds.push_back(std::llround(value * 1000));
    return static_cast<double>(percentile(std::move(microseconds), share)) / 1000;
}

}  // namespace ninja3cx::bench
