#pragma once

#include "server/analysis/model/vocabulary.hpp"

#include <cstdint>
#include <vector>

namespace ninja3cx::analysis::training {

/// What an example shows to a head: yes, no, or nothing (cost 0).
struct Lesson {
    bool isYes = false;
    float cost = 0;  // of an error
};

/// Examples for some logistic regressions over the same features, trained side by side.
struct Lessons {
    std::size_t features = 0;
    std::size_t heads = 0;
    std::vector<Vector> examples;
    std::vector<Lesson> lessons;  // by example, then by head
};

struct Weights {
    std::size_t heads = 0;
    std::vector<float> weights;  // by feature, then by head
    std::vector<float> biases;
};

/// L2-regularised logistic regression (bias included), by coordinate ascent in the dual (Yu, Huang, Lin 2011): each
/// step solves one example exactly, there is no rate to choose, and the result is the same each time, on
/// every compiler. Learns from the examples that `from` names.
Weights trainLogistic(const Lessons& lessons, const std::vector<std::size_t>& from, int passes);

}  // namespace ninja3cx::analysis::training
