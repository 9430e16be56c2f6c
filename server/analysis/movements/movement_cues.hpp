#pragma once

#include "server/analysis/conversation/cue_list.hpp"
#include "server/analysis/movements/movements.hpp"

#include <vector>

namespace ninja3cx::analysis {

struct MovementHit {
    Direction direction{};
    Phrase::Match match;
    bool isOfSpeaker = false;  // "je pars à la retraite", "my last day"
    bool isPlain = false;      // says it without a person and an account beside it
    bool namesBehind = false;  // "le départ de …", "remplacée par …": the name follows
};

/// What a line says of somebody's moving, in its order.
std::vector<MovementHit> movementHitsIn(const Line& line);

/// "il n'arrive pas à", "j'arrive", "elle quitte sa session", "démarre son PC": what has a mover's verb, and moves nobody.
bool isOtherSense(const Line& line, const Phrase::Match& match);

/// "en congé maternité", "sick leave": away for long, and still of the company.
bool isAwayForLong(const Line& line);

/// "par erreur", "finalement il reste", "not leaving after all".
std::optional<Phrase::Match> takenBackIn(const Line& line);

/// "collègue", "stagiaire", "colleague".
bool isStaffWord(std::string_view word);

}  // namespace ninja3cx::analysis
