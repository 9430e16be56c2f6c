#pragma once

#include "simulators/exchange/faults.hpp"
#include "simulators/pbx/call_control.hpp"
#include "simulators/pbx/pbx_tokens.hpp"
#include "simulators/pbx/switchboard.hpp"

#include <chrono>
#include <optional>

namespace ninja3cx::simulators {

/// The scripted troubles of a PBX.
class Troubles {
public:
    Troubles(const Clock& clock, EventFeed& feed, PbxTokens& tokens, Switchboard& switchboard,
             CallControl& callControl)
        : clock_(clock), feed_(feed), tokens_(tokens), switchboard_(switchboard), callControl_(callControl) {}

    /// A fault of requests waits for them; all others happen now. An error names the field.
    Result<void> strike(Fault fault);
    void clear();
    boost::json::array list() const { return waiting_.list(); }

    /// What a request meets: each waiting fault that matches it is used up by one.
    struct Met {
        std::optional<Reply> instead;
        std::chrono::milliseconds delay{0};
    };
    Met meet(const Request& request);

private:
    bool strikeFeed(const Fault& fault);
    bool strikePbx(const Fault& fault);
    void sendFrame(const Fault& fault);

    const Clock& clock_;
    EventFeed& feed_;
    PbxTokens& tokens_;
    Switchboard& switchboard_;
    CallControl& callControl_;
    FaultList waiting_;
};

}  // namespace ninja3cx::simulators
