#pragma once

#include "server/analysis/model/linear_layer.hpp"
#include "server/analysis/model/vocabulary.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// Whose turns something rests on.
enum class Whose : std::uint8_t { Everyone, Agent, Customer };
constexpr bool isOf(Whose whose, bool isAgent) {
    return whose == Whose::Everyone || (whose == Whose::Agent) == isAgent;
}

/// A question about a call that the model answers with one of `values`, or, where there is a single one, with
/// whether it holds.
struct Choice {
    std::string name;  // "category", "resolved", "action.reboot"
    std::vector<std::string> values;
    std::uint32_t firstHead = 0;  // of the call's layer; one head for each value
    float likelyFrom = 0;         // the certainty from which an answer is likely, and sure
    float sureFrom = 0;
    Whose words =
        Whose::Everyone;  // that it rests on: the technician's politeness is no mood of the customer
};

struct Answer {
    std::size_t value = 0;  // index into `Choice::values`; for one value: 1 is yes
    std::size_t runnerUp = 0;
    float certainty = 0;  // 0.5 to 1 for yes and no, of several values the share of the best
};

/// A turn as the model judged it. It depends on no other turn.
struct TurnReading {
    bool isAgent = false;
    Counts counts;
    std::vector<float> probabilities;  // by `Model::turnHeads`; 0 where only the other side can show it
};

/// Linear models over the words of turns and of whole calls, trained from training/analysis.
///
/// Two steps: each turn is judged alone ("the customer is unhappy", "this promises a call back"); then the call is,
/// by its words and by what stands out among its turns. While a call goes on only the second is done again.
struct Model {
    Vocabulary vocabulary;
    std::vector<float> turnRarity;  // by feature
    std::vector<float> callRarity;

    std::vector<std::string> turnHeads;
    std::vector<Whose> turnHeadsOf;  // who can show it; everyone where this ends
    LinearLayer turnLayer;

    std::vector<Choice> choices;
    LinearLayer callLayer;
    std::vector<float> summaryMeans;    // by entry of the summary
    std::vector<float> summaryScales;   // what an entry is multiplied by after its mean is taken off
    std::vector<float> summaryWeights;  // by entry, then by head of the call's layer

    std::vector<std::string> actionKinds;
    LinearLayer laterLayer;            // one head: an action is still to be done
    std::vector<float> laterByAction;  // what is added to it, by kind

    TurnReading readTurn(bool isAgent, std::span<const Word> words) const;
    /// The margins of the call's layer.
    std::vector<float> concludeFrom(std::span<const TurnReading> turns) const;
    Answer answer(const Choice& choice, std::span<const float> margins) const;
    /// How probable it is that what a turn says of an action of this kind is still to be done.
    float laterChance(const TurnReading& turn, std::size_t actionKind) const;

    const Choice* choice(std::string_view name) const;
    std::optional<std::size_t> turnHead(std::string_view name) const;
    Whose shownBy(std::size_t turnHead) const {
        return turnHead < turnHeadsOf.size() ? turnHeadsOf[turnHead] : Whose::Everyone;
    }
};

/// The model as bytes, the same on every machine.
std::vector<std::uint8_t> writeModel(const Model& model);
/// Takes any bytes; those that hold no whole model of this version are a BadMessage.
Result<Model> readModel(std::span<const std::uint8_t> bytes);

}  // namespace ninja3cx::analysis
