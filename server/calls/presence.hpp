#pragma once

#include "shared/protocol/records.hpp"

#include <optional>
#include <vector>

namespace ninja3cx::calls {

struct CallAndDraft {
    protocol::Call call;
    std::optional<protocol::Draft> draft;
};

struct PresenceOf {
    protocol::Presence presence{};
    std::optional<CallId> callId;
    bool operator==(const PresenceOf&) const = default;
};

/// What the technician of one extension does, from the extension's calls and whether the agent program is
/// connected. The busiest of several calls counts. AfterCall: a call just ended is being written up, or its
/// popup is open.
PresenceOf presenceOf(bool isConnected, const std::vector<CallAndDraft>& calls);

}  // namespace ninja3cx::calls
