#pragma once

#include "server/analysis/dates/said_date.hpp"

#include <optional>

/// One function for each kind of date, for what begins at word `at`. `isContinued`: a date has begun before it.
namespace ninja3cx::analysis {

// -- date_durations.cpp: "dans deux heures", "sous 48 h", "within the hour", "in half an hour"
std::optional<DatePiece> durationAt(const SaidDate& said, std::size_t at);

// -- date_days.cpp: "demain", "mardi prochain", "next week", "fin du mois"
std::optional<DatePiece> dayAt(const SaidDate& said, std::size_t at, bool isContinued);

// -- date_of_month.cpp: "le 12", "3 décembre", "12/3". `isNamed`: a week's day stands before, so a bare number is one
std::optional<DatePiece> dateAt(const SaidDate& said, std::size_t at, bool isNamed);

// -- date_parts.cpp: "ce matin", "in the afternoon"
std::optional<DatePiece> partAt(const SaidDate& said, std::size_t at, bool isContinued);

// -- date_clocks.cpp: "à 14 h", "by half past two"
std::optional<DatePiece> clockAt(const SaidDate& said, std::size_t at, bool isContinued);

}  // namespace ninja3cx::analysis
