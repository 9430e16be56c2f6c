#pragma once

#include "server/analysis/conversation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

struct FoundAction {
    protocol::AnalysisAction action;
    std::vector<std::int32_t> turns;
    std::string cue;
};

/// What the technician did or promised, each kind once, in the order of the call. Offers that were declined
/// and questions do not count.
std::vector<FoundAction> findActions(const Conversation& conversation, protocol::Category category);

/// "demain matin", "dans quinze minutes", "by Friday": as it was said.
std::optional<std::string> findDue(const Line& line);

}  // namespace ninja3cx::analysis
