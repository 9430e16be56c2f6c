#pragma once

#include "shared/protocol/records.hpp"

namespace ninja3cx::protocol {

/// The telephone is done with the call.
inline bool isOver(CallState state) {
    return state == CallState::Ended || state == CallState::Missed;
}

/// Somebody has answered it, and it goes on.
inline bool isConnected(CallState state) {
    return state == CallState::Connected || state == CallState::Held;
}

}  // namespace ninja3cx::protocol
