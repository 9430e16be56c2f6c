#pragma once

#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The lists of calls that go on: XAPI's ActiveCalls (V20) and the console's /api/activeCalls (V16, V18), which share
/// their rows. Read leniently, as pbx_messages.hpp.
namespace ninja3cx::telephony {

/// One side of a call: "201 Marie Martin", or "10001 Trunk (0612345678)" for somebody outside.
struct Party {
    std::string dn;
    std::string name;                          // of the extension; of a trunk for somebody outside
    std::optional<std::string> outsideNumber;  // somebody outside; empty: withheld
    bool operator==(const Party&) const = default;
};
Party readParty(std::string_view text);

struct ActiveCall {
    std::int64_t id = 0;  // restarts with the PBX
    Party caller;
    Party callee;
    std::string status;                            // "Routing", "Talking", "Transferring" …
    std::optional<SystemTime> establishedAt = {};  // these three by the PBX's clock
    std::optional<SystemTime> statusSince = {};
    std::optional<SystemTime> serverNow = {};
    /// How long it goes on by now.
    std::optional<std::chrono::milliseconds> age() const;
    bool operator==(const ActiveCall&) const = default;
};

/// `{"value": […]}` or `{"list": […]}`. A row without an id is none.
Result<std::vector<ActiveCall>> parseActiveCalls(std::string_view json);
/// The numbers of GET /xapi/v1/Users or /api/ExtensionList.
Result<std::vector<std::string>> parseExtensions(std::string_view json);

}  // namespace ninja3cx::telephony
