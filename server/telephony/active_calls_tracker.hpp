#pragma once

#include "server/calls/ports.hpp"
#include "server/telephony/active_calls.hpp"

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::telephony {

/// Turns lists of the calls that go on into the life of calls: pure, idempotent.
///
/// A row belongs to the extension that is its caller or its callee, or to both: an internal call is one on each. The key is
/// "3cx-list/<extension>/<id>/<second it was established>"; where such a key has ended, "~2" comes after it.
///
/// There is no hold in these lists. A call that is no longer listed has ended, at some time since the look before; rings
/// that end because another extension answered are Missed, as with PbxTracker.
class ActiveCallsTracker {
public:
    using Events = std::vector<calls::PhoneEvent>;
    using IsExtension = std::function<bool(const std::string& dn)>;

    /// Keys of calls that were open before this program restarted: they are taken up instead of made anew.
    ActiveCallsTracker(std::vector<std::string> openKeys, IsExtension isExtension);

    /// Whether the look before is so near that no answer was overlooked.
    enum class Gap { None = 1, Long };
    Events look(const std::vector<ActiveCall>& calls, Gap gap, SystemTime now);

    std::vector<std::string> liveKeys() const;
    bool hasCalls() const { return !calls_.empty(); }

private:
    using CallKey = std::pair<std::string, std::int64_t>;  // extension, id
    struct Seen {
        protocol::CallState state{};
        protocol::Direction direction{};
        std::string number;  // of the other side
        std::string name;
        std::optional<SystemTime> establishedAt;
        bool operator==(const Seen&) const = default;
    };
    struct Call {
        std::string key;
        Seen last;
    };

    static bool isSameCall(const Seen& before, const Seen& now);
    void read(const ActiveCall& row, std::map<CallKey, Seen>& into) const;
    bool isExtension(const Party& party) const;
    std::string keyFor(const CallKey& id, const Seen& seen, SystemTime now);
    calls::PhoneEvent end(const CallKey& id, const Call& call, Gap gap);

    IsExtension isExtension_;
    std::map<CallKey, Call> calls_;
    std::vector<std::string> openKeys_;
    std::deque<std::string> endedOrder_;
    std::set<std::string> ended_;
};

}  // namespace ninja3cx::telephony
