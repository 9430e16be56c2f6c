#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/personal_data/number_topics.hpp"
#include "server/analysis/personal_data/taken_places.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// What a call says of the numbers in it.
class NumberContext {
public:
    /// The conversation must outlive this.
    explicit NumberContext(const Conversation& conversation);

    const Line& line(std::size_t index) const { return conversation_.lines[index]; }
    std::size_t lines() const { return conversation_.lines.size(); }

    const Topics& at(std::size_t line) const { return topics_[line]; }
    /// Of the line and those from which an announcement reaches it.
    Topics near(std::size_t line) const;
    /// A card is spoken of somewhere.
    bool isCardCall() const { return isCardCall_; }
    bool saysCard(std::size_t line) const { return topics_[line].card && !topics_[line].otherCard; }

    /// The words next to a long number, or the turn before, say that it is a SIRET, an order's or a parcel's. Where
    /// a card is spoken of as well, what looks like a card is one.
    bool isNamedOtherwise(std::size_t line, WordSpan words, std::string_view digits) const;
    /// "SIRET 732 829 320 00074": it is nothing else, whatever else is spoken of.
    bool isIdentifier(std::size_t line, WordSpan words) const;

    /// "et votre siret ?" was asked right before, and nothing here names another number.
    bool answersIdentifier(std::size_t line) const;

private:
    const Conversation& conversation_;
    std::vector<Topics> topics_;  // of each line
    bool isCardCall_ = false;
};

}  // namespace ninja3cx::analysis
