#include "bench/analysis/score.hpp"

#include "bench/analysis/score_words.hpp"
#include "bench/analysis/scored_text.hpp"

#include <boost/describe/enumerators.hpp>

#include <algorithm>
#include <set>
#include <type_traits>

namespace ninja3cx::bench {
namespace {

using Calls = std::vector<const EvaluatedCall*>;

double share(std::size_t part, std::size_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

template <class Range, class Value>
double meanOf(const Range& range, Value value) {
    double sum = 0;
    for (const auto& one : range) sum += value(one);
    return range.empty() ? 0 : sum / static_cast<double>(range.size());
}

template <class E>
std::string nameOf(E value) {
    return std::string{json::encode(value).get_string()};
}

/// All values of an enumeration.
template <class E>
std::vector<E> everyOf() {
    std::vector<E> values;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto d) { values.push_back(d.value); });
    return values;
}

class Scorer {
public:
    Scorer(const std::vector<EvaluatedCall>& calls, const Predictions& predictions)
        : predictions_(predictions) {
        for (const EvaluatedCall& call : calls) {
            calls_.push_back(&call);
            if (call.labels.isWhole) whole_.push_back(&call);
        }
    }

    AnalysisScore score() const {
        AnalysisScore score;
        score.calls = calls_.size();
        std::set<std::string> ids;
        for (const EvaluatedCall* call : calls_) {
            ids.insert(call->input.id);
            if (!predictions_.contains(call->input.id)) ++score.missing;
        }
        for (const auto& [id, ignored] : predictions_)
            if (!ids.contains(id)) ++score.extra;
        score.category = scoreClasses(&CallLabels::category, &Prediction::category);
        score.sentiment = scoreClasses(&CallLabels::sentiment, &Prediction::sentiment);
        score.priority = scoreClasses(&CallLabels::priority, &Prediction::priority);
        score.categoryOrSecondary = meanOf(calls_, [this](const EvaluatedCall* call) {
            const auto said = saidOf(*call).category;
            return said && (*said == call->labels.category || said == call->labels.secondaryCategory);
        });
        score.resolved = scoreBoolean(&CallLabels::resolved, &Prediction::resolved, true);
        score.ticketWarranted =
            scoreBoolean(&CallLabels::ticketWarranted, &Prediction::ticketWarranted, false);
        score.callbackPromised =
            scoreBoolean(&CallLabels::callbackPromised, &Prediction::callbackPromised, false);
        score.actions = scoreActions();
        if (!whole_.empty()) score.whole = scoreWhole();
        score.slices = scoreSlices();
        if (!calls_.empty() && whole_.size() == calls_.size()) score.overall = overallOf(score);
        return score;
    }

private:
    const Prediction& saidOf(const EvaluatedCall& call) const {
        static const Prediction kNothing;
        const auto found = predictions_.find(call.input.id);
        return found == predictions_.end() ? kNothing : found->second;
    }

    template <class E>
    ClassScore scoreClasses(E CallLabels::*label, std::optional<E> Prediction::*said) const {
        ClassScore score;
        double sum = 0;
        for (const E value : everyOf<E>()) {
            Counts counts;
            for (const EvaluatedCall* call : calls_) {
                const bool isLabelled = call->labels.*label == value;
                const bool isSaid = saidOf(*call).*said == value;
                counts.add({isLabelled && isSaid, !isLabelled && isSaid, isLabelled && !isSaid});
            }
            const std::size_t n = counts.tp + counts.fn;
            if (n == 0) continue;
            const double f1 = share(2 * counts.tp, 2 * counts.tp + counts.fp + counts.fn);
            score.perClass[nameOf(value)] = {f1, n};
            sum += f1;
        }
        if (!score.perClass.empty()) score.macroF1 = sum / static_cast<double>(score.perClass.size());
        score.accuracy = meanOf(
            calls_, [&](const EvaluatedCall* call) { return saidOf(*call).*said == call->labels.*label; });
        score.confusions = confusionsOf(label, said);
        return score;
    }

