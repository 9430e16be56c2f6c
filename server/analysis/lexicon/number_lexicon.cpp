#include "server/analysis/lexicon/number_lexicon.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace ninja3cx::analysis {
namespace {

constexpr auto kUnits = std::to_array<NumberWord>({
    {"un", 1},
    {"une", 1},
    {"deux", 2},
    {"trois", 3},
    {"quatre", 4},
    {"cinq", 5},
    {"six", 6},
    {"sept", 7},
    {"huit", 8},
    {"neuf", 9},
    {"one", 1},
    {"two", 2},
    {"three", 3},
    {"four", 4},
    {"five", 5},
    {"seven", 7},
    {"eight", 8},
    {"nine", 9},
});
constexpr auto kTeens = std::to_array<NumberWord>({
    {"dix", 10},
    {"onze", 11},
    {"douze", 12},
    {"treize", 13},
    {"quatorze", 14},
    {"quinze", 15},
    {"seize", 16},
    {"ten", 10},
    {"eleven", 11},
    {"twelve", 12},
    {"thirteen", 13},
    {"fourteen", 14},
    {"fifteen", 15},
    {"sixteen", 16},
    {"seventeen", 17},
    {"eighteen", 18},
    {"nineteen", 19},
});
constexpr auto kTens = std::to_array<NumberWord>({
    {"vingt", 20},
    {"trente", 30},
    {"quarante", 40},
    {"cinquante", 50},
    {"soixante", 60},
    {"septante", 70},
    {"huitante", 80},
    {"octante", 80},
    {"nonante", 90},
    {"twenty", 20},
    {"thirty", 30},
    {"forty", 40},
    {"fifty", 50},
    {"sixty", 60},
    {"seventy", 70},
    {"eighty", 80},
    {"ninety", 90},
});

}  // namespace

std::span<const NumberWord> numberUnits() {
    return kUnits;
}
std::span<const NumberWord> numberTeens() {
    return kTeens;
}
std::span<const NumberWord> numberTens() {
    return kTens;
}

NumberValue numberValueOf(std::string_view word) {
    static const std::unordered_map<std::string_view, NumberValue> kAll = [] {
        std::unordered_map<std::string_view, NumberValue> all;
        for (const NumberWord& entry : kUnits)
            all.emplace(entry.word, NumberValue{NumberTable::Unit, entry.value});
        for (const NumberWord& entry : kTeens)
            all.emplace(entry.word, NumberValue{NumberTable::Teen, entry.value});
        for (const NumberWord& entry : kTens)
            all.emplace(entry.word, NumberValue{NumberTable::Ten, entry.value});
        return all;
    }();
    if (word.size() < 2 || word.size() > 9) return {};
    const auto found = kAll.find(word);
    return found == kAll.end() ? NumberValue{} : found->second;
}

bool isDigits(std::string_view word) {
    return !word.empty() && word.size() <= 20 &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isNumberWord(std::string_view word) {
    return isDigits(word) || word == "zero" || word == "double" || word == "triple" || word == "cent" ||
           word == "cents" || word == "mille" || word == "hundred" || word == "thousand" ||
           word == "vingts" || numberValueOf(word).value != 0;
}

}  // namespace ninja3cx::analysis
