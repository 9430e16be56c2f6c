#pragma once

#include "server/analysis/words/words.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace ninja3cx::analysis {

/// A part of a turn that the models weigh: a word, two words in a row, a word with who says it, or three or four
/// letters of a word (these see through endings and much of what speech-to-text spoils).
struct Piece {
    std::uint64_t key = 0;        // the same piece has the same key in every turn; odd for letters
    std::uint32_t firstWord = 0;  // index into the words
    std::uint32_t wordCount = 1;
};

constexpr bool isLetters(std::uint64_t key) {
    return (key & 1U) != 0;
}

/// In the order of the words.
std::vector<Piece> piecesOf(bool isAgent, std::span<const Word> words);

}  // namespace ninja3cx::analysis
