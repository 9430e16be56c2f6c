#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::analysis {

struct SpokenBirthdate {
    std::string iso;  // "2001-03-14", "03-14" without the year
    std::size_t first = 0;
    std::size_t last = 0;
    bool saysYear = false;  // in full
};

/// Dates in a line that are said to be a date of birth, in this line or in one of the three before: a full
/// date, or day and month right after the announcement. The conversation's numbers are mended.
std::vector<SpokenBirthdate> findBirthdates(const Conversation& conversation, std::size_t line);

/// The pieces of a date of birth that is asked for in line `index` and told in several turns: "le douze" - "oui" - "mars" -
/// "oui" - "quatre-vingts". Each with its line.
std::vector<std::pair<std::size_t, SpokenBirthdate>> findBirthdateInPieces(const Conversation& conversation,
                                                                           std::size_t index);

/// Every place of a line where one of these dates is said, announced or not.
std::vector<SpokenBirthdate> findBirthdatesAgain(const Conversation& conversation, std::size_t line,
                                                 const std::vector<std::string>& isos);

/// "votre date de naissance", "date of birth": it may be told over the next lines.
bool asksForBirthdate(const Line& line);
/// The words of a line that may be a part of a date, "le quatre mai", "quatre-vingt-onze", where hardly any others are said;
/// behind "je suis né" the others may stand before it. None: no part.
std::vector<std::pair<std::size_t, std::size_t>> birthdatePartsIn(const Line& line, bool isBehindCue);

}  // namespace ninja3cx::analysis
