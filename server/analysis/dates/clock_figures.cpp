#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/clock_readings.hpp"

namespace ninja3cx::analysis {

std::optional<DatePiece> joinedClockAt(const SaidDate& said, std::size_t at) {
    const auto joined = figuresAndLetters(said.word(at));
    if (!joined || joined->figures > 2) return std::nullopt;
    const int hour = static_cast<int>(joined->value);
    const std::string_view rest = joined->letters;
    if (isOneOf(rest, {"am", "pm"})) return meridiem(hour, 0, rest, at + 1);
    if (!rest.starts_with('h')) return std::nullopt;
    if (rest.size() == 1) return hour > 24 ? std::nullopt : frenchHour(said, hour, at + 1);
    const auto minute = digitsOf(rest.substr(1));
    if (!minute || rest.size() > 3) return std::nullopt;
    return clockIn(hour, static_cast<int>(*minute), at + 1, hour > 12);
}

std::optional<DatePiece> hourAndMinutes(const SaidDate& said, int hour, std::size_t next) {
    const std::string_view gap = said.gapAfter(next - 1);
    if ((gap != ":" && gap != "." && gap != " ") || said.word(next).size() < 2) return std::nullopt;
    const auto minutes = saidNumberAt(said, next);
    if (!minutes || minutes->value >= 60 || minutes->digits != 2) return std::nullopt;
    const int minute = static_cast<int>(minutes->value);
    return gap == ":" ? withMeridiem(said, hour, minute, minutes->last)
                      : withMeridiemOnly(said, hour, minute, minutes->last);
}

}  // namespace ninja3cx::analysis
