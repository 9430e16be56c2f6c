#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/clock_readings.hpp"
#include "server/analysis/dates/date_kinds.hpp"

namespace ninja3cx::analysis {
namespace {

std::size_t prepositionAt(const SaidDate& said, std::size_t at) {
    if (const std::size_t n = said.anyOf(
            at, {"au plus tard a", "plutot vers", "plutot a", "plutot", "aux alentours de", "autour de",
                 "jusqu a", "a partir de", "d ici", "avant", "vers", "pour", "des", "entre", "a", "ce"}))
        return n;
    return said.anyOf(at, {"at around", "at about", "at", "by", "before", "around", "about", "until", "from",
                           "after", "between", "make it"});
}

/// "une heure" after "il y a" is how long ago.
bool isTimeAfter(const SaidDate& said, std::size_t at) {
    if (at == 0) return true;
    if (isOneOf(said.word(at), {"a", "pour"}))
        return !isOneOf(said.word(at - 1),
                        {"y", "on", "il", "elle", "ca", "qui", "a", "ai", "avez", "avons"});
    return true;
}

/// "14 h", "2 heures"
bool isHourWithUnit(const SaidDate& said, std::size_t at) {
    const auto number = saidNumberAt(said, at);
    return number && isOneOf(said.word(number->last), {"h", "heure", "heures"});
}

/// A time that is one by its own words: "14 h 30", "half past two", "2 pm", "14:30".
std::optional<DatePiece> plainClockAt(const SaidDate& said, std::size_t at) {
    if (auto piece = pastOrToAt(said, at)) return piece;
    if (auto piece = joinedClockAt(said, at)) return piece;
    const auto number = saidNumberAt(said, at);
    if (!number || number->value > 24 || number->digits > 2) return std::nullopt;
    const int hour = static_cast<int>(number->value);
    if (isHourWithUnit(said, at)) return frenchHour(said, hour, number->last + 1);
    if (auto piece = englishHour(said, hour, number->last)) return piece;
    return hourAndMinutes(said, hour, number->last);
}

}  // namespace

std::optional<DatePiece> clockAt(const SaidDate& said, std::size_t at, bool isContinued) {
    const std::size_t lead = prepositionAt(said, at);
    if (lead > 0 && !isTimeAfter(said, at)) return std::nullopt;
    if (lead == 0 && !isContinued)  // "deux heures" alone is how long
        return isHourWithUnit(said, at) ? std::nullopt : plainClockAt(said, at);
    const std::size_t next = at + lead;
    if (said.word(at) == "ce") return said.word(next) == "midi" ? frenchNoonAt(said, next) : std::nullopt;
    if (auto piece = frenchNoonAt(said, next)) return piece;
    if (auto piece = englishNoonAt(said, next)) return piece;
    if (auto piece = plainClockAt(said, next)) return piece;
    return lead > 0 ? bareHourAt(said, next) : std::nullopt;
}

}  // namespace ninja3cx::analysis
