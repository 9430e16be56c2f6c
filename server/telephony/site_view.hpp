#pragma once

#include "server/calls/presence.hpp"
#include "server/telephony/active_calls.hpp"
#include "server/telephony/pbx_messages.hpp"
#include "server/telephony/xapi_messages.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// What the site looks like by what the PBX tells. Pure.
namespace ninja3cx::telephony {

/// Every profile but "Available" is taken for one that takes no calls: the others' names are the site's.
calls::PbxUser pbxUserOf(const XapiUser& user);

/// The users whose calls are followed: `configured`, or where that is empty all that `monitored` lists as extensions. None:
/// the PBX has no such list for us, and all are followed.
std::vector<XapiUser> followedUsers(std::vector<XapiUser> users,
                                    const std::optional<std::vector<Dn>>& monitored,
                                    const std::vector<std::string>& configured);

/// Who waits in which queue. A wait counts from when it was first seen, less its age by the PBX's clock, and then stays
/// as it is. Queues that were seen once stay, empty.
class QueueBoard {
public:
    /// By XAPI's active calls: those that are `Transferring` to what is no extension.
    void look(const std::vector<ActiveCall>& calls, const std::set<std::string>& extensions,
              std::int64_t nowMs);
    /// By Call Control, where the API client monitors the queues.
    void look(const std::vector<Dn>& dns, std::int64_t nowMs);
    /// By number.
    std::vector<protocol::QueueState> queues() const;

private:
    using Waiter =
        std::pair<std::string, std::int64_t>;  // the queue's number, the call's or the participant's

    void take(const std::map<Waiter, std::int64_t>& present);

    std::map<std::string, std::string> names_;  // by number
    std::map<Waiter, std::int64_t> since_;
};

/// For /metrics: of each queue who waits, and the longest wait in seconds.
std::string queueMetrics(const std::vector<protocol::QueueState>& queues, std::int64_t nowMs);

}  // namespace ninja3cx::telephony
