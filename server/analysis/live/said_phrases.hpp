#pragma once

#include "server/analysis/conversation/phrases.hpp"

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// Phrases as people write them. Those that cannot be read are never said.
class SaidPhrases {
public:
    explicit SaidPhrases(const std::vector<std::string>& written);
    SaidPhrases(SaidPhrases&&) = default;  // no copies: the phrases look at texts in here
    SaidPhrases& operator=(SaidPhrases&&) = default;

    /// Which of them these words say, denied ones left out ("pas de rançon", "I don't want to cancel"); ascending.
    std::vector<std::size_t> in(std::span<const Word> words) const;
    /// The same with the denied ones: "le badge ne marche pas" is about a badge.
    std::vector<std::size_t> namedIn(std::span<const Word> words) const;
    /// Every place where one of them is said, denied ones left out.
    std::vector<Phrase::Match> placesIn(std::span<const Word> words) const;

private:
    struct Entry {
        std::string text;  // what `phrase` looks at
        Phrase phrase;
        explicit Entry(std::string plain) : text{std::move(plain)}, phrase{text} {}
    };
    std::deque<Entry> phrases_;  // they never move
};

}  // namespace ninja3cx::analysis
