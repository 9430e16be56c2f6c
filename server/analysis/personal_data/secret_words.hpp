#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// The words that people dictate a secret with, and those that no secret holds.
namespace ninja3cx::analysis {

template <std::size_t n>
constexpr bool isIn(const std::array<std::string_view, n>& table, std::string_view word) {
    return std::find(table.begin(), table.end(), word) != table.end();
}

struct SignWord {
    std::string_view word;
    std::string_view sign;
    bool isPlain = false;  // an everyday word too: a sign only within a secret
};
/// Null: the word is no sign.
const SignWord* signOf(std::string_view word);

/// A word of everyday talk: a secret does not begin or go on with it.
bool isStop(std::string_view word);
/// "carte bleue", "credit card": a means to pay, also where a password was asked for. `word` and the one behind it.
bool isPaymentCard(std::string_view word, std::string_view behind);
/// "majuscule", "lower": says how a secret is written, and so that there is one.
bool isCase(std::string_view word);
/// Joins the parts of a description: "avec", "puis", "at".
bool isJoint(std::string_view word);
/// "bonjour", "azerty": an everyday word that is a password nevertheless.
bool isWeakPassword(std::string_view word);
/// "version", "erreur", "salle": a number behind it counts or names something.
bool isNumberedThing(std::string_view word);
/// May stand between an announcement and what it announces.
bool isLeadIn(std::string_view word);
/// "it says authentication failed, code eighty two eleven": every code in the line is an error's.
bool tellsFaultCode(const Line& line);
/// How many words say at `at` how the word before is written ("tout attaché", "with a three instead of the e"); 0: none.
std::size_t formAt(const Line& line, std::size_t at);

bool hasDigit(std::string_view word);
bool hasLetter(std::string_view word);

/// What stands between a word and the next.
std::string_view gapAfter(const Line& line, std::size_t at);
/// True when one of the marks ends the words behind word `before`; "Soleil.42" goes on.
bool isCut(const Line& line, std::size_t before, std::string_view marks);
std::string_view rawWord(const Line& line, std::size_t at);
/// A capital that stands alone.
bool isUpperLetter(const Line& line, std::size_t at);
bool startsUpper(const Line& line, std::size_t at);

}  // namespace ninja3cx::analysis
