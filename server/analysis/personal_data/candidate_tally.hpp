#pragma once

#include "server/analysis/personal_data/secret_candidate.hpp"

#include <cstddef>

namespace ninja3cx::analysis {

/// What a candidate is made of, counted while it is read.
struct CandidateTally {
    std::size_t cases = 0;  // "majuscule", "lower"
    std::size_t signs = 0;
    std::size_t letters = 0;
    std::size_t turned = 0;    // letters that only digits around them tell
    std::size_t examples = 0;  // letters said with a word: "A comme André", "bravo"
    std::size_t plain = 0;     // ordinary words
    std::size_t mixed = 0;     // words of letters and digits
    std::size_t mixedLetters = 0;
    std::size_t forms = 0;  // "tout attaché"
    std::size_t digits = 0;
    std::size_t groups = 0;       // numbers
    bool hasLongMixed = false;    // "soleil42": nothing else is written so
    bool hasBigWord = false;      // "mille", "cent"
    bool hasWrittenSign = false;  // "Soleil$Vert"
    bool startsWithNumber = false;
    bool isNumberedThing = false;  // "dossier 48 213"

    bool isDescribed() const { return cases + signs > 0; }
};

/// `secret`, whose value is not empty, with what its parts say of it.
Candidate judged(const CandidateTally& tally, Secret secret);

}  // namespace ninja3cx::analysis
