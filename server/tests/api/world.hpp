#pragma once

#include "server/api/api.hpp"
#include "server/auth/access.hpp"
#include "server/broadcast/event_hub.hpp"
#include "server/calls/call_hub.hpp"
#include "server/net/http.hpp"
#include "server/storage/sqlite_store.hpp"
#include "shared/core/clock.hpp"
#include "shared/protocol/messages.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace ninja3cx::api {

namespace asio = boost::asio;

/// The real API on a real port over the real hub, store and events; audio, speech, analysis, directory and
/// tickets are doubles that do nothing, or the least.
class World {
public:
    World();
    ~World();

    /// Runs `scenario` to its end; fails the test after ten seconds.
    void run(std::function<asio::awaitable<void>()> scenario);

    void ring(const std::string& extension, const std::string& number, protocol::CallState state);
    /// The same, and waits until the hub shows it. Not within `run`.
    CallId ringing(const std::string& extension, const std::string& number, protocol::CallState state);
    /// The id of the live call on this extension.
    CallId callOf(const std::string& extension) const;

    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
    }
    asio::awaitable<net::HttpResponse> http(std::string method, std::string path, net::Headers headers = {},
                                            std::string body = "");
    asio::awaitable<Result<std::shared_ptr<net::WebSocketConnection>>> socket(net::Headers headers);
    static net::Headers bearer(const std::string& key);
    /// Lets work that was posted run.
    asio::awaitable<void> settle();
    std::filesystem::path dataDir() const { return folder_ / "data"; }

    asio::io_context context_;
    ManualClock clock_;
    std::ostringstream log_;
    std::vector<std::string> refused_;  // what the trail is told of refused logins
    std::optional<std::string> ninjaWarning_;
    std::map<std::string, std::string>
        keys_;  // "agent201", "agent202", "dashboard", "supervisor", "admin", "site"
    std::unique_ptr<auth::Access> access_;
    std::unique_ptr<storage::SqliteStore> store_;
    std::unique_ptr<broadcast::EventHub> events_;
    std::unique_ptr<calls::CallHub> hub_;
    std::unique_ptr<Api> api_;

private:
    struct Doubles;
    std::filesystem::path folder_;
    std::unique_ptr<Doubles> doubles_;
    std::unique_ptr<net::HttpServer> server_;
};

/// The next message of a socket; nothing when it has closed.
asio::awaitable<std::optional<protocol::ServerMessage>> next(
    std::shared_ptr<net::WebSocketConnection> socket);
/// Skips messages until one of this type comes.
template <class Wanted>
asio::awaitable<std::optional<Wanted>> nextOf(std::shared_ptr<net::WebSocketConnection> socket) {
    while (true) {
        auto message = co_await next(socket);
        if (!message) co_return std::nullopt;
        if (auto* wanted = std::get_if<Wanted>(&*message)) co_return std::move(*wanted);
    }
}

inline std::string hello(protocol::Face face, std::optional<std::string> extension = std::nullopt,
                         std::optional<protocol::EventPosition> lastEvent = std::nullopt) {
    protocol::Hello message{
        protocol::kProtocolVersion, face, {"test", "1"}, std::nullopt, std::move(lastEvent)};
    if (extension) message.extension = Extension{*extension};
    return protocol::encodeMessage(protocol::ClientMessage{message});
}

}  // namespace ninja3cx::api
