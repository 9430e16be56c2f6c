#pragma once

#include "server/analysis/conversation.hpp"

namespace ninja3cx::analysis {

/// Impact (one person, a team, a site) times urgency (request, degraded, blocked), with the exceptions:
/// compromise is HIGH, a phishing mail nobody clicked is LOW, an order is LOW unless work is blocked. Tone
/// changes nothing.
Conclusion<protocol::Priority> findPriority(const Conversation& conversation, protocol::Category category);

}  // namespace ninja3cx::analysis
