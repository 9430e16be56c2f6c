#pragma once

#include "server/analysis/conclusions/call_reading.hpp"
#include "server/analysis/conversation/conversation.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ninja3cx::analysis {

/// A promise to phone with its day or hour: "and call you in a fortnight".
struct CallbackPromise {
    std::int32_t turn = 0;
    std::string cue;
};
std::optional<CallbackPromise> plainCallbackPromise(const Conversation& conversation);

/// True where all that is said of phoning is something else: a test call made at once, "je vous rappelle que …", what the
/// customer is to do; or what he will do, where no turn of the technician sounds like a promise.
bool onlyOtherCalls(const CallReading& reading);

}  // namespace ninja3cx::analysis
