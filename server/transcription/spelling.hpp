#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// How words sound and how common they are, in French with the English of offices. Pure.
namespace ninja3cx::transcription {

/// A key that words of the same sound share: "nordconfor" and "Nordconfort", "outlouk" and "Outlook". Of plain letters.
std::string soundOf(std::string_view letters);

/// How many letters to change, add or leave out; at most `limit` + 1.
std::size_t lettersApart(std::string_view one, std::string_view other, std::size_t limit);

/// Frequent in French or English talk, a form of such a word included. Of plain letters.
bool isCommonWord(std::string_view letters);

/// A small word that stands before anything, so that its neighbour proves nothing: "du moulin", "belle ville".
bool isLinkWord(std::string_view letters);

}  // namespace ninja3cx::transcription
