#pragma once

#include "server/analysis/conversation/tokens.hpp"

namespace ninja3cx::analysis {

/// Takes out what is said twice and what only fills, and writes apostrophes, frequent accents, abbreviations
/// and product names as people write them.
void cleanSpeech(Tokens& tokens, bool isEnglish);

}  // namespace ninja3cx::analysis
