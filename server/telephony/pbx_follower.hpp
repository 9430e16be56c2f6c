#pragma once

#include "server/calls/ports.hpp"
#include "server/net/http.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ninja3cx::telephony {

struct PbxHandlers {
    std::function<void(const calls::PhoneEvent&)> onPhone;
    /// After each full look at the PBX: only these calls live.
    std::function<void(const std::string& keyPrefix, const std::vector<std::string>& liveKeys)> onResync;
    std::function<void(protocol::LinkState)> onLink;
};

/// One way of learning what goes on at a PBX. Network thread only; `stop` ends `run`, and calls off what is being asked
/// or connected meanwhile.
class PbxFollower {
public:
    virtual ~PbxFollower() = default;
    /// Why it ended: Cancelled after `stop`; Rejected or NotFound where this PBX does not let us go this way, which only
    /// who was told to end says.
    virtual net::asio::awaitable<Error> run() = 0;
    virtual void stop() = 0;
    virtual bool hasCalls() const = 0;
};

}  // namespace ninja3cx::telephony