    template <class E>
    std::vector<ClassScore::Confusion> confusionsOf(E CallLabels::*label,
                                                    std::optional<E> Prediction::*said) const {
        constexpr std::size_t kMost = 8;
        std::vector<ClassScore::Confusion> confusions;
        for (const EvaluatedCall* call : calls_) {
            const std::optional<E>& wrong = saidOf(*call).*said;
            if (wrong == call->labels.*label) continue;
            const std::string name = nameOf(call->labels.*label);
            const std::optional<std::string> saidName = wrong ? std::optional{nameOf(*wrong)} : std::nullopt;
            const auto known = std::find_if(confusions.begin(), confusions.end(), [&](const auto& one) {
                return one.label == name && one.said == saidName;
            });
            if (known == confusions.end())
                confusions.push_back({name, saidName, 1});
            else
                ++known->n;
        }
        std::stable_sort(confusions.begin(), confusions.end(),
                         [](const auto& a, const auto& b) { return a.n > b.n; });
        if (confusions.size() > kMost) confusions.resize(kMost);
        return confusions;
    }

    BooleanScore scoreBoolean(bool CallLabels::*label, std::optional<bool> Prediction::*said,
                              bool needsTicket) const {
        Counts counts;
        std::size_t hits = 0;
        BooleanScore score;
        for (const EvaluatedCall* call : calls_) {
            if (needsTicket && !call->labels.ticketWarranted) continue;
            ++score.n;
            const bool isTrue = call->labels.*label;
            const bool isSaid = saidOf(*call).*said == true;
            hits += saidOf(*call).*said == isTrue;
            counts.add({isSaid && isTrue, isSaid && !isTrue, !isSaid && isTrue});
        }
        score.accuracy = share(hits, score.n);
        score.f1True = counts.f1();
        return score;
    }

    KindsScore scoreActions() const {
        KindsScore score;
        for (const EvaluatedCall* call : calls_) {
            std::set<std::string> labelled;
            for (const LabelledAction& action : call->labels.actions) labelled.insert(action.kind);
            if (labelled.empty()) labelled.insert("none");
            std::set<std::string> said;
            for (const std::string& kind : saidOf(*call).actions)
                if (!kind.empty()) said.insert(kind);
            if (said.empty() && predictions_.contains(call->input.id)) said.insert("none");
            for (const std::string& kind : labelled) {
                Counts& counts = score.perKind[kind];
                ++(said.contains(kind) ? counts.tp : counts.fn);
            }
            for (const std::string& kind : said)
                if (!labelled.contains(kind)) ++score.perKind[kind].fp;
        }
        for (const auto& [kind, counts] : score.perKind) score.all.add(counts);
        return score;
    }

    WholeScore scoreWhole() const {
        WholeScore score;
        score.calls = whole_.size();
        score.lenient = scoreEntities(true);
        score.strict = scoreEntities(false);
        score.pii = scorePii();
        const auto mean = [this](auto value) {
            return meanOf(whole_, [&](const EvaluatedCall* call) {
                return static_cast<double>(value(call->labels, saidOf(*call)));
            });
        };
        score.summaryRouge = mean([](const CallLabels& label, const Prediction& said) {
            return rougeRecall(label.summary, said.summary);
        });
        score.summaryWords =
            mean([](const CallLabels&, const Prediction& said) { return scoredWords(said.summary).size(); });
        score.subjectRouge = mean([](const CallLabels& label, const Prediction& said) {
            return rougeRecall(label.subject, said.subject);
        });
        score.subjectLengthOk = mean([](const CallLabels&, const Prediction& said) {
            constexpr std::size_t kLongest = 80;
            return !said.subject.empty() && charactersOf(said.subject) <= kLongest;
        });
        return score;
    }

    static double rougeRecall(const std::string& label, const std::string& said) {
        const std::vector<std::string> wanted = contentWords(label);
        return share(wordsInCommon(wanted, contentWords(said)), wanted.size());
    }

    KindsScore scoreEntities(bool isLenient) const {
        static const std::vector<std::string> kNone;
        const auto of = [](const auto& byKind, const std::string& kind) -> const std::vector<std::string>& {
            const auto found = byKind.find(kind);
            return found == byKind.end() ? kNone : found->second;
        };
        KindsScore score;
        for (const std::string& kind : entityKinds()) {
            Counts& counts = score.perKind[kind];
            for (const EvaluatedCall* call : whole_)
                counts.add(matchEntities(kind, of(call->labels.entities, kind),
                                         of(saidOf(*call).entities, kind),
                                         of(call->labels.entitiesOptional, kind), isLenient));
            score.all.add(counts);
        }
        return score;
    }

