#include "server/analysis/clock_readings.hpp"
#include "server/analysis/tokens.hpp"

namespace ninja3cx::analysis {

std::optional<DatePiece> frenchHour(const SaidDate& said, int hour, std::size_t next) {
    const bool hasMeridiem = hour > 12;
    if (const std::size_t n = said.anyOf(next, {"et demie", "et demi"}))
        return clockIn(hour, 30, next + n, hasMeridiem);
    if (const std::size_t n = said.anyOf(next, {"et quart", "un quart"}))
        return clockIn(hour, 15, next + n, hasMeridiem);
    if (const std::size_t n = said.anyOf(next, {"moins le quart", "moins quart"}))
        return clockIn(hour - 1, 45, next + n, hasMeridiem);
    if (said.word(next) == "moins") {
        const auto minutes = saidNumberAt(said, next + 1);
        if (minutes && minutes->value < 60 && minutes->value > 0)
            return clockIn(hour - 1, 60 - static_cast<int>(minutes->value), minutes->last, hasMeridiem);
    }
    if (const auto minutes = saidNumberAt(said, next)) {
        const bool isRound = minutes->value < 60 && minutes->value >= 5;
        const bool isCount =
            isOneOf(said.word(minutes->last), {"heure", "heures", "h", "minutes", "jours", "postes"});
        if (isRound && !isCount)
            return clockIn(hour, static_cast<int>(minutes->value), minutes->last, hasMeridiem);
    }
    return clockIn(hour, 0, next, hasMeridiem);
}

std::optional<DatePiece> frenchNoonAt(const SaidDate& said, std::size_t at) {
    if (said.word(at) == "midi") return clockIn(12, 0, at + 1, true);
    if (said.word(at) == "minuit") return clockIn(24, 0, at + 1, true);
    return std::nullopt;
}

}  // namespace ninja3cx::analysis
