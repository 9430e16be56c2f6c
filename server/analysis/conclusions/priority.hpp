#pragma once

#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conclusions/category.hpp"

namespace ninja3cx::analysis {

/// Impact (one person, a team, a site) times urgency (request, degraded, blocked) as the model learned it, and the
/// exceptions of the definition as rules. Tone changes nothing.
Conclusion<protocol::Priority> findPriority(const CallReading& reading, const CategoryFinding& category);

}  // namespace ninja3cx::analysis
