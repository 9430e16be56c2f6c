#pragma once

#include "server/analysis/actions/actions.hpp"
#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conclusions/category.hpp"
#include "server/analysis/promises/callback_verdict.hpp"

namespace ninja3cx::analysis {

struct Outcome {
    Conclusion<bool> resolved;
    Conclusion<bool> ticketWarranted;
    Conclusion<bool> callbackPromised;
};

/// How the call ends. No ticket for a wrong number, a sales call and the like alone; a call back is promised exactly
/// when the actions say that it is to be done.
Outcome findOutcome(const CallReading& reading, const CategoryFinding& category,
                    const std::vector<FoundAction>& actions, const CallbackVerdict& callback);

}  // namespace ninja3cx::analysis
