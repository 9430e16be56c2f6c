#pragma once

#include "server/analysis/dates/said_date.hpp"

#include <optional>

/// The ways in which a time of day is said.
namespace ninja3cx::analysis {

// -- clock_french.cpp
/// "14 h 30", "trois heures moins le quart"; `next` is behind the "h".
std::optional<DatePiece> frenchHour(const SaidDate& said, int hour, std::size_t next);
/// "midi", "minuit"
std::optional<DatePiece> frenchNoonAt(const SaidDate& said, std::size_t at);

// -- clock_english.cpp
/// "half past two", "a quarter to three", "half three", "twenty past nine"
std::optional<DatePiece> pastOrToAt(const SaidDate& said, std::size_t at);
/// "two o'clock", "2 pm"; `next` is behind the number.
std::optional<DatePiece> englishHour(const SaidDate& said, int hour, std::size_t next);
/// "noon", "midnight"
std::optional<DatePiece> englishNoonAt(const SaidDate& said, std::size_t at);
/// "at three", "by 5": an hour without a unit, where `at - 1` is a preposition.
std::optional<DatePiece> bareHourAt(const SaidDate& said, std::size_t at);
/// Before noon or after it, where that is said at `next`.
std::optional<DatePiece> withMeridiem(const SaidDate& said, int hour, int minute, std::size_t next);
std::optional<DatePiece> withMeridiemOnly(const SaidDate& said, int hour, int minute, std::size_t next);
std::optional<DatePiece> meridiem(int hour, int minute, std::string_view half, std::size_t last);

// -- clock_figures.cpp
/// "14h30", "2pm" as one word
std::optional<DatePiece> joinedClockAt(const SaidDate& said, std::size_t at);
/// "14:30", "2.30 pm"; `next` is behind the hour.
std::optional<DatePiece> hourAndMinutes(const SaidDate& said, int hour, std::size_t next);

}  // namespace ninja3cx::analysis
