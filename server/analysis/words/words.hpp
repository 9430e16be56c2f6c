#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// One word as the rules see it: lower case, without accents. `begin`, `end`: its bytes in the original text.
struct Word {
    std::string text;
    std::int32_t begin = 0;
    std::int32_t end = 0;
};

/// Letters and digits are words, everything else separates; hesitations ("euh", "um") are left out. A digit of any script,
/// and what East Asian text writes wide, is the one of ASCII. Accepts any bytes; those that are no UTF-8 separate. A masked
/// piece ("[card]") is the word "[]", which no phrase contains.
std::vector<Word> wordsOf(std::string_view text);

/// "Répondre à l'appel" -> "repondre a l appel"
std::string folded(std::string_view text);

}  // namespace ninja3cx::analysis
