#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/clock_readings.hpp"

namespace ninja3cx::analysis {

namespace {

struct PartOfAnHour {
    int minutes = 0;
    std::size_t last = 0;  // one past; 0: none
};
/// "a quarter", "twenty", "five minutes" before "past" or "to".
PartOfAnHour partOfAnHourAt(const SaidDate& said, std::size_t at) {
    if (said.is(at, "half")) return {30, at + 1};
    if (const std::size_t n = said.anyOf(at, {"a quarter", "quarter"})) return {15, at + n};
    const auto minutes = saidNumberAt(said, at);
    if (!minutes ||
        !(minutes->value == 5 || minutes->value == 10 || minutes->value == 20 || minutes->value == 25))
        return {};
    return {static_cast<int>(minutes->value), minutes->last + said.anyOf(minutes->last, {"minutes"})};
}

bool isPreposition(std::string_view word) {
    return isOneOf(word, {"at", "by", "before", "around", "about", "after", "until"});
}
/// "make it four"
bool isLedToHour(const SaidDate& said, std::size_t at) {
    return at > 0 && (isPreposition(said.word(at - 1)) || (at > 1 && said.is(at - 2, "make it")));
}

/// "half three" is half past three.
std::optional<DatePiece> halfHourAt(const SaidDate& said, std::size_t at) {
    if (!said.is(at, "half") || (at > 0 && isOneOf(said.word(at - 1), {"and", "a", "other", "first"})))
        return std::nullopt;
    const auto hour = saidNumberAt(said, at + 1);
    if (!hour || hour->value < 1 || hour->value > 12) return std::nullopt;
    return withMeridiem(said, static_cast<int>(hour->value), 30, hour->last);
}

}  // namespace

std::optional<DatePiece> pastOrToAt(const SaidDate& said, std::size_t at) {
    if (auto piece = halfHourAt(said, at)) return piece;
    const PartOfAnHour part = partOfAnHourAt(said, at);
    const bool isPast = said.is(part.last, "past");
    // "five to ten people" is a range, unless it is led by a preposition.
    const bool isTo =
        said.is(part.last, "to") && part.minutes != 30 && (part.minutes == 15 || isLedToHour(said, at));
    if (part.last == 0 || (!isPast && !isTo)) return std::nullopt;
    const std::size_t next = part.last + 1;
    if (isOneOf(said.word(next), {"noon", "midday", "midnight"})) {
        const int hour = said.word(next) == "midnight" ? 24 : 12;
        return isPast ? clockIn(hour, part.minutes, next + 1, true)
                      : clockIn(hour - 1, 60 - part.minutes, next + 1, true);
    }
    const auto number = saidNumberAt(said, next);
    if (!number || number->value < 1 || number->value > 12) return std::nullopt;
    const int hour = static_cast<int>(number->value);
    if (isPast) return withMeridiem(said, hour, part.minutes, number->last);
    // "quarter to one" is before noon's hour: the twelve of the clock.
    return withMeridiem(said, hour == 1 ? 12 : hour - 1, 60 - part.minutes, number->last);
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
    if (!isLedToHour(said, at)) return std::nullopt;
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
    const bool isEnd =
        said.isCutAfter(next - 1) || weekdayNamed(after) != 0 ||
        isOneOf(after, {"tomorrow", "today", "on", "and", "if", "so", "this", "in", "then", "to", "for", "is",
                        "at", "with", "tonight", "instead", "please", "next", "it"});
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
