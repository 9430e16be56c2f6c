#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

/// The word lists of tests/eval/analysis/score.py; a test holds them to it.
namespace ninja3cx::bench {

using WordSet = std::set<std::string, std::less<>>;

/// In the scorer's order.
const std::vector<std::string>& entityKinds();

/// Common nouns of a kind: never credited, never counted as errors.
const WordSet& commonNouns(std::string_view kind);
/// Words that do not identify the thing that is named.
const WordSet& fillers(std::string_view kind);
/// Small words, which carry no meaning.
const WordSet& stopWords();

}  // namespace ninja3cx::bench
