#pragma once

#include "server/analysis/conversation/grounds.hpp"
#include "server/analysis/summary/summary_part.hpp"
#include "server/analysis/summary/wording.hpp"

#include <optional>
#include <string>

namespace ninja3cx::analysis {

/// Of a call about an arrival or a departure, by who moves where: "Départ de Paul Arnaud, arrivée de Julie Morel".
/// `isNow`: the access is to be cut at once. Nothing where nobody is said to move, or is only away for long.
std::optional<std::string> movementSubject(const Findings& findings, bool isNow, Grounds& grounds);

/// Somebody who is named moves, and an account goes with them, though the call was taken for something else, and not
/// for certain.
bool movesPlainly(const Findings& findings);

/// Who leaves and who comes in their place, where `told` leaves one of them out; else empty.
SummaryPart movementSentence(const Findings& findings, const std::string& told);

}  // namespace ninja3cx::analysis
