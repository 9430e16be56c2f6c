#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/movements/movement_cues.hpp"

/// Of whom what is said of a mover is: the name and the words stand side by side.
namespace ninja3cx::analysis {

/// "Paul Arnaud, qui part", "Julie Smith is joining": nothing but small words is between the name that ends before `last`
/// and what is said.
bool isSaidRightOf(const Line& line, std::size_t last, const MovementHit& hit);

/// "le départ de Paul Arnaud", "a leaver, Tom Harris": the name that begins at `first` follows at once.
bool isNamedRightBehind(const Line& line, const MovementHit& hit, std::size_t first);

/// "départ", "arrivée", "leaver": nobody does it.
bool isNoun(const Line& line, const MovementHit& hit);

/// "il y en a un qui part", "one of them is leaving", "somebody else leaves": of somebody whom it does not name.
bool isOfSomeone(const Line& line, const MovementHit& hit);

/// "Julie Petit vous dira", "Anne will let you know", with the name's end: who is to say more, and does not move.
bool isToSayMore(const Line& line, std::size_t last);

}  // namespace ninja3cx::analysis
