#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// How words are written and how they sound, in French with the English of offices. Pure.
namespace ninja3cx::transcription {

/// A run of letters and digits.
struct WordPlace {
    std::size_t at = 0;  // bytes
    std::size_t length = 0;
    std::size_t end() const { return at + length; }
};
std::vector<WordPlace> wordsIn(std::string_view text);

/// Lower case without accents.
std::string plainLetters(std::string_view text);

/// A key that words of the same sound share: "nordconfor" and "Nordconfort", "outlouk" and "Outlook". Of plain letters.
std::string soundOf(std::string_view letters);

/// How many letters to change, add or leave out; at most `limit` + 1.
std::size_t lettersApart(std::string_view one, std::string_view other, std::size_t limit);

/// Frequent in French or English talk, a form of such a word included. Of plain letters.
bool isCommonWord(std::string_view letters);

/// A small word that stands before anything, so that its neighbour proves nothing: "du moulin", "belle ville".
bool isLinkWord(std::string_view letters);

}  // namespace ninja3cx::transcription
