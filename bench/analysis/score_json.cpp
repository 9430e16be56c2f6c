#include "bench/analysis/score_json.hpp"

#include "bench/analysis/score_verdicts.hpp"
#include "bench/statistics.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace ninja3cx::bench {
namespace {

using boost::json::array;
using boost::json::object;

object describe(const Counts& counts) {
    return {{"f1", rounded(counts.f1())},
            {"precision", rounded(counts.precision())},
            {"recall", rounded(counts.recall())},
            {"tp", counts.tp},
            {"fp", counts.fp},
            {"fn", counts.fn}};
}

object describe(const KindsScore& score) {
    object json = describe(score.all);
    object kinds;
    for (const auto& [kind, counts] : score.perKind) kinds[kind] = describe(counts);
    json["perKind"] = std::move(kinds);
    return json;
}

object describe(const ClassScore& score) {
    object classes;
    for (const auto& [name, one] : score.perClass) classes[name] = {{"f1", rounded(one.f1)}, {"n", one.n}};
    array confusions;
    for (const ClassScore::Confusion& one : score.confusions) {
        object confusion{{"label", one.label}, {"said", nullptr}, {"n", one.n}};
        if (one.said) confusion["said"] = *one.said;
        confusions.push_back(std::move(confusion));
    }
    return {{"macroF1", rounded(score.macroF1)},
            {"accuracy", rounded(score.accuracy)},
            {"perClass", std::move(classes)},
            {"confusions", std::move(confusions)}};
}

object describe(const BooleanScore& score) {
    return {{"accuracy", rounded(score.accuracy)}, {"n", score.n}, {"f1True", rounded(score.f1True)}};
}

object describe(const PiiScore& score) {
    object kinds;
    for (const auto& [kind, one] : score.perKind) kinds[kind] = {{"found", one.found}, {"n", one.n}};
    return {{"recall", rounded(score.recall)},
            {"recallAnyKind", rounded(score.recallAnyKind)},
            {"n", score.n},
            {"extra", score.extra},
            {"extraPerCall", rounded(score.extraPerCall)},
            {"perKind", std::move(kinds)}};
}

}  // namespace

boost::json::value orNull(std::optional<double> value) {
    if (!value) return nullptr;
    return rounded(*value);
}

object describe(const AnalysisScore& score) {
    object json{{"overall", orNull(score.overall)}, {"calls", score.calls}};
    object category = describe(score.category);
    category["accuracyOrSecondary"] = rounded(score.categoryOrSecondary);
    json["category"] = std::move(category);
    json["sentiment"] = describe(score.sentiment);
    json["priority"] = describe(score.priority);
    json["resolved"] = describe(score.resolved);
    json["ticketWarranted"] = describe(score.ticketWarranted);
    json["callbackPromised"] = describe(score.callbackPromised);
    json["actions"] = describe(score.actions);
    if (score.whole) {
        json["wholeCalls"] = score.whole->calls;
        json["entities"] = describe(score.whole->lenient);
        json["entitiesStrict"] = describe(score.whole->strict);
        json["pii"] = describe(score.whole->pii);
        json["summary"] = {{"rouge1Recall", rounded(score.whole->summaryRouge)},
                           {"meanWords", rounded(score.whole->summaryWords)}};
        json["subject"] = {{"rouge1Recall", rounded(score.whole->subjectRouge)},
                           {"lengthOk", rounded(score.whole->subjectLengthOk)}};
    }
    object slices;
    for (const auto& [name, slice] : score.slices)
        slices[name] = {{"n", slice.n},
                        {"category", rounded(slice.category)},
                        {"sentiment", rounded(slice.sentiment)},
                        {"priority", rounded(slice.priority)}};
    json["slices"] = std::move(slices);
    return json;
}

object describe(const FieldScores& fields) {
    object json;
    for (const std::string& field : scoredFields())
        if (const auto found = fields.find(field); found != fields.end()) json[field] = orNull(found->second);
    return json;
}

object describeFields(const AnalysisScore& score, const AnalysisScore& baseline) {
    const FieldScores fields = fieldsOf(score);
    const FieldScores others = fieldsOf(baseline);
    const Fails fails = failsOfScores(score);
    object json;
    for (const std::string& field : scoredFields()) {
        object one{{"score", orNull(fields.at(field))}, {"baseline", orNull(others.at(field))}};
        if (const auto needed = neededScores().find(field);
            needed != neededScores().end() && fields.at(field)) {
            one["needed"] = needed->second;
            one["passes"] = std::none_of(fails.begin(), fails.end(), [&](const std::string& fail) {
                return fail.starts_with(field + ":");
            });
        }
        json[field] = std::move(one);
    }
    return json;
}

object describe(const CallTimes& times) {
    return {{"p50", rounded(percentileMs(times.ms, 0.5))},
            {"p95", rounded(percentileMs(times.ms, 0.95))},
            {"max", rounded(percentileMs(times.ms, 1))},
            {"turnsOfLongest", times.turnsOfLongest},
            {"first", rounded(times.firstMs)}};
}

}  // namespace ninja3cx::bench
