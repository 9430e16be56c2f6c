#include "server/analysis/model/running_answer.hpp"

#include "server/analysis/model/call_summary.hpp"

#include <algorithm>

namespace ninja3cx::analysis {
namespace {

/// `less` was added to `sum`.
void takeFrom(Counts& sum, const Counts& less) {
    auto part = less.begin();
    for (Count& count : sum) {
        if (part == less.end()) break;
        if (part->feature == count.feature) count.times -= part++->times;
    }
    std::erase_if(sum, [](const Count& count) { return count.times == 0; });
}

}  // namespace

RunningAnswer::RunningAnswer(const Model& model, const Choice& choice)
    : model_{model}, asked_{choice}, firstHead_{choice.firstHead} {
    asked_.firstHead = 0;
    const std::size_t callHeads = model_.callLayer.heads;
    for (std::size_t head = 0; head < model_.turnHeads.size(); ++head) {
        const auto counts = [&](std::size_t aspect) {
            const float* row =
                model_.summaryWeights.data() + (head * kAspects.size() + aspect) * callHeads + firstHead_;
            return std::any_of(row, row + asked_.values.size(), [](float weight) { return weight != 0.0F; });
        };
        bool isJudge = false;
        for (std::size_t aspect = 0; aspect < kAspects.size(); ++aspect) isJudge = isJudge || counts(aspect);
        if (isJudge) judges_.push_back(head);
    }
}

void RunningAnswer::add(const TurnReading& turn) {
    addTo(counts_, turn.counts);
    std::vector<float>& judged = judged_.emplace_back();
    for (const std::size_t head : judges_) judged.push_back(turn.probabilities[head]);
}

void RunningAnswer::takeOff(const TurnReading& turn) {
    takeFrom(counts_, turn.counts);
    judged_.pop_back();
}

Answer RunningAnswer::answer() const {
    // In the order of LinearLayer::margins and Model::concludeFrom: the sums are the same to the last bit.
    const LinearLayer& layer = model_.callLayer;
    const std::size_t heads = asked_.values.size();
    std::vector<float> margins(heads, 0.0F);
    for (const Weighted& weighted : weigh(model_.vocabulary, counts_, model_.callRarity)) {
        const std::int8_t* row = layer.weights.data() + weighted.feature * layer.heads + firstHead_;
        for (std::size_t head = 0; head < heads; ++head)
            margins[head] += weighted.value * static_cast<float>(row[head]);
    }
    for (std::size_t head = 0; head < heads; ++head)
        margins[head] = margins[head] * layer.scales[firstHead_ + head] + layer.biases[firstHead_ + head];

    const std::vector<float> summary = summaryOf(judged_, judges_.size());
    for (std::size_t i = 0; i < summary.size(); ++i) {
        const std::size_t entry = i + 1 == summary.size()
                                      ? model_.summaryMeans.size() - 1
                                      : judges_[i / kAspects.size()] * kAspects.size() + i % kAspects.size();
        const float value = (summary[i] - model_.summaryMeans[entry]) * model_.summaryScales[entry];
        const float* row = model_.summaryWeights.data() + entry * layer.heads + firstHead_;
        for (std::size_t head = 0; head < heads; ++head) margins[head] += value * row[head];
    }
    return model_.answer(asked_, margins);
}

}  // namespace ninja3cx::analysis
