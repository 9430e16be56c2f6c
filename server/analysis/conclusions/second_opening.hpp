#pragma once

#include "server/analysis/conversation/conversation.hpp"

#include <cstddef>
#include <optional>
#include <vector>

/// How a customer comes to a second matter.
namespace ninja3cx::analysis {

/// "Et l'imprimante …", "oh, and the printer …": it goes on from what was said.
bool goesOn(const Line& line);

/// The technician's turn before asks for it: "autre chose ?"
bool isInvited(const std::vector<Line>& lines, std::size_t turn);

/// "j'ai deux choses", "a couple of problems": what follows "et" is the second one.
bool countsTwo(const Line& line);

/// Where the second matter begins in the sentence; nowhere where none is opened.
std::optional<std::size_t> openedAt(const Line& sentence, bool isSecondOfTwo);

Line restOf(const Line& sentence, std::size_t from);

}  // namespace ninja3cx::analysis
