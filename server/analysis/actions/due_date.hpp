#pragma once

#include "server/analysis/actions/actions.hpp"
#include "server/analysis/conversation/conversation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

/// What is still to be done gets its date from its turns: `due` as a day or a local time and `dueSpoken`, or
/// `due` as spoken. `startedAt`: as in the input; one that cannot be read counts as absent.
void fillDueDates(std::vector<FoundAction>& actions, const Conversation& conversation,
                  const std::optional<std::string>& startedAt);

}  // namespace ninja3cx::analysis
