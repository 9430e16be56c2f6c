#include "server/analysis/date_reader.hpp"

#include "server/analysis/spoken_numbers.hpp"
#include "server/analysis/tokens.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using namespace std::chrono;
using Piece = DatePiece;

struct Named {
    std::string_view word;
    unsigned value;
};
/// As weekday::iso_encoding: Monday is 1.
constexpr auto kWeekdays = std::to_array<Named>({
    {"lundi", 1},
    {"mardi", 2},
    {"mercredi", 3},
    {"jeudi", 4},
    {"vendredi", 5},
    {"samedi", 6},
    {"dimanche", 7},
    {"monday", 1},
    {"tuesday", 2},
    {"wednesday", 3},
    {"thursday", 4},
    {"friday", 5},
    {"saturday", 6},
    {"sunday", 7},
});
constexpr auto kMonths = std::to_array<Named>({
    {"janvier", 1}, {"fevrier", 2},  {"mars", 3},      {"avril", 4},    {"mai", 5},       {"juin", 6},
    {"juillet", 7}, {"aout", 8},     {"septembre", 9}, {"octobre", 10}, {"novembre", 11}, {"decembre", 12},
    {"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
    {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
});
constexpr auto kOrdinals = std::to_array<Named>({
    {"premier", 1},    {"first", 1},      {"second", 2},       {"third", 3},       {"fourth", 4},
    {"fifth", 5},      {"sixth", 6},      {"seventh", 7},      {"eighth", 8},      {"ninth", 9},
    {"tenth", 10},     {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14},
    {"fifteenth", 15}, {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19},
    {"twentieth", 20}, {"thirtieth", 30},
});

template <std::size_t n>
unsigned valueOf(const std::array<Named, n>& table, std::string_view word) {
    for (const Named& entry : table)
        if (entry.word == word) return entry.value;
    return 0;
}

local_days onOrAfter(local_days day, weekday wanted) {
    return day + (wanted - weekday{day});
}
local_days mondayOf(local_days day) {
    return day - (weekday{day} - Monday);
}
local_days lastOfMonth(year_month month) {
    return local_days{month / std::chrono::last};
}
local_days monthsLater(local_days day, int count) {
    const year_month_day date{day};
    const year_month month = date.year() / date.month() + months{count};
    const year_month_day same = month / date.day();
    return same.ok() ? local_days{same} : lastOfMonth(month);
}
local_days workingDaysLater(local_days day, int count) {
    while (count > 0) {
        day += days{1};
        const unsigned of = weekday{day}.iso_encoding();
        if (of <= 5) --count;
    }
    return day;
}

class Reader {
public:
    Reader(std::span<const Word> words, std::string_view text, const CallStart& start)
        : words_{words}, text_{text}, today_{start.day}, now_{start.clock.value_or(minutes{0})} {}

    std::optional<Piece> at(std::size_t from, bool isContinued) const {
        if (auto piece = vagueAt(from); piece && !isContinued) return piece;
        if (auto piece = durationAt(from); piece && !isContinued) return piece;
        if (auto piece = dayAt(from, isContinued)) return piece;
        if (auto piece = partAt(from, isContinued)) return piece;
        return clockAt(from, isContinued);
    }

private:
    std::string_view word(std::size_t at) const {
        return at < words_.size() ? std::string_view{words_[at].text} : std::string_view{};
    }
    /// The words of `phrase` stand at `at`.
    bool is(std::size_t at, std::string_view phrase) const {
        for (;; ++at) {
            const std::size_t space = phrase.find(' ');
            if (word(at) != phrase.substr(0, space)) return false;
            if (space == std::string_view::npos) return true;
            phrase.remove_prefix(space + 1);
        }
    }
    static std::size_t lengthOf(std::string_view phrase) {
        return 1 + static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' '));
    }
    /// How many words the first phrase of the list has that stands at `at`; 0: none.
    std::size_t anyOf(std::size_t at, std::initializer_list<std::string_view> phrases) const {
        for (const std::string_view phrase : phrases)
            if (is(at, phrase)) return lengthOf(phrase);
        return 0;
    }
    std::string_view gapAfter(std::size_t at) const {
        if (at + 1 >= words_.size()) return {};
        const auto from = static_cast<std::size_t>(words_[at].end);
        return text_.substr(from, static_cast<std::size_t>(words_[at + 1].begin) - from);
    }
    bool isCutAfter(std::size_t at) const {
        return at + 1 >= words_.size() || gapAfter(at).find_first_of(",.;:!?") != std::string_view::npos;
    }

    std::optional<Piece> vagueAt(std::size_t at) const {
        const std::size_t length = anyOf(at, {"apres votre accord",
                                              "apres accord",
                                              "des votre accord",
                                              "apres validation",
                                              "des validation",
                                              "apres reception",
                                              "a reception",
                                              "des reception",
                                              "des que possible",
                                              "des que je peux",
                                              "des que la piece arrive",
                                              "au plus vite",
                                              "le plus vite possible",
                                              "tout de suite",
                                              "immediatement",
                                              "dans quelques minutes",
                                              "dans quelques jours",
                                              "dans un instant",
                                              "dans un moment",
                                              "des que c est valide",
                                              "as soon as possible",
                                              "as soon as i can",
                                              "straight away",
                                              "right away",
                                              "immediately",
                                              "in a few minutes",
                                              "in a few days",
                                              "in a moment",
                                              "once approved",
                                              "when the part arrives",
                                              "as soon as the part arrives",
                                              "once it arrives",
                                              "when it arrives"});
        if (length == 0) return std::nullopt;
        Piece piece;
        piece.last = at + length;
        piece.isVague = true;
        return piece;
    }

    // "dans deux heures", "sous 48 h", "within the hour", "in half an hour"
    std::optional<Piece> durationAt(std::size_t at) const {
        const std::size_t lead = anyOf(at, {"dans", "d ici", "sous", "in", "within", "endeans", "d ici a"});
        if (lead == 0) return std::nullopt;
        std::size_t next = at + lead;
        next += anyOf(next, {"les", "le", "la", "the"});
        next += anyOf(next, {"l"});
        next += anyOf(next, {"prochaines", "prochains", "prochaine", "next", "petites", "petite", "bonne"});
        int whole = 1;
        bool isCounted = true;
        if (const std::size_t n = anyOf(next, {"trois quarts d heure", "trois quart d heure"}))
            return momentIn(minutes{45}, next + n);
        if (const std::size_t n = anyOf(
                next, {"un quart d heure", "quart d heure", "a quarter of an hour", "quarter of an hour"}))
            return momentIn(minutes{15}, next + n);
        if (const std::size_t n = anyOf(next, {"une petite demi heure", "une demi heure", "demi heure",
                                               "half an hour", "a half hour", "half hour"}))
            return momentIn(minutes{30}, next + n);
        if (const std::size_t n = anyOf(next, {"an hour and a half", "une heure et demie"}))
            return momentIn(minutes{90}, next + n);
        if (const std::size_t n = anyOf(next, {"huitaine", "une huitaine", "quinzaine", "une quinzaine",
                                               "a fortnight", "fortnight", "a couple of weeks"}))
            return dayIn(today_ + days{word(next + n - 1) == "huitaine" ? 7 : 14}, next + n);
        if (const std::size_t couple = anyOf(next, {"a couple of", "couple of"})) {
            whole = 2;
            next += couple;
        } else if (const auto joint = joinedUnit(next)) {
            return momentIn(minutes{joint->first}, next + 1);
        } else if (const auto number = numberAt(words_, next)) {
            const auto value = digitsOf(number->digits);
            if (!value || *value == 0 || *value > 999) return std::nullopt;
            whole = static_cast<int>(*value);
            next = number->last;
            // "deux à trois jours", "24 to 48 hours": the longer one
            const std::size_t link = anyOf(next, {"a", "ou", "to", "or"});
            if (const auto other = numberAt(words_, next + link)) {
                const auto larger = digitsOf(other->digits);
                if (larger && *larger > *value && *larger <= 999) {
                    whole = static_cast<int>(*larger);
                    next = other->last;
                }
            }
        } else if (is(next, "a") || is(next, "an")) {
            ++next;
        } else if (next == at + lead) {
            return std::nullopt;
        } else {
            isCounted = false;
        }
        next += anyOf(next, {"petites", "petite", "prochaines", "prochains", "bonnes", "more"});
        const std::string_view unit = word(next);
        ++next;
        if (isOneOf(unit, {"minute", "minutes", "min", "mn"})) return momentIn(minutes{whole}, next);
        if (isOneOf(unit, {"heure", "heures", "h", "hour", "hours"})) {
            // "d'ici dix-sept heures" is a time, "d'ici deux heures" is not.
            if (is(at, "d ici") && whole >= 9 && whole < 24) return std::nullopt;
            minutes length{whole * 60};
            if (const std::size_t more = anyOf(next, {"et demie", "and a half", "trente"})) {
                length += minutes{30};
                next += more;
            }
            return momentIn(length, next);
        }
        if (isOneOf(unit, {"jour", "jours", "day", "days"})) {
            if (const std::size_t open = anyOf(next, {"ouvres", "ouvre", "ouvrables", "ouvrable"}))
                return dayIn(workingDaysLater(today_, whole), next + open);
            const bool isFrench = unit.starts_with('j');
            const int counted = isFrench && whole == 8 ? 7 : isFrench && whole == 15 ? 14 : whole;
            return dayIn(today_ + days{counted}, next);
        }
        if (isOneOf(unit, {"working", "business"}) && isOneOf(word(next), {"day", "days"}))
            return dayIn(workingDaysLater(today_, whole), next + 1);
        if (isOneOf(unit, {"semaine", "semaines", "week", "weeks"})) {
            if (!isCounted) return dayIn(endOfWeek(), next);  // "dans la semaine", "within the week"
            return dayIn(today_ + days{7 * whole}, next);
        }
        if (isOneOf(unit, {"mois", "month", "months"})) return dayIn(monthsLater(today_, whole), next);
        return std::nullopt;
    }

    /// "48h", "30min" as one word: its minutes.
    std::optional<std::pair<int, bool>> joinedUnit(std::size_t at) const {
        const std::string_view all = word(at);
        const std::size_t letters = all.find_first_not_of("0123456789");
        if (letters == 0 || letters == std::string_view::npos || letters > 3) return std::nullopt;
        const auto value = digitsOf(all.substr(0, letters));
        const std::string_view unit = all.substr(letters);
        if (!value) return std::nullopt;
        if (isOneOf(unit, {"h", "hrs", "heures"})) return std::pair{static_cast<int>(*value) * 60, true};
        if (isOneOf(unit, {"min", "mn", "mins"})) return std::pair{static_cast<int>(*value), true};
        return std::nullopt;
    }

    std::optional<Piece> momentIn(minutes length, std::size_t last) const {
        Piece piece;
        piece.last = last;
        piece.isMoment = true;
        if (length >= hours{24}) {
            piece.day = today_ + floor<days>(length);
            return piece;
        }
        const minutes clock = now_ + length;
        piece.day = today_ + floor<days>(clock);
        piece.clock = clock - floor<days>(clock);
        return piece;
    }
    static std::optional<Piece> dayIn(local_days day, std::size_t last) {
        Piece piece;
        piece.last = last;
        piece.day = day;
        return piece;
    }
    static std::optional<Piece> partIn(std::optional<local_days> day, DayPart part, std::size_t last) {
        Piece piece;
        piece.last = last;
        piece.day = day;
        piece.part = part;
        return piece;
    }

    local_days endOfWeek() const {
        const local_days friday = mondayOf(today_) + days{4};
        return friday >= today_ ? friday : mondayOf(today_) + days{6};
    }

    std::optional<Piece> dayAt(std::size_t at, bool isContinued) const {
        if (const std::size_t n = anyOf(at, {"apres demain", "the day after tomorrow", "day after tomorrow"}))
            return dayIn(today_ + days{2}, at + n);
        if (const std::size_t n = anyOf(at, {"demain", "tomorrow"})) {
            const std::size_t next = at + n;
            const unsigned named = valueOf(kWeekdays, word(next));
            return dayIn(today_ + days{1}, next + (named != 0 ? 1 : 0));
        }
        if (const std::size_t n =
                anyOf(at, {"aujourd hui", "dans la journee", "d ici la fin de la journee",
                           "en fin de journee", "fin de journee", "later today", "today",
                           "by the end of the day", "by end of day", "end of the day", "end of day",
                           "close of play", "close of business", "end of play", "eod", "cob"}))
            return partIn(isContinued ? std::nullopt : std::optional{today_}, DayPart::None, at + n);
        if (auto piece = weekAt(at)) return piece;
        if (auto piece = monthEndAt(at)) return piece;
        if (auto piece = weekdayAt(at)) return piece;
        return dateAt(at, false);
    }

    std::optional<Piece> weekAt(std::size_t at) const {
        const local_days monday = mondayOf(today_);
        if (const std::size_t n =
                anyOf(at, {"en debut de semaine prochaine", "debut de semaine prochaine",
                           "debut de la semaine prochaine", "en debut de semaine", "early next week",
                           "beginning of next week", "start of next week"}))
            return dayIn(monday + days{7}, at + n);
        if (const std::size_t n = anyOf(at, {"milieu de semaine prochaine", "middle of next week"}))
            return dayIn(monday + days{9}, at + n);
        if (const std::size_t n =
                anyOf(at, {"fin de la semaine prochaine", "fin de semaine prochaine",
                           "dans la semaine prochaine", "la semaine prochaine", "semaine prochaine",
                           "the end of next week", "end of next week", "later next week", "next week"}))
            return weekdayOrEnd(at + n, monday + days{7});
        if (const std::size_t n = anyOf(
                at, {"d ici la fin de la semaine", "la fin de la semaine", "fin de la semaine",
                     "la fin de semaine", "en fin de semaine", "fin de semaine", "dans la semaine",
                     "courant de semaine", "cette semaine", "by the end of the week", "the end of the week",
                     "end of the week", "end of week", "later this week", "this week"}))
            return weekdayOrEnd(at + n, monday);
        if (const std::size_t n =
                anyOf(at, {"ce week end", "le week end", "ce weekend", "le weekend", "this weekend",
                           "the weekend", "at the weekend", "over the weekend"}))
            return dayIn(onOrAfter(today_, Sunday), at + n);
        return std::nullopt;
    }
    /// "la semaine prochaine", or "la semaine prochaine, mardi"
    std::optional<Piece> weekdayOrEnd(std::size_t next, local_days monday) const {
        const std::size_t skipped = anyOf(next, {"le", "on"});
        if (const unsigned named = valueOf(kWeekdays, word(next + skipped)))
            return dayIn(monday + days{named - 1}, next + skipped + 1);
        if (monday <= today_) return dayIn(endOfWeek(), next);
        return dayIn(monday + days{4}, next);
    }

    std::optional<Piece> monthEndAt(std::size_t at) const {
        const year_month_day today{today_};
        const year_month month = today.year() / today.month();
        if (const std::size_t n = anyOf(
                at, {"d ici la fin du mois", "la fin du mois", "fin du mois", "fin de mois", "ce mois ci",
                     "the end of the month", "end of the month", "end of month", "this month"}))
            return dayIn(lastOfMonth(month), at + n);
        if (const std::size_t n = anyOf(at, {"le mois prochain", "next month"}))
            return dayIn(lastOfMonth(month + months{1}), at + n);
        return std::nullopt;
    }

    std::optional<Piece> weekdayAt(std::size_t at) const {
        std::size_t next = at;
        const bool isNext = word(at) == "next";
        const bool isThis = word(at) == "ce" || word(at) == "this";
        if (const std::size_t n = anyOf(at, {"a week on", "a week"})) {
            if (const unsigned named = valueOf(kWeekdays, word(at + n)))
                return dayIn(comingDay(named) + days{7}, at + n + 1);
        }
        if (isNext || isThis) ++next;
        const unsigned named = valueOf(kWeekdays, word(next));
        if (named == 0) return std::nullopt;
        const local_days ofNextWeek = mondayOf(today_) + days{7 + named - 1};
        ++next;
        if (isOneOf(word(next), {"dernier", "passe"})) return std::nullopt;
        if (const std::size_t n = anyOf(next, {"prochain", "de la semaine prochaine", "semaine prochaine",
                                               "la semaine prochaine", "of next week", "next week"}))
            return dayIn(ofNextWeek, next + n);
        if (const std::size_t n = anyOf(next, {"en huit", "week"}))
            return dayIn(comingDay(named) + days{7}, next + n);
        if (const std::size_t n = anyOf(next, {"en quinze"}))
            return dayIn(comingDay(named) + days{14}, next + n);
        if (isNext) return dayIn(ofNextWeek, next);
        // "lundi 7 décembre", "Tuesday the 8th": the date says it.
        const std::size_t article = anyOf(next, {"le", "the"});
        if (auto date = dateAt(next + article, true)) return date;
        if (isThis) return dayIn(onOrAfter(today_, weekday{named}), next);
        return dayIn(comingDay(named), next);
    }
    local_days comingDay(unsigned named) const { return onOrAfter(today_ + days{1}, weekday{named}); }

    /// "12", "1er", "3rd", "twenty first": a day of the month.
    std::optional<std::pair<unsigned, std::size_t>> dayOfMonthAt(std::size_t at) const {
        std::string_view all = word(at);
        if (const unsigned ordinal = valueOf(kOrdinals, all)) return std::pair{ordinal, at + 1};
        if (all == "twenty" || all == "thirty") {
            const unsigned unit = valueOf(kOrdinals, word(at + 1));
            if (unit >= 1 && unit <= 9) return std::pair{(all == "twenty" ? 20 : 30) + unit, at + 2};
        }
        const std::size_t letters = all.find_first_not_of("0123456789");
        if (letters != std::string_view::npos && letters > 0 &&
            isOneOf(all.substr(letters), {"er", "st", "nd", "rd", "th", "eme"})) {
            const auto value = digitsOf(all.substr(0, letters));
            if (value && *value >= 1 && *value <= 31) return std::pair{*value, at + 1};
        }
        if (const auto number = numberAt(words_, at)) {
            const auto value = digitsOf(number->digits);
            if (value && *value >= 1 && *value <= 31) return std::pair{*value, number->last};
        }
        return std::nullopt;
    }

    /// `isNamed`: a week's day stands before, so a bare number is a day.
    std::optional<Piece> dateAt(std::size_t at, bool isNamed) const {
        // "December 3rd"
        if (const unsigned month = valueOf(kMonths, word(at))) {
            const std::size_t article = anyOf(at + 1, {"the"});
            const auto day = dayOfMonthAt(at + 1 + article);
            const bool isFrench = isOneOf(word(at), {"mars", "mai", "juin", "juillet"});
            if (day && !isFrench) return dateIn(day->first, month, day->second);
            return std::nullopt;
        }
        const bool hasArticle = word(at) == "le" || word(at) == "the" || word(at) == "l";
        const std::size_t from = at + (hasArticle ? 1 : 0);
        const auto day = dayOfMonthAt(from);
        if (!day) return std::nullopt;
        const auto [number, next] = *day;
        const std::size_t of = anyOf(next, {"of"});
        if (const unsigned month = valueOf(kMonths, word(next + of)))
            return dateIn(number, month, next + of + 1);
        if (gapAfter(next - 1) == "/")
            if (const auto month = digitsOf(word(next)); month && *month >= 1 && *month <= 12)
                return dateIn(number, *month, next + 1);
        if (!hasArticle && !isNamed) return std::nullopt;
        // "le 12", not "le 12 pouces"; "lundi 9 h" is a time.
        const std::string_view after = word(next);
        if (isOneOf(after, {"h", "heure", "heures", "am", "pm", "o", "p", "minutes"})) return std::nullopt;
        const std::string_view shown = word(from);
        const bool isOrdinal = valueOf(kOrdinals, shown) != 0;
        if (isOrdinal && !isNamed && number < 4) return std::nullopt;
        if (!isNamed && !isCutAfter(next - 1) &&
            !isOneOf(after, {"a", "au", "avant", "dans", "pour", "si", "et", "matin", "at", "before", "in",
                             "if", "then", "apres", "vers", "donc", "alors", "and", "for"}))
            return std::nullopt;
        year_month_day date{today_};
        year_month month = date.year() / date.month();
        for (int tries = 0; tries < 4; ++tries, month += months{1}) {
            const year_month_day wanted = month / std::chrono::day{number};
            if (wanted.ok() && local_days{wanted} >= today_) return dayIn(local_days{wanted}, next);
        }
        return std::nullopt;
    }
    std::optional<Piece> dateIn(unsigned number, unsigned monthNumber, std::size_t next) const {
        const year_month_day today{today_};
        const month_day wanted{std::chrono::month{monthNumber}, std::chrono::day{number}};
        if (const auto said = digitsOf(word(next)); said && *said >= 2000 && *said < 2100) {
            const year_month_day date = year{static_cast<int>(*said)} / wanted;
            if (!date.ok()) return std::nullopt;
            return dayIn(local_days{date}, next + 1);
        }
        for (int ahead = 0; ahead < 9; ++ahead) {
            const year_month_day date = (today.year() + years{ahead}) / wanted;
            if (date.ok() && local_days{date} >= today_) return dayIn(local_days{date}, next);
        }
        return std::nullopt;
    }

    std::optional<Piece> partAt(std::size_t at, bool isContinued) const {
        const bool isPast = now_ >= kNoon && !isContinued;
        if (const std::size_t n = anyOf(at, {"ce matin", "this morning"})) {
            if (isPast) return std::nullopt;  // what has happened this morning
            return partIn(today_, DayPart::Morning, at + n);
        }
        if (const std::size_t n = anyOf(at, {"dans la matinee", "en fin de matinee", "fin de matinee",
                                             "en debut de matinee", "courant de matinee", "late morning"}))
            return partIn(isContinued ? std::nullopt : std::optional{today_}, DayPart::Morning, at + n);
        if (const std::size_t n =
                anyOf(at, {"dans l apres midi", "en debut d apres midi", "debut d apres midi",
                           "en fin d apres midi", "fin d apres midi", "cet apres midi", "cette apres midi",
                           "cet aprem", "c t apres midi", "cet apres", "this afternoon"})) {
            const bool isCet = is(at, "cet apres") && n == 2;
            return partIn(isContinued ? std::nullopt : std::optional{today_}, DayPart::Afternoon,
                          at + n + (isCet ? anyOf(at + 2, {"midi"}) : 0));
        }
        if (const std::size_t n = anyOf(at, {"ce soir", "dans la soiree", "en debut de soiree", "cette nuit",
                                             "this evening", "tonight", "overnight"}))
            return partIn(isContinued ? std::nullopt : std::optional{today_}, DayPart::Evening, at + n);
        if (const std::size_t n =
                anyOf(at, {"first thing in the morning", "in the morning", "first thing",
                           "a la premiere heure", "premiere heure", "des la premiere heure"}))
            return partIn(isContinued ? std::nullopt : std::optional{today_ + days{now_ >= hours{6} ? 1 : 0}},
                          DayPart::Morning, at + n);
        if (const std::size_t n = anyOf(at, {"in the afternoon"}))
            return partIn(isContinued ? std::nullopt : std::optional{today_}, DayPart::Afternoon, at + n);
        if (!isContinued) return std::nullopt;
        if (const std::size_t n = anyOf(at, {"du matin", "au matin", "matin", "morning", "le matin"}))
            return partIn(std::nullopt, DayPart::Morning, at + n);
        if (const std::size_t n =
                anyOf(at, {"de l apres midi", "apres midi", "l apres midi", "aprem", "afternoon"}))
            return partIn(std::nullopt, DayPart::Afternoon, at + n);
        if (const std::size_t n = anyOf(at, {"du soir", "au soir", "soir", "evening", "night"}))
            return partIn(std::nullopt, DayPart::Evening, at + n);
        return std::nullopt;
    }

    static std::optional<Piece> clockIn(int hour, int minute, std::size_t last, bool hasMeridiem) {
        if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || (hour == 24 && minute > 0))
            return std::nullopt;
        Piece piece;
        piece.last = last;
        piece.clock = minutes{hour * 60 + minute};
        piece.hasMeridiem = hasMeridiem;
        return piece;
    }

    /// "une heure" after "il y a" is how long ago.
    bool isTimeAfter(std::size_t at) const {
        if (at == 0) return true;
        if (isOneOf(word(at), {"a", "pour"}))
            return !isOneOf(word(at - 1), {"y", "on", "il", "elle", "ca", "qui", "a", "ai", "avez", "avons"});
        return true;
    }

    std::optional<Piece> clockAt(std::size_t at, bool isContinued) const {
        const std::size_t lead = anyOf(at, {"au plus tard a",
                                            "aux alentours de",
                                            "autour de",
                                            "jusqu a",
                                            "a partir de",
                                            "d ici",
                                            "avant",
                                            "vers",
                                            "pour",
                                            "des",
                                            "entre",
                                            "a",
                                            "at around",
                                            "at about",
                                            "at",
                                            "by",
                                            "before",
                                            "around",
                                            "about",
                                            "until",
                                            "from",
                                            "after",
                                            "between",
                                            "ce"});
        if (lead > 0 && !isTimeAfter(at)) return std::nullopt;
        if (lead == 0 && !isContinued && isOneOf(wordAfterNumber(at), {"h", "heure", "heures"}))
            return std::nullopt;
        if (lead == 0 && !isContinued) return clockWithMeridiem(at);
        std::size_t next = at + lead;
        if (word(next) == "midi" && !is(at, "apres midi")) return clockIn(12, 0, next + 1, true);
        if (word(at) == "ce") return std::nullopt;
        if (isOneOf(word(next), {"noon", "midday"})) return clockIn(12, 0, next + 1, true);
        if (isOneOf(word(next), {"minuit", "midnight"})) return clockIn(24, 0, next + 1, true);
        if (auto piece = clockWithMeridiem(next)) return piece;
        return bareHour(next, lead);
    }

    std::string_view wordAfterNumber(std::size_t at) const {
        const auto number = numberAt(words_, at);
        return number ? word(number->last) : std::string_view{};
    }

    /// A time that is one by its own words: "14 h 30", "14h30", "half past two", "2 pm", "14:30".
    std::optional<Piece> clockWithMeridiem(std::size_t at) const {
        if (const std::size_t n =
                anyOf(at, {"half past", "quarter past", "quarter to", "a quarter past", "a quarter to"})) {
            const auto number = numberAt(words_, at + n);
            const auto hour = number ? digitsOf(number->digits) : std::nullopt;
            if (!hour || *hour > 12) return std::nullopt;
            const bool isTo = word(at + n - 1) == "to";
            const bool isHalf = word(at) == "half";
            return withMeridiem(static_cast<int>(*hour) - (isTo ? 1 : 0),
                                isHalf ? 30
                                : isTo ? 45
                                       : 15,
                                number->last);
        }
        const std::string_view all = word(at);
        const std::size_t letters = all.find_first_not_of("0123456789");
        if (letters != std::string_view::npos && letters > 0 && letters <= 2) {
            const auto hour = digitsOf(all.substr(0, letters));
            const std::string_view rest = all.substr(letters);
            if (!hour) return std::nullopt;
            if (isOneOf(rest, {"am", "pm"})) return meridiem(static_cast<int>(*hour), 0, rest, at + 1);
            if (!rest.starts_with('h')) return std::nullopt;
            const auto minute = digitsOf(rest.substr(1));
            if (rest.size() > 1 && (!minute || rest.size() > 3)) return std::nullopt;
            return clockIn(static_cast<int>(*hour), static_cast<int>(minute.value_or(0)), at + 1, *hour > 12);
        }
        const auto number = numberAt(words_, at);
        const auto hour = number ? digitsOf(number->digits) : std::nullopt;
        if (!hour || *hour > 24 || number->digits.size() > 2) return std::nullopt;
        std::size_t next = number->last;
        const int value = static_cast<int>(*hour);
        if (isOneOf(word(next), {"h", "heure", "heures"})) return frenchMinutes(value, next + 1);
        if (is(next, "o clock")) return withMeridiem(value, 0, next + 2);
        if (isOneOf(word(next), {"am", "pm", "a", "p"})) return withMeridiemOnly(value, 0, next);
        // "14:30", "2.30 pm"
        const std::string_view gap = gapAfter(next - 1);
        if ((gap == ":" || gap == "." || gap == " ") && word(next).size() >= 2) {
            const auto second = numberAt(words_, next);
            const auto minute = second ? digitsOf(second->digits) : std::nullopt;
            if (minute && *minute < 60 && second->digits.size() == 2) {
                if (gap == ":") return withMeridiem(value, static_cast<int>(*minute), second->last);
                return withMeridiemOnly(value, static_cast<int>(*minute), second->last);
            }
        }
        return std::nullopt;
    }
    std::optional<Piece> frenchMinutes(int hour, std::size_t next) const {
        if (const std::size_t n = anyOf(next, {"et demie", "et demi"}))
            return clockIn(hour, 30, next + n, hour > 12);
        if (const std::size_t n = anyOf(next, {"et quart", "un quart"}))
            return clockIn(hour, 15, next + n, hour > 12);
        if (const std::size_t n = anyOf(next, {"moins le quart", "moins quart"}))
            return clockIn(hour - 1, 45, next + n, hour > 12);
        if (word(next) == "moins") {
            const auto number = numberAt(words_, next + 1);
            const auto minute = number ? digitsOf(number->digits) : std::nullopt;
            if (minute && *minute < 60 && *minute > 0)
                return clockIn(hour - 1, 60 - static_cast<int>(*minute), number->last, hour > 12);
        }
        if (const auto number = numberAt(words_, next)) {
            const auto minute = digitsOf(number->digits);
            const bool isRound = minute && *minute < 60 && *minute >= 5;
            if (isRound &&
                !isOneOf(word(number->last), {"heure", "heures", "h", "minutes", "jours", "postes"}))
                return clockIn(hour, static_cast<int>(*minute), number->last, hour > 12);
        }
        return clockIn(hour, 0, next, hour > 12);
    }
    std::optional<Piece> withMeridiem(int hour, int minute, std::size_t next) const {
        if (auto piece = withMeridiemOnly(hour, minute, next)) return piece;
        return clockIn(hour, minute, next, hour > 12);
    }
    std::optional<Piece> withMeridiemOnly(int hour, int minute, std::size_t next) const {
        if (isOneOf(word(next), {"am", "pm"})) return meridiem(hour, minute, word(next), next + 1);
        if (is(next, "p m") || is(next, "a m"))
            return meridiem(hour, minute, word(next) == "p" ? "pm" : "am", next + 2);
        return std::nullopt;
    }
    static std::optional<Piece> meridiem(int hour, int minute, std::string_view half, std::size_t last) {
        if (hour < 1 || hour > 12) return std::nullopt;
        return clockIn(hour % 12 + (half == "pm" ? 12 : 0), minute, last, true);
    }

    /// "at three", "by 5": an hour without a unit, in English alone.
    std::optional<Piece> bareHour(std::size_t at, std::size_t lead) const {
        if (lead == 0) return std::nullopt;
        const std::string_view preposition = word(at - 1);
        if (!isOneOf(preposition, {"at", "by", "before", "around", "about", "after", "until"}))
            return std::nullopt;
        const auto number = numberAt(words_, at);
        const auto hour = number ? digitsOf(number->digits) : std::nullopt;
        if (!hour || *hour < 1 || *hour > 12) return std::nullopt;
        int minute = 0;
        std::size_t next = number->last;
        if (const auto second = numberAt(words_, next)) {
            const auto value = digitsOf(second->digits);
            if (!value || (*value != 15 && *value != 30 && *value != 45)) return std::nullopt;
            minute = static_cast<int>(*value);
            next = second->last;
        }
        const std::string_view after = word(next);
        const bool isEnd = isCutAfter(next - 1) || valueOf(kWeekdays, after) != 0 ||
                           isOneOf(after, {"tomorrow", "today", "on", "and", "if", "so", "this", "in", "then",
                                           "to", "for", "is", "at", "with", "tonight"});
        if (!isEnd) return std::nullopt;
        return clockIn(static_cast<int>(*hour), minute, next, false);
    }

    std::span<const Word> words_;
    std::string_view text_;
    local_days today_;
    minutes now_;
};

}  // namespace

std::optional<unsigned> digitsOf(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<DatePiece> datePieceAt(std::span<const Word> words, std::string_view text,
                                     const CallStart& start, std::size_t at, bool isContinued) {
    return Reader{words, text, start}.at(at, isContinued);
}

}  // namespace ninja3cx::analysis
