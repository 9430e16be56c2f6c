#pragma once

#include "server/analysis/conversation/conversation.hpp"

namespace ninja3cx::analysis {

/// The turn in which the technician asks "autre chose ?": what follows is rarely why the customer called. The number of
/// turns where nobody asks so, or too early to mean it.
std::size_t asideFrom(const Conversation& conversation);

}  // namespace ninja3cx::analysis
