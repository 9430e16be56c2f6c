#pragma once

#include "server/analysis/words/words.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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
/// The same where phone numbers are looked for: "double oh" goes on as "oh oh" does.
std::vector<DigitRun> dialledDigitRuns(std::span<const Word> words);

/// The same, but a number goes on after one word of any kind, or up to three that people put in between
/// ("alors", "c'est le", "then"). For numbers that are known to be long; where one ends, the next sentence may
/// begin.
std::vector<DigitRun> spacedDigitRuns(std::span<const Word> words);

/// The words with misheard numbers mended where their neighbours are numbers: "quarante set douze", "forty for
/// nine", "quatrevingtdix". Same count and places; only `text` differs.
std::vector<Word> mendedNumbers(std::span<const Word> words);

/// "whiskey" is w, "bravo" b; 0 for all other words.
char spelledLetter(std::string_view word);

/// "minutes", "euros", "days": what follows a number that counts something.
bool isUnit(std::string_view word);

}  // namespace ninja3cx::analysis
