#pragma once

#include "bench/analysis/entity_match.hpp"
#include "bench/analysis/labelled_set.hpp"
#include "shared/protocol/analysis.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// How right analyses are, by the definitions of tests/eval/analysis/score.py; a test compares every figure. Pure.
/// Calls that are not labelled whole (`CallLabels::isWhole`) count for what they are labelled with.
namespace ninja3cx::bench {

struct SaidPii {
    std::optional<protocol::PersonalDataKind> kind;
    std::string text;
    std::string value;
};

/// What is said of a call, or part of it.
struct Prediction {
    std::optional<protocol::Category> category;
    std::optional<protocol::Sentiment> sentiment;
    std::optional<protocol::Priority> priority;
    std::optional<bool> resolved;
    std::optional<bool> ticketWarranted;
    std::optional<bool> callbackPromised;
    std::vector<std::string> actions;  // kinds
    std::map<std::string, std::vector<std::string>> entities;
    std::vector<SaidPii> pii;
    std::string subject;
    std::string summary;
};
Prediction predictionOf(const protocol::Analysis& analysis);
using Predictions = std::map<std::string, Prediction>;  // by the call's id

struct ClassScore {
    double macroF1 = 0;  // of the classes that are labelled
    double accuracy = 0;
    struct OfClass {
        double f1 = 0;
        std::size_t n = 0;
    };
    std::map<std::string, OfClass> perClass;
    struct Confusion {
        std::string label;
        std::optional<std::string> said;
        std::size_t n = 0;
    };
    std::vector<Confusion> confusions;  // the eight most frequent
};

struct BooleanScore {
    double accuracy = 0;
    std::size_t n = 0;
    double f1True = 0;
};

struct KindsScore {
    Counts all;
    std::map<std::string, Counts> perKind;
};

struct PiiScore {
    struct Found {
        std::size_t found = 0;
        std::size_t n = 0;
    };
    double recall = 1;
    double recallAnyKind = 1;
    std::size_t n = 0;
    std::size_t extra = 0;
    double extraPerCall = 0;
    std::map<std::string, Found> perKind;
};

/// What is scored only where the whole call is labelled.
struct WholeScore {
    std::size_t calls = 0;
    KindsScore lenient;  // entities
    KindsScore strict;
    PiiScore pii;
    double summaryRouge = 0;  // ROUGE-1 recall
    double summaryWords = 0;
    double subjectRouge = 0;
    double subjectLengthOk = 0;
};

struct SliceScore {
    std::size_t n = 0;
    double category = 0;
    double sentiment = 0;
    double priority = 0;
};

struct AnalysisScore {
    std::size_t calls = 0;
    std::size_t missing = 0;  // calls of which nothing is said
    std::size_t extra = 0;    // what is said of no call
    ClassScore category;
    double categoryOrSecondary = 0;
    ClassScore sentiment;
    ClassScore priority;
    BooleanScore resolved;
    BooleanScore ticketWarranted;
    BooleanScore callbackPromised;
    KindsScore actions;
    std::optional<WholeScore> whole;  // none where no call is labelled whole
    std::map<std::string, SliceScore> slices;
    std::optional<double> overall;  // where every call is labelled whole
};

AnalysisScore scoreAnalyses(const std::vector<EvaluatedCall>& calls, const Predictions& predictions);

/// The most frequent label everywhere, no entity, no personal data, no text.
Predictions majorityOf(const std::vector<EvaluatedCall>& calls);

/// One figure for each field, from 0 to 1. None where nothing is labelled with it.
using FieldScores = std::map<std::string, std::optional<double>>;
FieldScores fieldsOf(const AnalysisScore& score);

/// In the order of reading: category, sentiment, priority, resolved, ticketWarranted, callbackPromised, actions,
/// entities, pii, summary; then what has no part in `overall`: entitiesStrict, subject.
const std::vector<std::string>& scoredFields();

/// Whether what was said is this piece of personal data: its value, or most of its words and not much more.
bool isFound(const LabelledPii& label, const SaidPii& said, bool mustBeSameKind);

}  // namespace ninja3cx::bench
