#pragma once

#include "server/analysis/model/model.hpp"

#include <cstddef>
#include <vector>

namespace ninja3cx::analysis {

/// One question about a call that goes on: after each turn the answer is that of `Model::concludeFrom` for the turns
/// so far, at a fraction of its cost, since what the turns add up to is kept and the other questions are not asked.
class RunningAnswer {
public:
    /// Both must outlive it.
    RunningAnswer(const Model& model, const Choice& choice);

    void add(const TurnReading& turn);
    /// Takes off the turn that was added last.
    void takeOff(const TurnReading& turn);
    Answer answer() const;

private:
    const Model& model_;
    Choice asked_;                     // its heads counted from 0
    std::size_t firstHead_;            // of the call's layer
    std::vector<std::size_t> judges_;  // heads of the turns that the question rests on
    std::vector<std::vector<float>> judged_;
    Counts counts_;
};

}  // namespace ninja3cx::analysis
