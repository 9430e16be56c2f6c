#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/clock_readings.hpp"

namespace ninja3cx::analysis {

namespace {

/// "et demie", "moins le quart" behind a full hour, in minutes; `last`: one past.
struct PartOfAnHour {
    int minutes = 0;
    std::size_t last = 0;
};
std::optional<PartOfAnHour> partOfAnHourAt(const SaidDate& said, std::size_t at) {
    if (const std::size_t n = said.anyOf(at, {"et demie", "et demi"})) return PartOfAnHour{30, at + n};
    if (const std::size_t n = said.anyOf(at, {"et quart", "et un quart", "un quart"}))
        return PartOfAnHour{15, at + n};
    if (const std::size_t n = said.anyOf(at, {"moins le quart", "moins un quart", "moins quart"}))
        return PartOfAnHour{-15, at + n};
    if (said.word(at) != "moins") return std::nullopt;
    const auto minutes = saidNumberAt(said, at + 1);
    if (!minutes || minutes->value == 0 || minutes->value >= 60) return std::nullopt;
    return PartOfAnHour{-static_cast<int>(minutes->value), minutes->last};
}

std::optional<DatePiece> hourWithPart(int hour, const PartOfAnHour& part, bool hasMeridiem) {
    if (part.minutes < 0) return clockIn(hour - 1, 60 + part.minutes, part.last, hasMeridiem);
    return clockIn(hour, part.minutes, part.last, hasMeridiem);
}

/// Is the number before `last` a count, as in "dix heures, quinze postes"?
bool isCount(const SaidDate& said, std::size_t last) {
    return isOneOf(said.word(last), {"heure", "heures", "h", "minutes", "jours", "postes"});
}

/// "dix" in "midi dix", "quinze" in "quatorze heures quinze".
std::optional<PartOfAnHour> minutesAt(const SaidDate& said, std::size_t at) {
    const auto minutes = saidNumberAt(said, at);
    if (!minutes || minutes->value >= 60 || minutes->value < 5 || isCount(said, minutes->last))
        return std::nullopt;
    return PartOfAnHour{static_cast<int>(minutes->value), minutes->last};
}

}  // namespace

std::optional<DatePiece> frenchHour(const SaidDate& said, int hour, std::size_t next) {
    const bool hasMeridiem = hour > 12;
    if (const auto part = partOfAnHourAt(said, next)) return hourWithPart(hour, *part, hasMeridiem);
    if (const auto minutes = minutesAt(said, next)) return hourWithPart(hour, *minutes, hasMeridiem);
    return clockIn(hour, 0, next, hasMeridiem);
}

std::optional<DatePiece> frenchNoonAt(const SaidDate& said, std::size_t at) {
    if (!isOneOf(said.word(at), {"midi", "minuit"})) return std::nullopt;
    const int hour = said.word(at) == "midi" ? 12 : 24;
    if (const auto part = partOfAnHourAt(said, at + 1)) return hourWithPart(hour, *part, true);
    if (const auto minutes = minutesAt(said, at + 1)) return hourWithPart(hour, *minutes, true);
    return clockIn(hour, 0, at + 1, true);
}

}  // namespace ninja3cx::analysis
