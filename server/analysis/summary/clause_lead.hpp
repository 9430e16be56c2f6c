#pragma once

#include "server/analysis/conversation/tokens.hpp"

#include <cstddef>

namespace ninja3cx::analysis {

/// How many words lead to the matter and are none of it: "oui alors en fait", "well, the thing is".
std::size_t leadLength(const Tokens& tokens, bool isEnglish);

}  // namespace ninja3cx::analysis
