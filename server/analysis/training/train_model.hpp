#pragma once

#include "server/analysis/model/model.hpp"
#include "server/analysis/training/labelled_call.hpp"

#include <string>
#include <vector>

namespace ninja3cx::analysis::training {

struct Training {
    Model model;
    std::string report;  // how well calls are read whose hand was not learned from
};

/// Trains the model from whole calls. What decides how sure an answer is, and from where on an action counts, is
/// taken from calls that were left out: the hands are dealt into folds, and each fold is judged by a model of the
/// others.
Training trainModel(const std::vector<LabelledCall>& calls);

/// The score of a model on other calls, as a report.
std::string scoresOf(const Model& model, const std::vector<LabelledCall>& calls);

}  // namespace ninja3cx::analysis::training
