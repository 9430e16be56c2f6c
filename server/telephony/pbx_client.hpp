#pragma once

#include "server/telephony/pbx_follower.hpp"
#include "server/telephony/pbx_pause.hpp"
#include "server/telephony/pbx_requests.hpp"
#include "server/telephony/pbx_token.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ninja3cx::telephony {

struct PbxOptions {
    std::vector<std::string> extensions;  // empty: every extension the API client may monitor
    std::vector<std::string> expected;    // told of when they are not monitored
    PauseLimits pauses;
    std::chrono::milliseconds pollInterval{30'000};  // safety net while the WebSocket lives
    bool endsWhenRefused = false;  // once the PBX says that it has no Call Control API for us
};

using PbxConnect = std::function<net::asio::awaitable<Result<std::shared_ptr<net::WebSocketConnection>>>(
    net::WebSocketClientOptions)>;

/// The server's one connection to a 3CX V20 PBX: Call Control events over its WebSocket, state by GET, a full
/// look after every (re)connect, after a gap in the event numbers and every `pollInterval`.
///
/// Throttled (429, a web page, 5xx, no answer): the WebSocket stays, nothing is asked before its time, and a leg that
/// an event names on an idle extension is a tentative call at once; one full look then tells the rest.
/// Trouble:   whatever ends a connection, exceptions of the handlers included, is logged; the link is shown as failed
///            and made anew after a pause, with everything known said once more.
class PbxClient final : public PbxFollower {
public:
    /// `access` and `token` outlive it.
    PbxClient(PbxParts parts, PbxOptions options, const PbxAccess& access, PbxToken& token,
              PbxConnect connect, PbxHandlers handlers, std::vector<std::string> openKeys);
    ~PbxClient() override;

    net::asio::awaitable<Error> run() override;
    void stop() override;
    bool hasCalls() const override;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::telephony
