#include "server/analysis/lexicon/spoken_words.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::analysis {
namespace {

template <std::size_t n>
bool isIn(const std::array<std::string_view, n>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto kMonths = std::to_array<MonthName>({
    {"janvier", 1}, {"fevrier", 2},  {"mars", 3},      {"avril", 4},    {"mai", 5},       {"juin", 6},
    {"juillet", 7}, {"aout", 8},     {"septembre", 9}, {"octobre", 10}, {"novembre", 11}, {"decembre", 12},
    {"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
    {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
});

}  // namespace

bool isGoingOn(std::string_view word) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"oui", "et", "puis", "ensuite", "alors", "donc", "voila", "apres",
                                         "and", "then", "yes", "yeah", "ok", "okay", "so"});
    return isIn(kWords, word);
}

bool isCopula(std::string_view word) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"est", "etait", "sera", "is", "was", "s"});
    return isIn(kWords, word);
}

bool isEmphasis(std::string_view word) {
    static constexpr auto kWords =
        std::to_array<std::string_view>({"bien", "vraiment", "juste", "really", "just", "literally"});
    return isIn(kWords, word);
}

std::span<const MonthName> monthNames() {
    return kMonths;
}

int monthNumber(std::string_view word) {
    const auto* found = std::find_if(kMonths.begin(), kMonths.end(),
                                     [&](const MonthName& month) { return month.name == word; });
    return found == kMonths.end() ? 0 : found->number;
}

}  // namespace ninja3cx::analysis
