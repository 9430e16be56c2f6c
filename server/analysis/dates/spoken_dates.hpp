#pragma once

#include "server/analysis/dates/call_start.hpp"
#include "server/analysis/words/words.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::analysis {

/// A date in a turn. `meant`: "2026-12-01" or, where a time of day is said, "2026-12-01T14:00"; nothing where it
/// names no day ("après accord") or the call's own is not known.
struct SpokenDate {
    std::string spoken;
    std::optional<std::string> meant;
    std::size_t first = 0;  // index into the words
    std::size_t last = 0;   // one past
    bool namesDay = false;
    bool namesClock = false;
};

/// Days and times to come that a turn speaks of, French and English alike, in its order.
///
/// A week's day is the next one after today, "prochain" and "next" the one of the next calendar week, "en huit"
/// a week after the next one. "Cette semaine" and "fin de semaine" mean its Friday, "la semaine prochaine" the
/// Friday of the next: a due date is when it must be done. "Huit jours" and "quinze jours" are one and two
/// weeks, as in French. From 24 hours on, hours are days. A time without a day is the next one on the clock;
/// one to six o'clock is in the afternoon unless the morning is named. Days are counted as said, weekends
/// included, unless working days are asked for. A shift of the clock is not looked at.
std::vector<SpokenDate> findDates(std::span<const Word> words, std::string_view text,
                                  const std::optional<CallStart>& start);

}  // namespace ninja3cx::analysis
