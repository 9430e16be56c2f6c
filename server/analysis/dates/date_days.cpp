#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/calendar_days.hpp"
#include "server/analysis/dates/date_kinds.hpp"

namespace ninja3cx::analysis {
namespace {

using namespace std::chrono;

/// "la semaine prochaine", or "la semaine prochaine, mardi"
std::optional<DatePiece> weekdayOrEnd(const SaidDate& said, std::size_t next, local_days monday) {
    const std::size_t skipped = said.anyOf(next, {"le", "on"});
    if (const unsigned named = weekdayNamed(said.word(next + skipped)))
        return dayIn(monday + days{named - 1}, next + skipped + 1);
    if (monday <= said.today) return dayIn(endOfWeek(said.today), next);
    return dayIn(monday + days{4}, next);
}

std::optional<DatePiece> weekAt(const SaidDate& said, std::size_t at) {
    const local_days monday = mondayOf(said.today);
    if (const std::size_t n =
            said.anyOf(at, {"en debut de semaine prochaine", "debut de semaine prochaine",
                            "debut de la semaine prochaine", "en debut de semaine", "early next week",
                            "beginning of next week", "start of next week"}))
        return dayIn(monday + days{7}, at + n);
    if (const std::size_t n = said.anyOf(at, {"milieu de semaine prochaine", "middle of next week"}))
        return dayIn(monday + days{9}, at + n);
    if (const std::size_t n =
            said.anyOf(at, {"fin de la semaine prochaine", "fin de semaine prochaine",
                            "dans la semaine prochaine", "la semaine prochaine", "semaine prochaine",
                            "the end of next week", "end of next week", "later next week", "next week"}))
        return weekdayOrEnd(said, at + n, monday + days{7});
    if (const std::size_t n = said.anyOf(
            at, {"d ici la fin de la semaine", "la fin de la semaine", "fin de la semaine",
                 "la fin de semaine", "en fin de semaine", "fin de semaine", "dans la semaine",
                 "courant de semaine", "cette semaine", "by the end of the week", "the end of the week",
                 "end of the week", "end of week", "later this week", "this week"}))
        return weekdayOrEnd(said, at + n, monday);
    if (const std::size_t n =
            said.anyOf(at, {"ce week end", "le week end", "ce weekend", "le weekend", "this weekend",
                            "the weekend", "at the weekend", "over the weekend"}))
        return dayIn(onOrAfter(said.today, Sunday), at + n);
    return std::nullopt;
}

/// "fin février", "the end of February": the next one to come.
std::optional<DatePiece> endOfNamedMonthAt(const SaidDate& said, std::size_t at) {
    const std::size_t n =
        said.anyOf(at, {"la fin du mois de", "fin du mois de", "fin", "the end of", "end of"});
    const unsigned named = n > 0 ? monthNamed(said.word(at + n)) : 0;
    if (named == 0) return std::nullopt;
    const year_month_day today{said.today};
    const year_month thisYear = today.year() / month{named};
    const local_days end = lastOfMonth(thisYear);
    return dayIn(end >= said.today ? end : lastOfMonth(thisYear + years{1}), at + n + 1);
}

std::optional<DatePiece> monthEndAt(const SaidDate& said, std::size_t at) {
    const year_month_day today{said.today};
    const year_month month = today.year() / today.month();
    if (const std::size_t n = said.anyOf(
            at, {"d ici la fin du mois prochain", "la fin du mois prochain", "fin du mois prochain",
                 "fin de mois prochain", "the end of next month", "end of next month"}))
        return dayIn(lastOfMonth(month + months{1}), at + n);
    if (const std::size_t n = said.anyOf(at, {"le dernier jour du mois", "the last day of the month"}))
        return dayIn(lastOfMonth(month), at + n);
    if (auto piece = endOfNamedMonthAt(said, at)) return piece;
    if (const std::size_t n = said.anyOf(
            at, {"d ici la fin du mois", "la fin du mois", "fin du mois", "fin de mois", "ce mois ci",
                 "the end of the month", "end of the month", "end of month", "this month"}))
        return dayIn(lastOfMonth(month), at + n);
    if (const std::size_t n = said.anyOf(at, {"le mois prochain", "next month"}))
        return dayIn(lastOfMonth(month + months{1}), at + n);
    return std::nullopt;
}

local_days comingDay(const SaidDate& said, unsigned named) {
    return onOrAfter(said.today + days{1}, weekday{named});
}

/// "a week on Thursday", "a fortnight tomorrow", "demain en huit"
std::optional<DatePiece> weeksFromDayAt(const SaidDate& said, std::size_t at) {
    if (const std::size_t n =
            said.anyOf(at, {"a fortnight on", "a fortnight", "a week on", "a week from", "a week"})) {
        const days more{said.is(at, "a fortnight") ? 14 : 7};
        const std::string_view day = said.word(at + n);
        if (const unsigned named = weekdayNamed(day)) return dayIn(comingDay(said, named) + more, at + n + 1);
        if (day == "today") return dayIn(said.today + more, at + n + 1);
        if (day == "tomorrow") return dayIn(said.today + days{1} + more, at + n + 1);
    }
    const std::size_t today = said.anyOf(at, {"d aujourd hui", "aujourd hui", "today"});
    const std::size_t day = today > 0 ? today : said.anyOf(at, {"demain", "tomorrow"});
    if (day == 0) return std::nullopt;
    const local_days from = said.today + days{today > 0 ? 0 : 1};
    if (const std::size_t n = said.anyOf(at + day, {"en huit", "week"}))
        return dayIn(from + days{7}, at + day + n);
    if (const std::size_t n = said.anyOf(at + day, {"en quinze"}))
        return dayIn(from + days{14}, at + day + n);
    return std::nullopt;
}

std::optional<DatePiece> weekdayAt(const SaidDate& said, std::size_t at) {
    std::size_t next = at;
    const bool isNext = said.word(at) == "next";
    const bool isThis = said.word(at) == "ce" || said.word(at) == "this";
    if (isNext || isThis) ++next;
    const unsigned named = weekdayNamed(said.word(next));
    if (named == 0) return std::nullopt;
    const local_days ofNextWeek = mondayOf(said.today) + days{7 + named - 1};
    ++next;
    if (isOneOf(said.word(next), {"dernier", "passe"})) return std::nullopt;
    if (const std::size_t n = said.anyOf(next, {"prochain", "de la semaine prochaine", "semaine prochaine",
                                                "la semaine prochaine", "of next week", "next week"}))
        return dayIn(ofNextWeek, next + n);
    if (const std::size_t n = said.anyOf(next, {"en huit", "week"}))
        return dayIn(comingDay(said, named) + days{7}, next + n);
    if (const std::size_t n = said.anyOf(next, {"en quinze"}))
        return dayIn(comingDay(said, named) + days{14}, next + n);
    if (isNext) return dayIn(ofNextWeek, next);
    // "lundi 7 décembre", "Tuesday the 8th": the date says it.
    const std::size_t article = said.anyOf(next, {"le", "the"});
    if (auto date = dateAt(said, next + article, true)) return date;
    if (isThis) return dayIn(onOrAfter(said.today, weekday{named}), next);
    return dayIn(comingDay(said, named), next);
}

}  // namespace

std::optional<DatePiece> dayAt(const SaidDate& said, std::size_t at, bool isContinued) {
    if (const std::size_t n =
            said.anyOf(at, {"apres demain", "the day after tomorrow", "day after tomorrow"}))
        return dayIn(said.today + days{2}, at + n);
    if (auto piece = weeksFromDayAt(said, at)) return piece;
    if (const std::size_t n = said.anyOf(at, {"demain", "tomorrow"})) {
        const std::size_t next = at + n;
        const unsigned named = weekdayNamed(said.word(next));
        return dayIn(said.today + days{1}, next + (named != 0 ? 1 : 0));
    }
    if (const std::size_t n =
            said.anyOf(at, {"aujourd hui", "dans la journee", "d ici la fin de la journee",
                            "en fin de journee", "fin de journee", "later today", "today",
                            "by the end of the day", "by end of day", "end of the day", "end of day",
                            "close of play", "close of business", "end of play", "eod", "cob"}))
        return partIn(isContinued ? std::nullopt : std::optional{said.today}, DayPart::None, at + n);
    if (auto piece = weekAt(said, at)) return piece;
    if (auto piece = monthEndAt(said, at)) return piece;
    if (auto piece = weekdayAt(said, at)) return piece;
    return dateAt(said, at, false);
}

}  // namespace ninja3cx::analysis
