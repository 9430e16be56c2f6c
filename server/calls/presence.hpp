#pragma once

#include "shared/protocol/records.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::calls {

/// Both outlive the question.
struct CallAndDraft {
    const protocol::Call* call = nullptr;
    const protocol::Draft* draft = nullptr;  // none: there is no draft
};

/// What the PBX tells of an extension's user.
struct PbxUser {
    std::string name;                  // empty: not told
    std::optional<bool> isRegistered;  // one of their telephones is there; absent: not told
    bool isAway = false;               // the profile that they chose takes no calls
    bool isQueueLoggedOut = false;
    bool operator==(const PbxUser&) const = default;
};

struct PresenceOf {
    protocol::Presence presence{};
    std::optional<CallId> callId;
    bool operator==(const PresenceOf&) const = default;
};

/// What the technician of one extension does, from the extension's calls, whether the agent program is connected, and
/// what the PBX tells (none: nothing). The busiest of several calls counts, and before what the PBX tells. AfterCall: a
/// call just ended is being written up, or its popup is open.
PresenceOf presenceOf(bool isConnected, const std::optional<PbxUser>& user,
                      const std::vector<CallAndDraft>& calls);

/// As agent programs are told, whose older versions refuse words that they do not know.
protocol::Presence forAgentPrograms(protocol::Presence presence);

}  // namespace ninja3cx::calls
