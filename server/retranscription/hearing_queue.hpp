#pragma once

#include "server/retranscription/hearing_flow.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace ninja3cx::retranscription {

struct HearingRules {
    std::chrono::milliseconds calm{10'000};   // the machine is idle for so long before anything begins
    std::chrono::milliseconds retry{60'000};  // nothing begins for so long after a failure
    int mostFailures = 2;
};

struct HearingOrder {
    HearingAction action{};
    CallId callId;
    HearingEvent cause{};
    bool operator==(const HearingOrder&) const = default;
};

/// Which call is heard when: one at a time, the one whose audio must go first, those that failed last. Pure:
/// whoever calls it performs the orders and tells what came of them.
class HearingQueue {
public:
    using Orders = std::vector<HearingOrder>;
    explicit HearingQueue(HearingRules rules = {}) : rules_(rules) {}

    /// A call that is there already stays as it is.
    void add(const CallId& callId, SystemTime deleteAt);
    bool contains(const CallId& callId) const { return calls_.contains(callId); }
    std::size_t size() const { return calls_.size(); }
    /// The call that began to be heard and has not come to an end.
    std::optional<CallId> begun() const;

    Orders tick(SteadyTime now, SystemTime date, bool isIdle);
    /// FailedAgain is decided here: tell Failed.
    Orders on(const CallId& callId, HearingEvent event, SteadyTime now);

private:
    struct Entry {
        HearingState state = HearingState::Waiting;
        SystemTime deleteAt;
        int failures = 0;
    };
    void advance(const CallId& callId, HearingEvent event, Orders& orders);
    std::optional<CallId> next() const;

    const HearingRules rules_;
    std::map<CallId, Entry> calls_;
    std::optional<CallId> listening_;  // what the listener has not reported the end of, in the queue or not
    std::optional<SteadyTime> idleSince_;
    std::optional<SteadyTime> notBefore_;
};

}  // namespace ninja3cx::retranscription
