#pragma once

#include "server/analysis/conclusions/call_reading.hpp"

namespace ninja3cx::analysis {

/// What a turn of the technician says of phoning the customer.
enum class Promise {
    Unsaid,  // nothing that is plain
    None,  // "je vous rappelle que …", "je rappelle l'éditeur", "you'll call us": a call, but not that one
    Doubtful,  // "si j'ai le temps je vous rappelle"
    Made,
};
Promise promiseIn(const Line& line);

/// The model's answer to "callback", where what only sounds like a promise is none.
CallReading::Said promisedCall(const CallReading& reading);

}  // namespace ninja3cx::analysis
