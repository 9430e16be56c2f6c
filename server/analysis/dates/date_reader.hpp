#pragma once

#include "server/analysis/dates/call_start.hpp"
#include "server/analysis/words/words.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace ninja3cx::analysis {

inline constexpr std::chrono::minutes kNoon{12 * 60};

enum class DayPart { None, Morning, Afternoon, Evening };

/// One piece of a date: "demain", "matin", "à 14 h", "dans deux heures".
struct DatePiece {
    std::size_t last = 0;  // one past its last word
    std::optional<std::chrono::local_days> day;
    std::optional<std::chrono::minutes> clock;
    DayPart part = DayPart::None;
    bool hasMeridiem = false;
    bool isMoment = false;  // day and clock together: "dans deux heures"
    bool isVague = false;   // "après accord"
};

/// The piece of a date that begins at word `at`, if one does. `isContinued`: a date has begun before it, so
/// that "matin" and "14 heures" are pieces as well.
std::optional<DatePiece> datePieceAt(std::span<const Word> words, std::string_view text,
                                     const CallStart& start, std::size_t at, bool isContinued);

/// The number that a word of digits writes.
std::optional<unsigned> digitsOf(std::string_view text);

}  // namespace ninja3cx::analysis
