#pragma once

#include "server/analysis/words/words.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace ninja3cx::analysis {

/// Letters and digits of an IBAN that starts at a word: "fr soixante-seize …", "GB82 WEST 1234", "g b …".
struct Account {
    std::string letters;
    std::size_t last = 0;
    std::size_t wanted = 0;  // letters of a whole one of this country
};
Account accountAt(std::span<const Word> words, std::size_t at);

/// "QQ 12 34 56 C": a British national insurance number.
std::optional<Account> nationalInsuranceAt(std::span<const Word> words, std::size_t at);

/// ASCII letters alone.
std::string upperCase(std::string text);

}  // namespace ninja3cx::analysis