    PiiScore scorePii() const {
        PiiScore score;
        std::size_t hits = 0;
        std::size_t hitsOfAnyKind = 0;
        for (const auto kind : everyOf<protocol::PersonalDataKind>()) score.perKind[nameOf(kind)] = {};
        for (const EvaluatedCall* call : whole_) {
            const std::vector<SaidPii>& said = saidOf(*call).pii;
            const std::vector<LabelledPii>& labels = call->labels.pii;
            for (const LabelledPii& label : labels) {
                const auto isFoundIn = [&](bool mustBeSameKind) {
                    return std::any_of(said.begin(), said.end(), [&](const SaidPii& one) {
                        return isFound(label, one, mustBeSameKind);
                    });
                };
                PiiScore::Found& ofKind = score.perKind[nameOf(label.kind)];
                const bool isHit = isFoundIn(true);
                ++score.n;
                ++ofKind.n;
                hits += isHit;
                ofKind.found += isHit;
                hitsOfAnyKind += isFoundIn(false);
            }
            score.extra +=
                static_cast<std::size_t>(std::count_if(said.begin(), said.end(), [&](const SaidPii& one) {
                    return std::none_of(labels.begin(), labels.end(),
                                        [&](const LabelledPii& label) { return isFound(label, one, false); });
                }));
        }
        if (score.n > 0) {
            score.recall = share(hits, score.n);
            score.recallAnyKind = share(hitsOfAnyKind, score.n);
        }
        score.extraPerCall = share(score.extra, whole_.size());
        return score;
    }

    std::map<std::string, SliceScore> scoreSlices() const {
        std::map<std::string, Calls> groups;
        for (const EvaluatedCall* call : calls_) {
            groups["language:" + call->input.language].push_back(call);
            for (const std::string& tag : call->labels.tags) groups["tag:" + tag].push_back(call);
        }
        std::map<std::string, SliceScore> slices;
        for (const auto& [name, calls] : groups) {
            const auto rightIn = [&, &calls = calls](auto label, auto said) {
                return meanOf(calls, [&](const EvaluatedCall* call) {
                    return saidOf(*call).*said == call->labels.*label;
                });
            };
            slices[name] = {calls.size(), rightIn(&CallLabels::category, &Prediction::category),
                            rightIn(&CallLabels::sentiment, &Prediction::sentiment),
                            rightIn(&CallLabels::priority, &Prediction::priority)};
        }
        return slices;
    }

    static double overallOf(const AnalysisScore& score) {
        static const std::map<std::string, double> kWeights = {
            {"category", .22}, {"sentiment", .14},       {"priority", .14},
            {"resolved", .06}, {"ticketWarranted", .05}, {"callbackPromised", .07},
            {"actions", .10},  {"entities", .12},        {"pii", .07},
            {"summary", .03}};
        const FieldScores fields = fieldsOf(score);
        double sum = 0;
        for (const auto& [field, weight] : kWeights) sum += weight * fields.at(field).value_or(0);
        return sum;
    }

    Calls calls_;
    Calls whole_;
    const Predictions& predictions_;
};

/// The most frequent one; the first of several.
template <class T>
T mostFrequent(const std::vector<T>& values) {
    T best{};
    std::ptrdiff_t most = 0;
    for (const T& value : values)
        if (const auto n = std::count(values.begin(), values.end(), value); n > most) {
            most = n;
            best = value;
        }
    return best;
}

}  // namespace

Prediction predictionOf(const protocol::Analysis& analysis) {
    Prediction said;
    said.category = analysis.category;
    said.sentiment = analysis.sentiment;
    said.priority = analysis.priority;
    said.resolved = analysis.resolved;
    said.ticketWarranted = analysis.ticketWarranted;
    said.callbackPromised = analysis.callbackPromised;
    for (const protocol::AnalysisAction& action : analysis.actions) said.actions.push_back(action.kind);
    said.entities = analysis.entities;
    for (const protocol::PersonalData& data : analysis.pii)
        said.pii.push_back({data.kind, data.text.value_or(""), data.value.value_or("")});
    said.subject = analysis.subject;
    said.summary = analysis.summary;
    return said;
}

