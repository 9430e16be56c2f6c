#include "server/analysis/model/model.hpp"

#include "server/analysis/model/call_summary.hpp"

#include <algorithm>

namespace ninja3cx::analysis {

TurnReading Model::readTurn(bool isAgent, std::span<const Word> words) const {
    TurnReading reading;
    reading.isAgent = isAgent;
    reading.counts = countsOf(vocabulary, piecesOf(isAgent, words));
    reading.probabilities = turnLayer.margins(weigh(vocabulary, reading.counts, turnRarity));
    for (std::size_t head = 0; head < turnHeads.size(); ++head) {
        float& value = reading.probabilities[head];
        value = isOf(shownBy(head), isAgent) ? probability(value) : 0.0F;
    }
    return reading;
}

std::vector<float> Model::concludeFrom(std::span<const TurnReading> turns) const {
    std::vector<std::vector<float>> judged;
    for (const TurnReading& turn : turns) judged.push_back(turn.probabilities);
    std::vector<float> margins;
    for (const Whose whose : {Whose::Everyone, Whose::Agent, Whose::Customer}) {
        Counts counts;
        for (const TurnReading& turn : turns)
            if (isOf(whose, turn.isAgent)) addTo(counts, turn.counts);
        const std::vector<float> some = callLayer.margins(weigh(vocabulary, counts, callRarity));
        if (margins.empty()) margins = some;
        for (const Choice& choice : choices)
            if (choice.words == whose)
                std::copy_n(some.begin() + choice.firstHead, choice.values.size(),
                            margins.begin() + choice.firstHead);
    }
    const std::vector<float> summary = summaryOf(judged, turnHeads.size());
    for (std::size_t entry = 0; entry < summary.size(); ++entry) {
        const float value = (summary[entry] - summaryMeans[entry]) * summaryScales[entry];
        const float* row = summaryWeights.data() + entry * margins.size();
        for (std::size_t head = 0; head < margins.size(); ++head) margins[head] += value * row[head];
    }
    return margins;
}

Answer Model::answer(const Choice& choice, std::span<const float> margins) const {
    Answer answer;
    if (choice.values.size() == 1) {
        const float yes = probability(margins[choice.firstHead]);
        answer.value = yes >= 0.5F ? 1 : 0;
        answer.runnerUp = 1 - answer.value;
        answer.certainty = std::max(yes, 1.0F - yes);
        return answer;
    }
    const auto of = [&](std::size_t value) { return margins[choice.firstHead + value]; };
    float sum = 0;
    for (std::size_t value = 0; value < choice.values.size(); ++value) {
        sum += probability(of(value));
        if (of(value) > of(answer.value)) answer.value = value;
    }
    answer.runnerUp = answer.value == 0 ? 1 : 0;
    for (std::size_t value = 0; value < choice.values.size(); ++value)
        if (value != answer.value && of(value) > of(answer.runnerUp)) answer.runnerUp = value;
    answer.certainty = probability(of(answer.value)) / std::max(sum, 1e-9F);
    return answer;
}

float Model::laterChance(const TurnReading& turn, std::size_t actionKind) const {
    const Vector vector = weigh(vocabulary, turn.counts, turnRarity);
    return probability(laterLayer.margins(vector)[0] + laterByAction[actionKind]);
}

const Choice* Model::choice(std::string_view name) const {
    const auto found = std::find_if(choices.begin(), choices.end(),
                                    [&](const Choice& candidate) { return candidate.name == name; });
    return found == choices.end() ? nullptr : &*found;
}

std::optional<std::size_t> Model::turnHead(std::string_view name) const {
    const auto found = std::find(turnHeads.begin(), turnHeads.end(), name);
    if (found == turnHeads.end()) return std::nullopt;
    return static_cast<std::size_t>(found - turnHeads.begin());
}

}  // namespace ninja3cx::analysis
