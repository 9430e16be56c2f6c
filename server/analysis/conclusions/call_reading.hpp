#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/model/model.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// The turns that a conclusion rests on, in their order, and the words in them that tell most.
struct Basis {
    std::vector<std::int32_t> turns;
    std::string cue;
};

/// A call as the model reads it: each turn once, then the whole. Made once for a call; the finders decide from it.
/// `conversation` and `model` outlive it. A question, a head or a kind that the model does not have is a mistake of ours:
/// std::logic_error.
class CallReading {
public:
    CallReading(const Conversation& conversation, const Model& model);

    const Conversation& conversation() const { return conversation_; }
    /// The same without what is said not to be the matter: "c'est pas le VPN".
    const Conversation& matter() const { return matter_; }

    struct Said {
        std::size_t value = 0;  // for yes and no: 1 is yes
        std::size_t runnerUp = 0;
        protocol::Confidence confidence = protocol::Confidence::Unsure;
        float certainty = 0;  // 0 to 1; of answers to one question, or of all kinds of actions, comparable
    };
    /// The model's answer to a question that it was trained for: "category", "action.reboot" (model/head_names.hpp).
    Said answer(std::string_view question) const;
    /// The same, where what follows "autre chose ?" weighs less and what is denied nothing.
    Said answerOfMatter(std::string_view question) const;

    /// The same, where only the words of `rest` had been said: this conversation with fewer words in some of its turns.
    Said answerIn(const Conversation& rest, std::string_view question) const;

    /// 0 to 1: how plainly a turn shows what one of the heads of turns looks for: "neg", "fix", "category.email". What
    /// is denied shows no category.
    float shows(std::size_t turn, std::string_view head) const;
    /// The same of some of the words of `line`.
    float showsIn(const Line& line, std::span<const Word> words, std::string_view head) const;
    /// 0 to 1: what the turn says of an action of this kind is still to be done.
    float laterChance(std::size_t turn, std::string_view actionKind) const;

    struct Shown {
        std::int32_t turn = 0;
        float plain = 0;  // how plainly it shows what shows most of the heads
    };
    /// The turns that show these heads at least half as plainly as the plainest of them, which is first. None is empty.
    std::vector<Shown> plainestTurns(const std::vector<std::string>& heads,
                                     std::optional<protocol::Speaker> speaker = std::nullopt) const;
    /// A few of them, the technician's, the customer's or anyone's. Never empty, unless
    /// nothing was said at all.
    Basis basisOf(const std::vector<std::string>& heads,
                  std::optional<protocol::Speaker> speaker = std::nullopt) const;
    /// The same for turns that were chosen otherwise.
    Basis basisIn(std::vector<std::int32_t> turns, const std::vector<std::string>& heads) const;

private:
    std::size_t headIndex(std::string_view head) const;
    Said answerFrom(std::string_view question, const std::vector<float>& margins) const;
    std::string cueIn(std::size_t turn, std::string_view head) const;
    /// False where nothing is denied, or nothing else is left.
    bool readMatter();

    const Conversation& conversation_;
    const Model& model_;
    Conversation matter_;
    std::vector<TurnReading> turns_;  // by line
    std::vector<TurnReading> turnsOfMatter_;
    std::vector<float> margins_;
    std::vector<float> marginsOfMatter_;
};

template <class T>
Conclusion<T> conclusionOf(T value, protocol::Confidence confidence, Basis basis) {
    return {std::move(value), confidence, std::move(basis.cue), std::move(basis.turns)};
}

}  // namespace ninja3cx::analysis
