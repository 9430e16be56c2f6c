#pragma once

#include "server/analysis/actions/actions.hpp"
#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conclusions/category.hpp"
#include "server/analysis/entities/names.hpp"
#include "server/analysis/movements/movements.hpp"

#include <span>
#include <vector>

namespace ninja3cx::analysis {

/// Holds what the model heard to what the technician's words plainly say. Accounts go the way of their people
/// (movements.hpp): the leaver's is cut and none is made, the newcomer's is made. What is taken off is not installed, a
/// parcel is no visit. What is said in the first person is at least likely. To end a session cuts no account, unless
/// somebody leaves or the call is of a security incident.
void settleDeeds(std::vector<FoundAction>& found, const CallReading& reading, const Names& names,
                 std::span<const Movement> movements, const CategoryFinding& category);

}  // namespace ninja3cx::analysis
