#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The words that numbers are made of, French and English.
namespace ninja3cx::analysis {

struct NumberWord {
    std::string_view word;
    int value;
};
std::span<const NumberWord> numberUnits();
std::span<const NumberWord> numberTeens();
std::span<const NumberWord> numberTens();

enum class NumberTable : std::uint8_t { None, Unit, Teen, Ten };
struct NumberValue {
    NumberTable table = NumberTable::None;
    int value = 0;
};
/// 0 for a word of none of the tables.
NumberValue numberValueOf(std::string_view word);

bool isDigits(std::string_view word);
/// Figures, a word of the tables, or one that multiplies or repeats: "mille", "double".
bool isNumberWord(std::string_view word);

}  // namespace ninja3cx::analysis
