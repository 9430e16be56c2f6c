#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace ninja3cx::analysis {

struct Secret {
    std::string value;  // as it would be written
    std::size_t first = 0;
    std::size_t last = 0;
};

/// What looks like a secret by its form alone.
struct Candidate {
    Secret secret;
    /// 3: described or of mixed signs; 2: words, then digits; 1: digits alone; 0: it may be anything.
    int strength = 0;
    bool isCertain = false;      // of the first, one that tells of itself: "E majuscule puis 56"
    bool isDescription = false;  // with a case and digits: nothing else is dictated so
    bool isCount = false;        // "six mille", "deux cents"
    bool startsWithNumber = false;
    bool isPlain = false;
    bool isInTurn = false;  // "b trois r huit": a room and a model are said so too
};

/// The secret that starts at word `at`, as far as it looks like one.
std::optional<Candidate> candidateAt(const Line& line, std::size_t at);
/// "Printemps2025", "Soleil!42": a name of a product has no such form. Where a password is spoken of, "Accueil35"
/// too.
bool looksChosen(const Line& line, std::size_t at, bool isAnnounced);

}  // namespace ninja3cx::analysis
