#pragma once

#include "server/analysis/words/words.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// A number as it is said or written: "quatre-vingt-dix-sept" is "97", "zéro" is "0", "06" stays "06".
struct NumberGroup {
    std::string digits;
    std::size_t first = 0;  // index into the words
    std::size_t last = 0;   // one past
};

/// The longest number that starts at word `at`. French and English words are understood alike.
std::optional<NumberGroup> numberAt(std::span<const Word> words, std::size_t at);

/// Numbers that follow each other without another word between: telephone numbers, cards, references.
struct DigitRun {
    std::vector<NumberGroup> groups;
    std::size_t first = 0;
    std::size_t last = 0;
    std::string digits() const;
    /// The first word after the group that brings the run to `count` digits; nothing when no group ends
    /// there.
    std::optional<std::size_t> lastFor(std::size_t count) const;
};
std::vector<DigitRun> digitRuns(std::span<const Word> words);

}  // namespace ninja3cx::analysis
