#pragma once

#include "server/telephony/active_calls_client.hpp"
#include "server/telephony/pbx_client.hpp"
#include "server/telephony/pbx_diagnosis.hpp"
#include "server/telephony/pbx_question.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::telephony {

struct PbxSetup {
    PbxAccess access;
    PbxMode mode = PbxMode::Auto;
    std::vector<std::string> extensions;  // empty: all there are
    std::vector<std::string> expected;    // told of when they are not monitored
    PauseLimits pauses;
    std::chrono::milliseconds pollInterval{1'000};  // of the list of calls, while calls go on
    std::chrono::milliseconds idleInterval{2'000};
    std::chrono::milliseconds betterWayEvery{15 * 60'000};  // a better way than the list is looked for
};

/// The server's one link to its PBX, whatever 3CX edition that is: finds out which way it offers to follow its calls, goes
/// it, and says in the log which and why. While it goes by a list of calls it looks for a better way now and then, when no
/// call goes on. Calls that one way began are taken over by the next.
///
/// Threads: the executor's one. `stop` ends `run`.
class PbxLink {
public:
    PbxLink(PbxParts parts, PbxSetup setup, PbxConnect connect, PbxHandlers handlers,
            std::vector<std::string> openKeys);
    ~PbxLink();

    net::asio::awaitable<void> run();
    void stop();
    /// Other questions to the same PBX, with the same token. Not longer than this lives.
    AskPbx asker();

    /// For the administrator: what is wrong although calls may be seen.
    std::optional<std::string> problem() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::telephony
