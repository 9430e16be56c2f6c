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
    Troubles(const Clock& clock, Timeline& timeline, EventFeed& feed, PbxTokens& tokens,
             Switchboard& switchboard, CallControl& callControl)
        : clock_(clock),
          timeline_(timeline),
          feed_(feed),
          tokens_(tokens),
          switchboard_(switchboard),
          callControl_(callControl) {}

    /// A fault of requests waits for them; all others happen now. An error names the field.
    Result<void> strike(Fault fault);
    /// Those that wait and those that recur are no more.
    void clear();
    boost::json::array list() const { return waiting_.list(); }

    /// What a request meets: each waiting fault that matches it is used up by one.
    struct Met {
        std::optional<Reply> instead;
        std::chrono::milliseconds delay{0};
        std::size_t bodyBytesPerSecond = 0;
        bool isMalformed = false;  // half of the body is all of it
        std::size_t padTo = 0;     // bytes, with spaces
    };
    Met meet(const Request& request);
    /// `reply` as what was met leaves it.
    static void apply(const Met& met, Reply& reply);

private:
    Result<void> wait(Fault fault);
    bool meetReply(const Fault& fault, Met& met) const;
    bool strikeFeed(const Fault& fault);
    void strikePbx(const Fault& fault);
    void sendFrame(const Fault& fault);
    void sendOddEntities(const std::string& dn);
    void supersede(int times, double everyS, int generation);

    const Clock& clock_;
    Timeline& timeline_;
    EventFeed& feed_;
    PbxTokens& tokens_;
    Switchboard& switchboard_;
    CallControl& callControl_;
    FaultList waiting_;
    int generation_ = 0;  // counts `clear`
    std::optional<SteadyTime> downUntil_;
};

}  // namespace ninja3cx::simulators
