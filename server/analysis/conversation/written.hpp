#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <string>
#include <string_view>

namespace ninja3cx::analysis {

/// The words `first` to `last` as a name: the original spelling, each word with a capital but "de", "du",
/// "la" …
std::string writtenName(const Line& line, std::size_t first, std::size_t last);

/// The first letter as a capital, also "é".
std::string capitalised(std::string text);
/// The first letter small, unless the second is a capital ("VPN" stays; a name does not).
std::string uncapitalised(std::string text);

/// At most `characters` characters, cut at a word, with "…" when something is missing.
std::string shortened(const std::string& text, std::size_t characters);

}  // namespace ninja3cx::analysis
