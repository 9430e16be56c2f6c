#pragma once

#include <span>
#include <string_view>

/// Small words of speech, folded, French and English. What a rule knows besides stands beside the rule.
namespace ninja3cx::analysis {

/// "alors", "et", "then": whoever dictates goes on.
bool isGoingOn(std::string_view word);
/// "est", "is", "sera": what follows is told.
bool isCopula(std::string_view word);
/// "vraiment", "just": may stand between a copula and what it tells.
bool isEmphasis(std::string_view word);

struct MonthName {
    std::string_view name;
    int number;
};
std::span<const MonthName> monthNames();
/// From 1; 0: the word names no month.
int monthNumber(std::string_view word);

}  // namespace ninja3cx::analysis
