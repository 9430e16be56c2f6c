#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/calendar_days.hpp"
#include "server/analysis/dates/date_kinds.hpp"

namespace ninja3cx::analysis {
namespace {

using namespace std::chrono;

std::optional<DatePiece> momentIn(const SaidDate& said, minutes length, std::size_t last) {
    DatePiece piece;
    piece.last = last;
    piece.isMoment = true;
    if (length >= hours{24}) {
        piece.day = said.today + floor<days>(length);
        return piece;
    }
    const minutes clock = said.now + length;
    piece.day = said.today + floor<days>(clock);
    piece.clock = clock - floor<days>(clock);
    return piece;
}

/// "dizaine de minutes", "quinzaine de jours"; "huitaine" and "quinzaine" alone are one and two weeks.
std::optional<DatePiece> aboutAt(const SaidDate& said, std::size_t at) {
    static constexpr struct {
        std::string_view word;
        int count;
    } kAbout[] = {{"huitaine", 8}, {"dizaine", 10}, {"quinzaine", 15}, {"vingtaine", 20}, {"trentaine", 30}};
    for (const auto& [word, count] : kAbout) {
        if (said.word(at) != word) continue;
        if (said.is(at + 1, "de minutes")) return momentIn(said, minutes{count}, at + 3);
        const bool areDays = said.is(at + 1, "de jours");
        const std::size_t last = at + (areDays ? 3 : 1);
        if (count == 8) return dayIn(said.today + days{7}, last);
        if (count == 15) return dayIn(said.today + days{14}, last);
        if (areDays) return dayIn(said.today + days{count}, last);
    }
    return std::nullopt;
}

/// Lengths that have a word of their own.
std::optional<DatePiece> frenchLengthAt(const SaidDate& said, std::size_t at) {
    if (const std::size_t n = said.anyOf(at, {"trois quarts d heure", "trois quart d heure"}))
        return momentIn(said, minutes{45}, at + n);
    if (const std::size_t n = said.anyOf(at, {"un quart d heure", "quart d heure"}))
        return momentIn(said, minutes{15}, at + n);
    if (const std::size_t n = said.anyOf(at, {"une petite demi heure", "une demi heure", "demi heure"}))
        return momentIn(said, minutes{30}, at + n);
    if (const std::size_t n = said.anyOf(at, {"une heure et demie"}))
        return momentIn(said, minutes{90}, at + n);
    if (auto piece = aboutAt(said, at + said.anyOf(at, {"une petite", "une bonne", "une"}))) return piece;
    return std::nullopt;
}
std::optional<DatePiece> englishLengthAt(const SaidDate& said, std::size_t at) {
    if (const std::size_t n = said.anyOf(at, {"a quarter of an hour", "quarter of an hour"}))
        return momentIn(said, minutes{15}, at + n);
    if (const std::size_t n = said.anyOf(at, {"half an hour", "a half hour", "half hour"}))
        return momentIn(said, minutes{30}, at + n);
    if (const std::size_t n = said.anyOf(at, {"an hour and a half"}))
        return momentIn(said, minutes{90}, at + n);
    if (const std::size_t n =
            said.anyOf(at, {"a fortnight s time", "a fortnight", "fortnight", "a couple of weeks"}))
        return dayIn(said.today + days{14}, at + n);
    return std::nullopt;
}

/// "48h", "30min" as one word.
std::optional<DatePiece> lengthInFiguresAt(const SaidDate& said, std::size_t at) {
    const auto joined = figuresAndLetters(said.word(at));
    if (!joined || joined->figures > 3) return std::nullopt;
    const int value = static_cast<int>(joined->value);
    if (isOneOf(joined->letters, {"h", "hrs", "heures"})) return momentIn(said, minutes{value * 60}, at + 1);
    if (isOneOf(joined->letters, {"min", "mn", "mins"})) return momentIn(said, minutes{value}, at + 1);
    return std::nullopt;
}

struct Count {
    int value = 1;
    std::size_t last = 0;
    bool isCounted = true;
};
/// How many: "deux à trois" is the longer one. `isBare`: nothing but a preposition stands before.
std::optional<Count> countAt(const SaidDate& said, std::size_t at, bool isBare) {
    if (const std::size_t n = said.anyOf(at, {"a couple of", "couple of"})) return Count{2, at + n};
    if (const auto number = saidNumberAt(said, at)) {
        if (number->value == 0 || number->value > 999) return std::nullopt;
        const std::size_t link = said.anyOf(number->last, {"a", "ou", "to", "or"});
        const auto other = saidNumberAt(said, number->last + link);
        const bool isRange = other && other->value > number->value && other->value <= 999;
        const SaidNumber& longer = isRange ? *other : *number;
        return Count{static_cast<int>(longer.value), longer.last};
    }
    if (said.is(at, "a") || said.is(at, "an")) return Count{1, at + 1};
    if (isBare) return std::nullopt;
    return Count{1, at, false};  // "dans l'heure"
}

/// `isUntil`: "d'ici".
std::optional<DatePiece> countedAt(const SaidDate& said, const Count& count, bool isUntil) {
    std::size_t next = count.last + said.anyOf(count.last, {"petites", "petite", "prochaines", "prochains",
                                                            "bonnes", "more"});
    const std::string_view unit = said.word(next);
    ++next;
    if (isOneOf(unit, {"minute", "minutes", "min", "mn"})) return momentIn(said, minutes{count.value}, next);
    if (isOneOf(unit, {"heure", "heures", "h", "hour", "hours"})) {
        // "d'ici dix-sept heures" is a time, "d'ici deux heures" is not.
        if (isUntil && count.value >= 9 && count.value < 24) return std::nullopt;
        minutes length{count.value * 60};
        if (const std::size_t more = said.anyOf(next, {"et demie", "and a half", "trente"})) {
            length += minutes{30};
            next += more;
        }
        return momentIn(said, length, next);
    }
    if (isOneOf(unit, {"jour", "jours", "day", "days"})) {
        if (const std::size_t open = said.anyOf(next, {"ouvres", "ouvre", "ouvrables", "ouvrable"}))
            return dayIn(workingDaysLater(said.today, count.value), next + open);
        const bool isFrench = unit.starts_with('j');
        const int counted = isFrench && count.value == 8    ? 7
                            : isFrench && count.value == 15 ? 14
                                                            : count.value;
        return dayIn(said.today + days{counted}, next);
    }
    if (isOneOf(unit, {"working", "business"}) && isOneOf(said.word(next), {"day", "days"}))
        return dayIn(workingDaysLater(said.today, count.value), next + 1);
    if (isOneOf(unit, {"semaine", "semaines", "week", "weeks"})) {
        if (!count.isCounted)
            return dayIn(endOfWeek(said.today), next);  // "dans la semaine", "within the week"
        return dayIn(said.today + days{7 * count.value}, next + said.anyOf(next, {"time", "s time"}));
    }
    if (isOneOf(unit, {"mois", "month", "months"})) return dayIn(monthsLater(said.today, count.value), next);
    return std::nullopt;
}

}  // namespace

std::optional<DatePiece> durationAt(const SaidDate& said, std::size_t at) {
    const std::size_t lead = said.anyOf(at, {"dans", "d ici", "sous", "in", "within", "endeans", "d ici a"});
    if (lead == 0) return std::nullopt;
    std::size_t next = at + lead;
    next += said.anyOf(next, {"les", "le", "la", "the"});
    next += said.anyOf(next, {"l"});
    next += said.anyOf(next, {"prochaines", "prochains", "prochaine", "next", "petites", "petite", "bonne"});
    if (auto piece = frenchLengthAt(said, next)) return piece;
    if (auto piece = englishLengthAt(said, next)) return piece;
    if (auto piece = lengthInFiguresAt(said, next)) return piece;
    const auto count = countAt(said, next, next == at + lead);
    return count ? countedAt(said, *count, said.is(at, "d ici")) : std::nullopt;
}

}  // namespace ninja3cx::analysis
