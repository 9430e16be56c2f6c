#pragma once

#include "server/analysis/words/words.hpp"

#include <string_view>
#include <vector>

/// What a text states and what it denies, near enough to refuse on doubt. Pure.
namespace ninja3cx::language_model {

enum class Polarity {
    Grammar = 1,  // carries no fact
    Stated,
    Denied,  // "ne se connecte plus", "n'a pas cliqué", "impossible d'imprimer": what the negation is about
    Either,  // "plus" without "ne" in speech: more, or no more
};

struct PolarityReading {
    std::vector<Polarity> words;  // of each word
    /// "un problème de connexion" does not work, though nothing is negated; and what stands in one clause with a denied word.
    std::vector<bool> mayHaveBeenDenied;
    bool hasNegationOfNothing = false;  // a negation whose word was not found
};

PolarityReading polarityOf(std::string_view text, const std::vector<analysis::Word>& words, bool isEnglish,
                           bool isSpeech);

}  // namespace ninja3cx::language_model
