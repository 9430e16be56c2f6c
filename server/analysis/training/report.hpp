#pragma once

#include <string>
#include <vector>

namespace ninja3cx::analysis::training {

/// An answer to a question about a call that the model had not learned from.
struct Judged {
    std::size_t said = 0;
    std::size_t right = 0;
    float certainty = 0;
};

/// The mean of the F1 of the values that occur.
double macroF1(const std::vector<Judged>& judged, std::size_t values);
double accuracy(const std::vector<Judged>& judged);

/// From which certainty on an answer is right in `share` of the cases. Certainty is made a probability by isotonic
/// regression: the rising steps that fit best. Above every certainty when no step reaches the share.
float certaintyFor(std::vector<Judged> judged, double share);

/// The margin that divides yes from no with the best F1 of yes.
struct Divided {
    float margin = 0;
    bool isYes = false;
};
float bestCut(std::vector<Divided> cases);

/// What is added to these margins to say yes as often as the cases do: a logistic regression with the margin as it is,
/// and a bias held near 0, so that a few cases say little.
float shiftFor(const std::vector<Divided>& cases);

}  // namespace ninja3cx::analysis::training
