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

/// How much the form alone tells, the more the later.
enum class Strength {
    None,    // it may be anything
    Digits,  // digits alone
    WordsThenDigits,
    Described,  // or of mixed signs
};

/// What looks like a secret by its form alone.
struct Candidate {
    Secret secret;
    Strength strength = Strength::None;
    bool isCertain = false;      // of `Described`, one that tells of itself: "E majuscule puis 56"
    bool isDescription = false;  // with a case and digits: nothing else is dictated so
    bool isCount = false;        // "six mille", "deux cents"
    bool startsWithNumber = false;
    bool isInTurn = false;  // "b trois r huit": a room and a model are said so too
};

/// The secret that starts at word `at`, as far as it looks like one.
std::optional<Candidate> candidateAt(const Line& line, std::size_t at);
/// "Printemps2025", "Soleil!42": a name of a product has no such form. Where a password is spoken of, "Accueil35"
/// too.
bool looksChosen(const Line& line, std::size_t at, bool isAnnounced);

}  // namespace ninja3cx::analysis
