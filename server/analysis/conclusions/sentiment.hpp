#pragma once

#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conversation/conversation.hpp"

namespace ninja3cx::analysis {

struct SentimentFinding {
    Conclusion<protocol::Sentiment> overall;
    protocol::Sentiment start = protocol::Sentiment::Neutral;
    protocol::Sentiment end = protocol::Sentiment::Neutral;
};

/// The customer's mood; the technician's politeness does not count. The end of the call weighs most, unless a clear
/// complaint is followed by a polite closing only. A bare "merci, bonne journée" is neutral.
SentimentFinding findSentiment(const CallReading& reading);

}  // namespace ninja3cx::analysis