AnalysisScore scoreAnalyses(const std::vector<EvaluatedCall>& calls, const Predictions& predictions) {
    return Scorer{calls, predictions}.score();
}

Predictions majorityOf(const std::vector<EvaluatedCall>& calls) {
    const auto most = [&](auto field) {
        std::vector<std::remove_cvref_t<decltype(CallLabels{}.*field)>> values;
        for (const EvaluatedCall& call : calls) values.push_back(call.labels.*field);
        return mostFrequent(values);
    };
    Prediction everywhere;
    everywhere.category = most(&CallLabels::category);
    everywhere.sentiment = most(&CallLabels::sentiment);
    everywhere.priority = most(&CallLabels::priority);
    everywhere.resolved = most(&CallLabels::resolved);
    everywhere.ticketWarranted = most(&CallLabels::ticketWarranted);
    everywhere.callbackPromised = most(&CallLabels::callbackPromised);
    std::vector<std::string> kinds;
    for (const EvaluatedCall& call : calls) {
        std::set<std::string> ofCall;
        for (const LabelledAction& action : call.labels.actions) ofCall.insert(action.kind);
        if (ofCall.empty()) ofCall.insert("none");
        kinds.insert(kinds.end(), ofCall.begin(), ofCall.end());
    }
    everywhere.actions = {mostFrequent(kinds)};
    Predictions predictions;
    for (const EvaluatedCall& call : calls) predictions[call.input.id] = everywhere;
    return predictions;
}

FieldScores fieldsOf(const AnalysisScore& score) {
    FieldScores fields = {{"category", score.category.macroF1},
                          {"sentiment", score.sentiment.macroF1},
                          {"priority", score.priority.macroF1},
                          {"resolved", score.resolved.accuracy},
                          {"ticketWarranted", score.ticketWarranted.accuracy},
                          {"callbackPromised", score.callbackPromised.accuracy},
                          {"actions", score.actions.all.f1()}};
    const auto whole = [&](auto value) {
        return score.whole ? std::optional<double>{value(*score.whole)} : std::nullopt;
    };
    fields["entities"] = whole([](const WholeScore& one) { return one.lenient.all.f1(); });
    fields["entitiesStrict"] = whole([](const WholeScore& one) { return one.strict.all.f1(); });
    fields["pii"] = whole([](const WholeScore& one) { return one.pii.recall; });
    fields["summary"] = whole([](const WholeScore& one) { return one.summaryRouge; });
    fields["subject"] = whole([](const WholeScore& one) { return one.subjectRouge; });
    return fields;
}

const std::vector<std::string>& scoredFields() {
    static const std::vector<std::string> kFields = {
        "category", "sentiment", "priority", "resolved", "ticketWarranted", "callbackPromised",
        "actions",  "entities",  "pii",      "summary",  "entitiesStrict",  "subject"};
    return kFields;
}

bool isFound(const LabelledPii& label, const SaidPii& said, bool mustBeSameKind) {
    using enum protocol::PersonalDataKind;
    if (mustBeSameKind && said.kind != label.kind) return false;
    const std::vector<std::string> span = scoredWords(label.text);
    const std::string value = squashed(label.value.value_or(""));
    const std::string digits = digitsOf(label.value.value_or(""));
    const bool isNumber = label.kind == Card || label.kind == Ssn;
    const auto matches = [&](const std::string& text) {
        if (text.empty()) return false;
        if (!value.empty() && squashed(text) == value) return true;
        if (isNumber && !digits.empty() && digitsOf(text) == digits) return true;
        const std::vector<std::string> words = scoredWords(text);
        return !span.empty() && share(wordsInCommon(words, span), span.size()) >= 0.6 &&
               words.size() <= 2 * span.size() + 4;
    };
    return matches(said.text) || matches(said.value);
}

}  // namespace ninja3cx::bench
