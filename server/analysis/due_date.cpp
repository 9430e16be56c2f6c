#include "server/analysis/due_date.hpp"

#include "server/analysis/tokens.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <initializer_list>

namespace ninja3cx::analysis {
namespace {

using namespace std::chrono;
using Piece = DatePiece;

/// Words that may stand between "demain" and "à 14 h".
bool isConnective(std::string_view word) {
    return isOneOf(word, {"a",  "dans", "en", "le",  "la", "l",  "de",  "d",    "du",   "au",
                          "at", "on",   "in", "the", "of", "by", "for", "pour", "vers", "avant"});
}

/// Kinds that one date has at most once.
void merge(Piece& date, const Piece& piece) {
    if (piece.day && !date.day) date.day = piece.day;
    if (piece.clock) {
        date.clock = piece.clock;
        date.hasMeridiem = piece.hasMeridiem;
    }
    if (piece.part != DayPart::None) date.part = piece.part;
    date.last = piece.last;
}
bool fits(const Piece& date, const Piece& piece) {
    if (date.isVague || piece.isVague || date.isMoment || piece.isMoment) return false;
    if (piece.clock && date.clock) return false;
    // "today" and "this afternoon" are the same day; "demain" and "mardi" are two dates.
    if (piece.day && date.day && !(piece.part != DayPart::None && *piece.day == *date.day)) return false;
    return true;
}

constexpr std::size_t kYearDigits = 4;

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

std::string meaningOf(const Piece& date, const CallStart& start) {
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

struct Anchor {
    std::string_view kind;
    std::string_view phrase;
};
/// Words that an action of a kind is said with: the date beside them is its own.
constexpr auto kAnchors = std::to_array<Anchor>({
    {"callback", "rappel*"},
    {"callback", "telephone*"},
    {"callback", "appelle*"},
    {"callback", "call*"},
    {"callback", "ring"},
    {"callback", "phone"},
    {"onsite_visit", "passe*"},
    {"onsite_visit", "vien*"},
    {"onsite_visit", "technicien*"},
    {"onsite_visit", "deplace*"},
    {"onsite_visit", "come"},
    {"onsite_visit", "visit"},
    {"onsite_visit", "engineer"},
    {"send_information", "envo*"},
    {"send_information", "mail*"},
    {"send_information", "send"},
    {"send_information", "email*"},
    {"order_hardware", "command*"},
    {"order_hardware", "livr*"},
    {"order_hardware", "depose*"},
    {"order_hardware", "order"},
    {"order_hardware", "deliver*"},
    {"order_hardware", "courier*"},
    {"create_account", "cree*"},
    {"create_account", "compte*"},
    {"create_account", "account*"},
    {"install_software", "install*"},
    {"install_software", "prepare*"},
    {"restore_backup", "restaur*"},
    {"restore_backup", "restore*"},
    {"reboot", "redemarr*"},
    {"reboot", "restart*"},
    {"reboot", "reboot*"},
    {"escalate", "transm*"},
    {"escalate", "escalad*"},
    {"escalate", "pass*"},
    {"monitor", "surveill*"},
    {"monitor", "garde*"},
    {"monitor", "eye"},
});

std::optional<Phrase::Match> anchorOf(const FoundAction& found, const Line& line) {
    for (const Anchor& anchor : kAnchors)
        if (anchor.kind == found.action.kind)
            if (auto match = Phrase{anchor.phrase}.find(line.words)) return match;
    // The cue quotes this turn, in pieces.
    for (std::size_t begin = 0; begin < found.cue.size();) {
        const std::size_t end = std::min(found.cue.find(", ", begin), found.cue.size());
        const std::string plain = folded(std::string_view{found.cue}.substr(begin, end - begin));
        begin = end + 2;
        if (auto match = Phrase{plain}.find(line.words); match && !plain.empty()) return match;
    }
    return std::nullopt;
}

/// The date that a turn gives an action: the one nearest to the action's words, else the one that was found
/// already, else the first.
std::optional<SpokenDate> dateFor(const FoundAction& found, const Line& line,
                                  const std::optional<CallStart>& start) {
    std::vector<SpokenDate> dates = findDates(line.words, line.text, start);
    if (dates.empty()) return std::nullopt;
    const auto anchor = anchorOf(found, line);
    const std::string said = found.action.due ? folded(*found.action.due) : std::string{};
    const auto distanceOf = [&](const SpokenDate& date) -> std::size_t {
        if (anchor)
            return date.first >= anchor->last   ? date.first - anchor->last
                   : date.last <= anchor->first ? anchor->first - date.last
                                                : 0;
        const std::string plain = folded(date.spoken);
        const bool isKnown =
            !said.empty() && (plain.find(said) != std::string::npos || said.find(plain) != std::string::npos);
        return isKnown ? 0 : 1;
    };
    return *std::ranges::min_element(dates, {}, distanceOf);
}

}  // namespace

std::optional<CallStart> parseCallStart(std::string_view iso8601) {
    const auto number = [&](std::size_t at, std::size_t length) -> std::optional<int> {
        if (at + length > iso8601.size()) return std::nullopt;
        const std::string_view piece = iso8601.substr(at, length);
        if (!std::all_of(piece.begin(), piece.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return std::nullopt;
        return static_cast<int>(*digitsOf(piece));
    };
    const auto has = [&](std::size_t at, std::string_view any) {
        return at < iso8601.size() && any.find(iso8601[at]) != std::string_view::npos;
    };
    const auto yearNumber = number(0, 4);
    const auto monthNumber = number(5, 2);
    const auto dayNumber = number(8, 2);
    if (!yearNumber || !monthNumber || !dayNumber || !has(4, "-") || !has(7, "-")) return std::nullopt;
    const year_month_day date{year{*yearNumber}, month{static_cast<unsigned>(*monthNumber)},
                              day{static_cast<unsigned>(*dayNumber)}};
    if (!date.ok()) return std::nullopt;
    CallStart start{local_days{date}, std::nullopt};
    std::size_t at = 10;
    if (at == iso8601.size()) return start;
    const auto hour = number(11, 2);
    const auto minute = number(14, 2);
    if (!has(10, "Tt ") || !has(13, ":") || !hour || !minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    start.clock = minutes{*hour * 60 + *minute};
    at = 16;
    if (has(at, ":")) {
        const auto second = number(17, 2);
        if (!second || *second > 60) return std::nullopt;
        at = 19;
        if (has(at, ".,")) {
            const std::size_t from = ++at;
            while (has(at, "0123456789")) ++at;
            if (at == from) return std::nullopt;
        }
    }
    if (at == iso8601.size() || (has(at, "Zz") && at + 1 == iso8601.size())) return start;
    if (!has(at, "+-")) return std::nullopt;
    const auto offsetHour = number(at + 1, 2);
    if (!offsetHour || *offsetHour > 23) return std::nullopt;
    at += 3;
    if (at == iso8601.size()) return start;
    if (has(at, ":")) ++at;
    const auto offsetMinute = number(at, 2);
    if (!offsetMinute || *offsetMinute > 59 || at + 2 != iso8601.size()) return std::nullopt;
    return start;
}

std::vector<SpokenDate> findDates(std::span<const Word> words, std::string_view text,
                                  const std::optional<CallStart>& start) {
    std::vector<SpokenDate> found;
    const CallStart known = start.value_or(CallStart{});
    const auto pieceAt = [&](std::size_t at, bool isContinued) {
        return datePieceAt(words, text, known, at, isContinued);
    };
    for (std::size_t at = 0; at < words.size();) {
        auto date = pieceAt(at, false);
        if (!date) {
            ++at;
            continue;
        }
        if (speaksOfThePast(words, at)) {
            at = date->last;
            continue;
        }
        for (bool isGrowing = true; isGrowing;) {
            isGrowing = false;
            for (std::size_t skipped = 0; skipped <= 2; ++skipped) {
                const std::size_t next = date->last + skipped;
                if (next >= words.size()) break;
                if (skipped > 0 && !isConnective(words[next - 1].text)) break;
                const auto more = pieceAt(next, true);
                if (!more || !fits(*date, *more)) continue;
                merge(*date, *more);
                isGrowing = true;
                break;
            }
        }
        SpokenDate spoken;
        spoken.first = found.empty() || found.back().last + 2 <= at ? withLead(words, at) : at;
        spoken.last = date->last;
        const auto from = static_cast<std::size_t>(words[spoken.first].begin);
        spoken.spoken = text.substr(from, static_cast<std::size_t>(words[spoken.last - 1].end) - from);
        const bool needsClock = date->isMoment && date->clock;
        if (start && !date->isVague && !(needsClock && !start->clock)) spoken.meant = meaningOf(*date, known);
        at = date->last;
        found.push_back(std::move(spoken));
    }
    return found;
}

void fillDueDates(std::vector<FoundAction>& actions, const Conversation& conversation,
                  const std::optional<std::string>& startedAt) {
    const std::optional<CallStart> start = startedAt ? parseCallStart(*startedAt) : std::nullopt;
    const auto put = [](protocol::AnalysisAction& action, const SpokenDate& date) {
        const bool isWritten =
            date.meant && date.meant->find('-') == kYearDigits;  // not beyond the year 9999
        action.due = isWritten ? *date.meant : date.spoken;
        action.dueSpoken.reset();
        if (isWritten) action.dueSpoken = date.spoken;
    };
    for (FoundAction& found : actions) {
        protocol::AnalysisAction& action = found.action;
        if (action.status != "todo") continue;
        std::optional<SpokenDate> best;
        for (const std::int32_t turn : found.turns) {
            if (turn < 0 || static_cast<std::size_t>(turn) >= conversation.lines.size()) continue;
            best = dateFor(found, conversation.lines[static_cast<std::size_t>(turn)], start);
            if (best) break;
        }
        if (!best && action.due) {
            const std::vector<Word> words = wordsOf(*action.due);
            const std::vector<SpokenDate> dates = findDates(words, *action.due, start);
            if (!dates.empty() && dates[0].meant) {
                best = dates[0];
                best->spoken = *action.due;
            }
        }
        if (best) put(action, *best);
    }
}

}  // namespace ninja3cx::analysis
