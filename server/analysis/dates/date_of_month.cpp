#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/date_kinds.hpp"

namespace ninja3cx::analysis {
namespace {

using namespace std::chrono;

struct DayOfMonth {
    unsigned number = 0;
    std::size_t last = 0;  // one past its last word
};

/// "premier", "third", "twenty first"
std::optional<DayOfMonth> ordinalAt(const SaidDate& said, std::size_t at) {
    const std::string_view word = said.word(at);
    if (const unsigned ordinal = ordinalNamed(word)) return DayOfMonth{ordinal, at + 1};
    if (word != "twenty" && word != "thirty") return std::nullopt;
    const unsigned unit = ordinalNamed(said.word(at + 1));
    if (unit < 1 || unit > 9) return std::nullopt;
    return DayOfMonth{(word == "twenty" ? 20 : 30) + unit, at + 2};
}

/// "1er", "3rd"
std::optional<DayOfMonth> ordinalInFiguresAt(const SaidDate& said, std::size_t at) {
    const auto joined = figuresAndLetters(said.word(at));
    if (!joined || !isOneOf(joined->letters, {"er", "st", "nd", "rd", "th", "eme"})) return std::nullopt;
    if (joined->value < 1 || joined->value > 31) return std::nullopt;
    return DayOfMonth{joined->value, at + 1};
}

std::optional<DayOfMonth> dayOfMonthAt(const SaidDate& said, std::size_t at) {
    if (auto day = ordinalAt(said, at)) return day;
    if (auto day = ordinalInFiguresAt(said, at)) return day;
    const auto number = saidNumberAt(said, at);
    if (!number || number->value < 1 || number->value > 31) return std::nullopt;
    return DayOfMonth{number->value, number->last};
}

/// In the year that is said behind it, else in the next year that has the day to come.
std::optional<DatePiece> dateIn(const SaidDate& said, unsigned number, unsigned monthNumber,
                                std::size_t next) {
    const year_month_day today{said.today};
    const month_day wanted{std::chrono::month{monthNumber}, std::chrono::day{number}};
    if (const auto year = digitsOf(said.word(next)); year && *year >= 2000 && *year < 2100) {
        const year_month_day date = std::chrono::year{static_cast<int>(*year)} / wanted;
        if (!date.ok()) return std::nullopt;
        return dayIn(local_days{date}, next + 1);
    }
    for (int ahead = 0; ahead < 9; ++ahead) {
        const year_month_day date = (today.year() + years{ahead}) / wanted;
        if (date.ok() && local_days{date} >= said.today) return dayIn(local_days{date}, next);
    }
    return std::nullopt;
}

/// "December 3rd": no French date has its month first.
std::optional<DatePiece> monthFirstAt(const SaidDate& said, std::size_t at, unsigned month) {
    const auto day = dayOfMonthAt(said, at + 1 + said.anyOf(at + 1, {"the"}));
    const bool isFrench = isOneOf(said.word(at), {"mars", "mai", "juin", "juillet"});
    if (!day || isFrench) return std::nullopt;
    return dateIn(said, day->number, month, day->last);
}

/// The next day of that number, in this month or one of the next three.
std::optional<DatePiece> nextOfNumber(const SaidDate& said, const DayOfMonth& wanted) {
    const year_month_day date{said.today};
    year_month month = date.year() / date.month();
    for (int tries = 0; tries < 4; ++tries, month += months{1}) {
        const year_month_day same = month / std::chrono::day{wanted.number};
        if (same.ok() && local_days{same} >= said.today) return dayIn(local_days{same}, wanted.last);
    }
    return std::nullopt;
}

/// "le 12", not "le 12 pouces"; "lundi 9 h" is a time.
bool isDayAlone(const SaidDate& said, std::size_t from, const DayOfMonth& day, bool isNamed) {
    const std::string_view after = said.word(day.last);
    if (isOneOf(after, {"h", "heure", "heures", "am", "pm", "o", "p", "minutes"})) return false;
    if (isNamed) return true;
    const bool isOrdinal = ordinalNamed(said.word(from)) != 0;  // "le premier", "the second"
    if (isOrdinal && day.number < 4) return false;
    return said.isCutAfter(day.last - 1) ||
           isOneOf(after, {"a", "au", "avant", "dans", "pour", "si", "et", "matin", "at", "before", "in",
                           "if", "then", "apres", "vers", "donc", "alors", "and", "for"});
}

}  // namespace

std::optional<DatePiece> dateAt(const SaidDate& said, std::size_t at, bool isNamed) {
    if (const unsigned month = monthNamed(said.word(at))) return monthFirstAt(said, at, month);
    if (at > 0)  // "neuf février" is no part of "vingt-neuf février"
        if (const auto whole = saidNumberAt(said, at - 1); whole && whole->last > at) return std::nullopt;
    const bool hasArticle = isOneOf(said.word(at), {"le", "the", "l"});
    const std::size_t from = at + (hasArticle ? 1 : 0);
    const auto day = dayOfMonthAt(said, from);
    if (!day) return std::nullopt;
    const std::size_t of = said.anyOf(day->last, {"of"});
    if (const unsigned month = monthNamed(said.word(day->last + of)))
        return dateIn(said, day->number, month, day->last + of + 1);
    if (said.gapAfter(day->last - 1) == "/")
        if (const auto month = digitsOf(said.word(day->last)); month && *month >= 1 && *month <= 12)
            return dateIn(said, day->number, *month, day->last + 1);
    if (!hasArticle && !isNamed) return std::nullopt;
    return isDayAlone(said, from, *day, isNamed) ? nextOfNumber(said, *day) : std::nullopt;
}

}  // namespace ninja3cx::analysis
