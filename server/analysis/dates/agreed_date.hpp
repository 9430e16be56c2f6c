#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/dates/call_start.hpp"
#include "server/analysis/dates/spoken_dates.hpp"

#include <optional>
#include <vector>

namespace ninja3cx::analysis {

/// The dates of a turn without those that it takes back or refuses: "demain, non, plutôt jeudi", "not Monday".
std::vector<SpokenDate> standingDates(const Line& line, const std::optional<CallStart>& start);

/// What became of a date that the technician offered in turn `offeredIn`: where the customer asks for another one and
/// is not refused it, the other; else what was offered. Nothing where it was refused and no other was found.
std::optional<SpokenDate> agreedDate(const SpokenDate& offered, std::size_t offeredIn,
                                     const Conversation& conversation, const std::optional<CallStart>& start);

/// "le quinze janvier", "vendredi", "tomorrow": a date of the line on another day than the call's.
bool isLaterDay(const Line& line, const SpokenDate& date);
bool namesLaterDay(const Line& line);

/// Does the turn only agree to a date: "d'accord, jeudi dix heures"? It promises nothing new.
bool onlyAgreesToDate(const Line& line);

}  // namespace ninja3cx::analysis
