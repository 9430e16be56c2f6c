#pragma once

#include "server/analysis/actions.hpp"
#include "server/analysis/conversation.hpp"

namespace ninja3cx::analysis {

struct Outcome {
    Conclusion<bool> resolved;
    Conclusion<bool> ticketWarranted;
    Conclusion<bool> callbackPromised;
};

/// How the call ends. What the customer confirms near the end weighs most; a visit, an order or an escalation
/// that is still to come means that the problem is open.
Outcome findOutcome(const Conversation& conversation, protocol::Category category,
                    const std::vector<FoundAction>& actions);

}  // namespace ninja3cx::analysis
