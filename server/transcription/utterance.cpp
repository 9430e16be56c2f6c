#include "server/transcription/utterance.hpp"

#include <cstdio>
#include <string>

namespace ninja3cx::transcription {

UtteranceId utteranceId(protocol::Speaker channel, std::int64_t startMs) {
    char digits[24];
    std::snprintf(digits, sizeof digits, "%07lld", static_cast<long long>(startMs));
    return UtteranceId{(channel == protocol::Speaker::Agent ? "agent-" : "customer-") + std::string{digits}};
}

}  // namespace ninja3cx::transcription
