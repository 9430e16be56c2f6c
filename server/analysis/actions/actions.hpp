#pragma once

#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conclusions/category.hpp"
#include "server/analysis/conversation/conversation.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/movements/movements.hpp"
#include "server/analysis/promises/callback_verdict.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ninja3cx::analysis {

struct FoundAction {
    protocol::AnalysisAction action;
    std::vector<std::int32_t> turns;
    std::string cue;
    protocol::Confidence confidence = protocol::Confidence::Unsure;
};

/// What the technician did or promised, each kind once, in the order of the call. Whether the customer is phoned again
/// is `callback`'s to say; when it is due is for
/// `fillDueDates` (due_date.hpp). `movements`: those of the call.
std::vector<FoundAction> findActions(const CallReading& reading, const Names& names,
                                     std::span<const Movement> movements, const CategoryFinding& category,
                                     const CallbackVerdict& callback);

}  // namespace ninja3cx::analysis
