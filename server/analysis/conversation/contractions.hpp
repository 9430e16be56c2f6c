#pragma once

#include "server/analysis/conversation/tokens.hpp"
#include "server/analysis/words/words.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

/// English contractions whose apostrophe a recogniser left out: "im", "thats", "my names Sue", "cant".
namespace ninja3cx::analysis {

/// How many letters of a word stand before the apostrophe that it lacks, wherever it stands: 3 of "wont", 4 of "thats", 1 of
/// "im". 0: it is none, or may be another word, as "its", "ill", "were".
std::size_t contractedHead(std::string_view word);

/// The words as if it were written: "i m", "that s", "my name s sue", "can t". "its" is two words only where no noun can
/// follow ("its jammed"; "its screen").
std::vector<Word> withApostrophes(std::span<const Word> words);

/// The same in a sentence that is written again: "I'm", "that's".
void putApostrophes(Tokens& tokens);

}  // namespace ninja3cx::analysis
