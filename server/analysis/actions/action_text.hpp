#pragma once

#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/movements/movements.hpp"

#include <span>
#include <string>
#include <string_view>

namespace ninja3cx::analysis {

/// An action in words, at most 80 characters: "Commander un toner noir (HP LaserJet)". It names its object where a
/// turn says it beside a word for the action itself; else it stays as general as its kind. `turns`: what the action
/// rests on, the plainest first; `movements`: those of the conversation.
std::string actionText(std::string_view kind, bool isDone, std::span<const std::int32_t> turns,
                       const Conversation& conversation, const Names& names,
                       std::span<const Movement> movements);

}  // namespace ninja3cx::analysis
