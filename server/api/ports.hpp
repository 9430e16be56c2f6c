#pragma once

#include "shared/core/ids.hpp"
#include "shared/protocol/messages.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::api {

struct Options {
    std::vector<std::string> corsOrigins;
    std::filesystem::path dashboardDir;
    std::string version;
    std::chrono::milliseconds helloTimeout{10'000};
};

/// The numbered events, as server/broadcast keeps them.
class LiveFeed {
public:
    virtual ~LiveFeed() = default;
    virtual std::string epoch() const = 0;
    /// False: the client is gone or too slow.
    using Send = std::function<bool(const protocol::ServerMessage&)>;
    /// Sends at once a snapshot, or the events after `seen`; then every event this client may see, until the
    /// answer is destroyed. `agent`: whose program it is; absent: a board.
    virtual std::shared_ptr<void> attach(std::optional<Extension> agent, std::optional<protocol::EventPosition> seen,
                                         Send send) = 0;
    virtual protocol::Snapshot snapshot(const std::optional<Extension>& agent) const = 0;
};

/// Contacts whose name, organisation or number contains the words; from memory.
using FindContacts = std::function<std::vector<protocol::Contact>(const std::string& query, std::size_t limit)>;

/// More lines for /metrics, in Prometheus text format.
using MoreMetrics = std::function<std::string()>;

}  // namespace ninja3cx::api
