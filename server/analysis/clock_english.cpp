#include "server/analysis/clock_readings.hpp"
#include "server/analysis/tokens.hpp"

namespace ninja3cx::analysis {

std::optional<DatePiece> pastOrToAt(const SaidDate& said, std::size_t at) {
    const std::size_t n =
        said.anyOf(at, {"half past", "quarter past", "quarter to", "a quarter past", "a quarter to"});
    if (n == 0) return std::nullopt;
    const auto number = saidNumberAt(said, at + n);
    if (!number || number->value > 12) return std::nullopt;
    const int hour = static_cast<int>(number->value);
    if (said.word(at) == "half") return withMeridiem(said, hour, 30, number->last);
    if (said.word(at + n - 1) == "to") return withMeridiem(said, hour - 1, 45, number->last);
    return withMeridiem(said, hour, 15, number->last);
}

std::optional<DatePiece> englishHour(const SaidDate& said, int hour, std::size_t next) {
    if (said.is(next, "o clock")) return withMeridiem(said, hour, 0, next + 2);
    return withMeridiemOnly(said, hour, 0, next);
}

std::optional<DatePiece> englishNoonAt(const SaidDate& said, std::size_t at) {
    if (isOneOf(said.word(at), {"noon", "midday"})) return clockIn(12, 0, at + 1, true);
    if (said.word(at) == "midnight") return clockIn(24, 0, at + 1, true);
    return std::nullopt;
}

std::optional<DatePiece> bareHourAt(const SaidDate& said, std::size_t at) {
    if (!isOneOf(said.word(at - 1), {"at", "by", "before", "around", "about", "after", "until"}))
        return std::nullopt;
    const auto hour = saidNumberAt(said, at);
    if (!hour || hour->value < 1 || hour->value > 12) return std::nullopt;
    int minute = 0;
    std::size_t next = hour->last;
    if (const auto second = saidNumberAt(said, next)) {
        if (second->value != 15 && second->value != 30 && second->value != 45) return std::nullopt;
        minute = static_cast<int>(second->value);
        next = second->last;
    }
    const std::string_view after = said.word(next);
    const bool isEnd = said.isCutAfter(next - 1) || weekdayNamed(after) != 0 ||
                       isOneOf(after, {"tomorrow", "today", "on", "and", "if", "so", "this", "in", "then",
                                       "to", "for", "is", "at", "with", "tonight"});
    if (!isEnd) return std::nullopt;
    return clockIn(static_cast<int>(hour->value), minute, next, false);
}

std::optional<DatePiece> withMeridiem(const SaidDate& said, int hour, int minute, std::size_t next) {
    if (auto piece = withMeridiemOnly(said, hour, minute, next)) return piece;
    return clockIn(hour, minute, next, hour > 12);
}

std::optional<DatePiece> withMeridiemOnly(const SaidDate& said, int hour, int minute, std::size_t next) {
    if (isOneOf(said.word(next), {"am", "pm"})) return meridiem(hour, minute, said.word(next), next + 1);
    if (said.is(next, "p m") || said.is(next, "a m"))
        return meridiem(hour, minute, said.word(next) == "p" ? "pm" : "am", next + 2);
    return std::nullopt;
}

std::optional<DatePiece> meridiem(int hour, int minute, std::string_view half, std::size_t last) {
    if (hour < 1 || hour > 12) return std::nullopt;
    return clockIn(hour % 12 + (half == "pm" ? 12 : 0), minute, last, true);
}

}  // namespace ninja3cx::analysis
