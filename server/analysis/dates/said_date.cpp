#include "server/analysis/dates/said_date.hpp"

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/lexicon/spoken_words.hpp"
#include "server/analysis/numbers/spoken_numbers.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

struct Named {
    std::string_view word;
    unsigned value;
};
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

}  // namespace

bool SaidDate::is(std::size_t at, std::string_view phrase) const {
    for (;; ++at) {
        const std::size_t space = phrase.find(' ');
        if (word(at) != phrase.substr(0, space)) return false;
        if (space == std::string_view::npos) return true;
        phrase.remove_prefix(space + 1);
    }
}

std::size_t SaidDate::anyOf(std::size_t at, std::initializer_list<std::string_view> phrases) const {
    for (const std::string_view phrase : phrases)
        if (is(at, phrase)) return lengthOf(phrase);
    return 0;
}

std::string_view SaidDate::gapAfter(std::size_t at) const {
    if (at + 1 >= words.size()) return {};
    const auto from = static_cast<std::size_t>(words[at].end);
    return text.substr(from, static_cast<std::size_t>(words[at + 1].begin) - from);
}

bool SaidDate::isCutAfter(std::size_t at) const {
    return at + 1 >= words.size() || gapAfter(at).find_first_of(",.;:!?") != std::string_view::npos;
}

std::optional<SaidNumber> saidNumberAt(const SaidDate& said, std::size_t at) {
    const auto number = numberAt(said.words, at);
    const auto value = number ? digitsOf(number->digits) : std::nullopt;
    if (!value) return std::nullopt;
    return SaidNumber{*value, number->digits.size(), number->last};
}

std::optional<FiguresAndLetters> figuresAndLetters(std::string_view word) {
    const std::size_t figures = word.find_first_not_of("0123456789");
    if (figures == 0 || figures == std::string_view::npos) return std::nullopt;
    const auto value = digitsOf(word.substr(0, figures));
    if (!value) return std::nullopt;
    return FiguresAndLetters{*value, figures, word.substr(figures)};
}

unsigned weekdayNamed(std::string_view word) {
    return valueOf(kWeekdays, word);
}
unsigned monthNamed(std::string_view word) {
    return static_cast<unsigned>(monthNumber(word));
}
unsigned ordinalNamed(std::string_view word) {
    return valueOf(kOrdinals, word);
}

DatePiece dayIn(std::chrono::local_days day, std::size_t last) {
    DatePiece piece;
    piece.last = last;
    piece.day = day;
    return piece;
}

DatePiece partIn(std::optional<std::chrono::local_days> day, DayPart part, std::size_t last) {
    DatePiece piece;
    piece.last = last;
    piece.day = day;
    piece.part = part;
    return piece;
}

std::optional<DatePiece> clockIn(int hour, int minute, std::size_t last, bool hasMeridiem) {
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59) return std::nullopt;
    DatePiece piece;
    piece.last = last;
    piece.clock = std::chrono::minutes{hour * 60 + minute};
    piece.hasMeridiem = hasMeridiem;
    return piece;
}

}  // namespace ninja3cx::analysis
