#pragma once

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/words/words.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace ninja3cx::analysis {

/// Finds the names of a call in its sentences. Time grows with the sentence, not with the number of names.
class NamePhrases {
public:
    NamePhrases() = default;
    explicit NamePhrases(const Names& names);

    struct Name {
        std::string written;      // as in `Names`
        std::vector<Word> words;  // of it
        bool isCompany = false;
    };
    struct Place {
        std::size_t name = 0;  // the people's first, then the companies'
        std::size_t first = 0;
        std::size_t last = 0;  // one past
    };
    const std::string& customer() const { return customer_; }
    const Name& name(std::size_t index) const { return names_[index]; }

    /// All places that begin before token `before`, those of each name together, in the order of the names.
    std::vector<Place> in(const Tokens& tokens, std::size_t before) const;
    /// The first place of each name, in the order of the names.
    std::vector<Place> firstIn(const Tokens& tokens, std::size_t before) const;

private:
    std::string customer_;
    std::vector<Name> names_;
    std::unordered_map<std::string, std::vector<std::size_t>> byPhrase_;  // as words with a space between
    std::vector<std::size_t> lengths_;                                    // of the names in words, each once
};

}  // namespace ninja3cx::analysis
