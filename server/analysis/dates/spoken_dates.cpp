#include "server/analysis/dates/spoken_dates.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/dates/date_reader.hpp"

#include <cstdio>
#include <initializer_list>
#include <utility>

namespace ninja3cx::analysis {
namespace {

using namespace std::chrono;

/// Words that may stand between "demain" and "à 14 h".
bool isConnective(std::string_view word) {
    return isOneOf(word, {"a",  "dans", "en", "le",  "la", "l",  "de",  "d",    "du",   "au",
                          "at", "on",   "in", "the", "of", "by", "for", "pour", "vers", "avant"});
}

/// Kinds that one date has at most once.
void merge(DatePiece& date, const DatePiece& piece) {
    if (piece.day && !date.day) date.day = piece.day;
    if (piece.clock) {
        date.clock = piece.clock;
        date.hasMeridiem = piece.hasMeridiem;
    }
    if (piece.part != DayPart::None) date.part = piece.part;
    date.last = piece.last;
}
bool fits(const DatePiece& date, const DatePiece& piece) {
    if (date.isVague || piece.isVague || date.isMoment || piece.isMoment) return false;
    if (piece.clock && date.clock) return false;
    // "today" and "this afternoon" are the same day; "demain" and "mardi" are two dates.
    if (piece.day && date.day && !(piece.part != DayPart::None && *piece.day == *date.day)) return false;
    return true;
}

std::string written(local_days day, std::optional<minutes> clock) {
    const year_month_day date{day};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    std::string all = text;
    if (clock) {
        std::snprintf(text, sizeof text, "T%02d:%02d", static_cast<int>(clock->count() / 60),
                      static_cast<int>(clock->count() % 60));
        all += text;
    }
    return all;
}

std::string meaningOf(const DatePiece& date, const CallStart& start) {
    if (!date.clock) return written(date.day.value_or(start.day), std::nullopt);
    minutes clock = *date.clock;
    local_days day = date.day.value_or(start.day);
    if (!date.isMoment && !date.hasMeridiem && clock < kNoon) {
        const bool isLate = date.part == DayPart::Afternoon || date.part == DayPart::Evening;
        const bool isEarly = date.part == DayPart::Morning;
        if (isLate || (!isEarly && clock < hours{7})) clock += hours{12};
    }
    if (!date.day && start.clock && clock <= *start.clock) day += days{1};
    if (clock >= hours{24}) {
        day += days{1};
        clock -= hours{24};
    }
    return written(day, clock);
}

bool speaksOfThePast(std::span<const Word> words, std::size_t first) {
    for (std::size_t back = 1; back <= 2 && back <= first; ++back)
        if (isOneOf(words[first - back].text, {"depuis", "since", "hier", "last", "yesterday"})) return true;
    return false;
}

std::size_t withLead(std::span<const Word> words, std::size_t first) {
    const auto is = [&](std::size_t back, std::initializer_list<std::string_view> list) {
        return back <= first && isOneOf(words[first - back].text, list);
    };
    if (is(1, {"ici"}) && is(2, {"d"})) return first - 2;
    if (is(1, {"the", "le", "la"}) && is(2, {"by", "before", "avant"})) return first - 2;
    if (is(1, {"a"}) && is(2, {"jusqu"})) return first - 2;
    if (is(1, {"avant", "des", "by", "before", "on", "until", "courant"})) return first - 1;
    return first;
}

/// A turn in which dates are read.
struct Turn {
    std::span<const Word> words;
    std::string_view text;
    CallStart start;

    std::optional<DatePiece> pieceAt(std::size_t at, bool isContinued) const {
        return datePieceAt(words, text, start, at, isContinued);
    }
};

/// The next piece of the date behind it, after two connectives at most. False: there is none.
bool grow(DatePiece& date, const Turn& turn) {
    for (std::size_t skipped = 0; skipped <= 2; ++skipped) {
        const std::size_t next = date.last + skipped;
        if (next >= turn.words.size()) return false;
        if (skipped > 0 && !isConnective(turn.words[next - 1].text)) return false;
        const auto more = turn.pieceAt(next, true);
        if (!more || !fits(date, *more)) continue;
        merge(date, *more);
        return true;
    }
    return false;
}

}  // namespace

std::vector<SpokenDate> findDates(std::span<const Word> words, std::string_view text,
                                  const std::optional<CallStart>& start) {
    std::vector<SpokenDate> found;
    const Turn turn{words, text, start.value_or(CallStart{})};
    for (std::size_t at = 0; at < words.size();) {
        auto date = turn.pieceAt(at, false);
        if (!date) {
            ++at;
            continue;
        }
        if (speaksOfThePast(words, at)) {
            at = date->last;
            continue;
        }
        while (grow(*date, turn)) continue;
        SpokenDate spoken;
        spoken.first = found.empty() || found.back().last + 2 <= at ? withLead(words, at) : at;
        if (words[spoken.first].text == "plutot") ++spoken.first;
        spoken.last = date->last;
        spoken.namesDay = date->day.has_value();
        spoken.namesClock = date->clock.has_value();
        const auto from = static_cast<std::size_t>(words[spoken.first].begin);
        spoken.spoken = text.substr(from, static_cast<std::size_t>(words[spoken.last - 1].end) - from);
        const bool needsClock = date->isMoment && date->clock;
        if (start && !date->isVague && !(needsClock && !start->clock))
            spoken.meant = meaningOf(*date, turn.start);
        at = date->last;
        found.push_back(std::move(spoken));
    }
    return found;
}

}  // namespace ninja3cx::analysis
