#pragma once

#include "server/analysis/conversation/tokens.hpp"

namespace ninja3cx::analysis {

/// Writes what a recogniser heard as people write it: "la box elle clignote plus on a redémarré" becomes "la box ne
/// clignote plus, on a redémarré".
void writeSpoken(Tokens& tokens, bool isEnglish);

void writeSpokenFrench(Tokens& tokens);
void writeSpokenEnglish(Tokens& tokens);

}  // namespace ninja3cx::analysis
