#pragma once

#include "server/analysis/call_reading.hpp"
#include "server/analysis/category.hpp"
#include "server/analysis/conversation.hpp"
#include "server/analysis/names.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

struct FoundAction {
    protocol::AnalysisAction action;
    std::vector<std::int32_t> turns;
    std::string cue;
    protocol::Confidence confidence = protocol::Confidence::Unsure;
};

/// What the technician did or promised, each kind once, in the order of the call.
std::vector<FoundAction> findActions(const CallReading& reading, const Names& names,
                                     const CategoryFinding& category);

/// "demain matin", "dans quinze minutes", "by Friday": as it was said.
std::optional<std::string> findDue(const Line& line);

}  // namespace ninja3cx::analysis
