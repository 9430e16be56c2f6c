#pragma once

#include "server/analysis/dates/date_reader.hpp"
#include "server/analysis/words/words.hpp"

#include <chrono>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace ninja3cx::analysis {

/// The words that a date may be read from, and the moment they are said at.
struct SaidDate {
    std::span<const Word> words;
    std::string_view text;
    std::chrono::local_days today;
    std::chrono::minutes now;

    std::string_view word(std::size_t at) const {
        return at < words.size() ? std::string_view{words[at].text} : std::string_view{};
    }
    /// The words of `phrase` stand at `at`.
    bool is(std::size_t at, std::string_view phrase) const;
    /// How many words the first phrase of the list has that stands at `at`; 0: none.
    std::size_t anyOf(std::size_t at, std::initializer_list<std::string_view> phrases) const;
    /// The text between the word and the next one.
    std::string_view gapAfter(std::size_t at) const;
    bool isCutAfter(std::size_t at) const;
};

/// A number in words or in figures.
struct SaidNumber {
    unsigned value = 0;
    std::size_t digits = 0;  // as many as it is written with: "05" has two
    std::size_t last = 0;    // one past its last word
};
std::optional<SaidNumber> saidNumberAt(const SaidDate& said, std::size_t at);

/// "14h", "3rd": a word that begins with figures.
struct FiguresAndLetters {
    unsigned value = 0;
    std::size_t figures = 0;  // as many as stand before the letters
    std::string_view letters;
};
std::optional<FiguresAndLetters> figuresAndLetters(std::string_view word);

/// French and English alike; 0: no such word. Monday is 1, as in weekday::iso_encoding.
unsigned weekdayNamed(std::string_view word);
unsigned monthNamed(std::string_view word);
unsigned ordinalNamed(std::string_view word);

// -- pieces; `last` is one past their last word
DatePiece dayIn(std::chrono::local_days day, std::size_t last);
DatePiece partIn(std::optional<std::chrono::local_days> day, DayPart part, std::size_t last);
/// Nothing: there is no such time.
std::optional<DatePiece> clockIn(int hour, int minute, std::size_t last, bool hasMeridiem);

}  // namespace ninja3cx::analysis
