#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <vector>

namespace ninja3cx::analysis {

/// By word of the line: is it said of a thing that is not the matter? What is denied ("c'est pas le VPN", "it's nothing
/// to do with the VPN"), what works well beside what does not ("Word imprime très bien, c'est Sage qui …"), what the
/// customer has already put right himself. None in a question.
std::vector<bool> deniedWords(const Line& line);

/// The conversation without those words.
Conversation withoutDenied(const Conversation& conversation);

}  // namespace ninja3cx::analysis
