#pragma once

#include "server/analysis/words/words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::language_model {

/// Numbers that stand next to each other, in figures or in words: "zéro six douze" is {"0", "6", "12"}, together 0612.
struct NumberRun {
    std::vector<std::string> numbers;
    std::size_t firstWord = 0;
    std::size_t wordCount = 0;
    bool hasFigures = false;
    std::string digits() const;
};

/// All of a text, French or English. "un" alone is a number here too.
///
/// Not `digitRuns` (server/analysis/numbers/spoken_numbers.hpp), which looks for numbers to mask: it rather reads one too
/// many. It knows both languages at once, so "per cent" holds a number, and joins slips, so "nine o'clock" is 90. Here a
/// number that was not said would let a model's invention stand, while one that is not read ("eighteen hundred", "oh
/// two") costs a sentence at most. Of the training calls' turns both read 99.5 % alike.
std::vector<NumberRun> numberRuns(const std::vector<analysis::Word>& words, std::string_view language);

}  // namespace ninja3cx::language_model
