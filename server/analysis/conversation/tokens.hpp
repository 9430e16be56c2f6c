#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// A sentence as words that can be taken out, replaced and written again.
namespace ninja3cx::analysis {

/// A word as written and as the rules see it, and what stands before it.
struct Token {
    std::string gap;
    std::string written;
    std::string plain;
};
using Tokens = std::vector<Token>;

/// Hesitations are left out, and what they leave between their neighbours is a space or a comma.
Tokens tokensOf(std::string_view text);
std::string textOf(const Tokens& tokens);

/// The words of `phrase` stand at `at`.
bool is(const Tokens& tokens, std::size_t at, std::string_view phrase);
/// How many words the first of the phrases has that stands at `at`; 0: none.
std::size_t anyOf(const Tokens& tokens, std::size_t at, std::initializer_list<std::string_view> phrases);
std::size_t lengthOf(std::string_view phrase);
void erase(Tokens& tokens, std::size_t first, std::size_t count);

bool startsWithVowel(std::string_view plain);
/// A clause ends there: a comma, a stop, a dash.
bool isCut(std::string_view gap);

inline bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace ninja3cx::analysis
