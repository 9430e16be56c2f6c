#include "server/analysis/dates/date_kinds.hpp"

namespace ninja3cx::analysis {
namespace {

using namespace std::chrono;

/// "cet après" is one too, where a recogniser lost the rest.
std::size_t afternoonAt(const SaidDate& said, std::size_t at) {
    return said.anyOf(at, {"dans l apres midi", "en debut d apres midi", "debut d apres midi",
                           "en fin d apres midi", "fin d apres midi", "cet apres midi", "cette apres midi",
                           "cet aprem", "c t apres midi", "cet apres", "this afternoon"});
}

/// "ce matin", "dans la soirée": parts that name today, or the day that was said before them.
std::optional<DatePiece> partOfADayAt(const SaidDate& said, std::size_t at, bool isContinued) {
    const auto today = isContinued ? std::nullopt : std::optional{said.today};
    if (const std::size_t n = said.anyOf(at, {"dans la matinee", "en fin de matinee", "fin de matinee",
                                              "en debut de matinee", "courant de matinee", "late morning"}))
        return partIn(today, DayPart::Morning, at + n);
    if (const std::size_t n = afternoonAt(said, at)) return partIn(today, DayPart::Afternoon, at + n);
    if (const std::size_t n = said.anyOf(at, {"ce soir", "dans la soiree", "en debut de soiree", "cette nuit",
                                              "this evening", "tonight", "overnight"}))
        return partIn(today, DayPart::Evening, at + n);
    if (const std::size_t n =
            said.anyOf(at, {"first thing in the morning", "in the morning", "first thing",
                            "a la premiere heure", "premiere heure", "des la premiere heure"})) {
        const local_days next = said.today + days{said.now >= hours{6} ? 1 : 0};
        return partIn(isContinued ? std::nullopt : std::optional{next}, DayPart::Morning, at + n);
    }
    if (const std::size_t n = said.anyOf(at, {"in the afternoon"}))
        return partIn(today, DayPart::Afternoon, at + n);
    return std::nullopt;
}

/// "mardi matin", "Tuesday night": words that are parts of a day only behind one.
std::optional<DatePiece> barePartAt(const SaidDate& said, std::size_t at) {
    if (const std::size_t n = said.anyOf(at, {"du matin", "au matin", "matin", "morning", "le matin"}))
        return partIn(std::nullopt, DayPart::Morning, at + n);
    if (const std::size_t n =
            said.anyOf(at, {"de l apres midi", "apres midi", "l apres midi", "aprem", "afternoon"}))
        return partIn(std::nullopt, DayPart::Afternoon, at + n);
    if (const std::size_t n = said.anyOf(at, {"du soir", "au soir", "soir", "evening", "night"}))
        return partIn(std::nullopt, DayPart::Evening, at + n);
    return std::nullopt;
}

}  // namespace

std::optional<DatePiece> partAt(const SaidDate& said, std::size_t at, bool isContinued) {
    if (const std::size_t n = said.anyOf(at, {"ce matin", "this morning"})) {
        const bool isPast = said.now >= kNoon && !isContinued;  // what has happened this morning
        if (isPast) return std::nullopt;
        return partIn(said.today, DayPart::Morning, at + n);
    }
    if (auto piece = partOfADayAt(said, at, isContinued)) return piece;
    return isContinued ? barePartAt(said, at) : std::nullopt;
}

}  // namespace ninja3cx::analysis
