#pragma once

#include "server/telephony/pbx_pause.hpp"
#include "server/telephony/pbx_question.hpp"
#include "server/telephony/pbx_token.hpp"
#include "server/telephony/pbx_tracker.hpp"

#include <spdlog/fwd.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ninja3cx::telephony {

struct PbxOptions {
    PbxAccess access;
    std::vector<std::string> extensions;  // empty: every extension the API client may monitor
    PauseLimits pauses;
    std::chrono::milliseconds pollInterval{30'000};  // safety net while the WebSocket lives
};

struct PbxHandlers {
    std::function<void(const calls::PhoneEvent&)> onPhone;
    /// After each full look at the PBX: only these calls live.
    std::function<void(const std::string& keyPrefix, const std::vector<std::string>& liveKeys)> onResync;
    std::function<void(protocol::LinkState)> onLink;
};

/// The server's one connection to a 3CX V20 PBX: Call Control events over its WebSocket, state by GET, a full
/// look after every (re)connect, after a gap in the event numbers and every `pollInterval`.
///
/// Throttled (429, a web page, 5xx, no answer): the WebSocket stays, nothing is asked before its time, and a leg that
/// an event names on an idle extension is a tentative call at once; one full look then tells the rest.
/// Trouble:   whatever ends a connection, exceptions of the handlers included, is logged; the link is shown as failed
///            and made anew after a pause, with everything known said once more.
///
/// Threads: the executor's one. `stop` ends `run`, and calls off what is being asked or connected meanwhile.
class PbxClient {
public:
    using Connect = std::function<net::asio::awaitable<Result<std::shared_ptr<net::WebSocketConnection>>>(
        net::WebSocketClientOptions)>;

    PbxClient(net::asio::any_io_executor executor, PbxOptions options, net::HttpTransport& http,
              Connect connect, const Clock& clock, PbxHandlers handlers, std::vector<std::string> openKeys,
              std::shared_ptr<spdlog::logger> log);
    ~PbxClient();

    net::asio::awaitable<void> run();
    void stop();
    /// Other questions to the same PBX, with the same token. Not longer than this lives.
    AskPbx asker();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::telephony
