#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// How two words are compared. What a word is, is one rule; how much of its spelling counts depends on what it is
/// compared with:
///  - a list or a dictionary (text_guard, vocabulary): plain letters (shared/core/text), for people and Whisper leave out accents;
///  - another text of the same speech (utterance_policy, the scores of the bench): lower letters, for a wrong accent
///    is a wrong word. There the policy takes what stands between two blanks for one word, "l'écran", because it
///    gives back what was shown; the bench divides at the apostrophe, so that a wrong article is no wrong noun.
/// Pure.
namespace ninja3cx::transcription {

/// A run of letters and digits.
struct WordPlace {
    std::size_t at = 0;  // bytes
    std::size_t length = 0;
    std::size_t end() const { return at + length; }
    std::string_view of(std::string_view text) const { return text.substr(at, length); }
};
std::vector<WordPlace> wordsIn(std::string_view text);

/// Without capitals, œ as oe.
std::string lowerLetters(std::string_view text);

}  // namespace ninja3cx::transcription
