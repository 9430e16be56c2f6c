#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Text as tests/eval/analysis/score.py compares it; what Unicode says of a letter or a digit counts, as in Python.
namespace ninja3cx::bench {

/// In lower case and without accents, œ as oe and æ as ae.
std::string foldedForScore(std::string_view text);
/// Runs of a-z and 0-9; everything else separates, also letters that folding leaves.
std::vector<std::string> scoredWords(std::string_view text);
/// The words without anything between them.
std::string squashed(std::string_view text);
/// Of any script.
std::string digitsOf(std::string_view text);
/// "+33 6 39 98 12 57" and "06.39.98.12.57" are "0639981257".
std::string phoneDigits(std::string_view text);
/// Folded and without white space of any kind.
std::string foldedMail(std::string_view text);
/// The words that carry meaning.
std::vector<std::string> contentWords(std::string_view text);
/// As Python counts them.
std::size_t charactersOf(std::string_view text);

/// How many words both have, each as often as the one that has it less often.
std::size_t wordsInCommon(std::vector<std::string> a, std::vector<std::string> b);

}  // namespace ninja3cx::bench
