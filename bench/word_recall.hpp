#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// The words of a text as they are compared (server/transcription/words.hpp): lower letters, an apostrophe divides.
std::vector<std::string> words(const std::string& text);

/// How many words of `reference` stand in `heard`, in the same order (longest common subsequence).
std::size_t commonWords(const std::vector<std::string>& reference, const std::vector<std::string>& heard);

}  // namespace ninja3cx::bench
