#pragma once

#include "server/net/http.hpp"
#include "server/net/stream.hpp"

namespace ninja3cx::net {

struct WebSocketLimits {
    std::chrono::seconds pingInterval;
    std::size_t maxMessageBytes;
    std::size_t maxOutboxBytes;
};

/// What server and client need to end a connection.
class WebSocketLink : public WebSocketConnection {
public:
    /// Returns when nothing of the connection runs any more.
    virtual asio::awaitable<void> ended() = 0;
    virtual void abort() = 0;
};

/// Answers an upgrade request that was read from `stream`. An error when the request was no proper one (the
/// peer has got its 400 then) or the link broke.
asio::awaitable<Result<std::shared_ptr<WebSocketLink>>> acceptWebSocket(Stream stream, HttpRequest request,
                                                                        std::string serverName,
                                                                        WebSocketLimits limits);

/// A link nobody need wait for: when the last owner lets go it is closed, and what runs for it ends within
/// seconds.
std::shared_ptr<WebSocketConnection> closedWithOwner(std::shared_ptr<WebSocketLink> link);

/// The client's side of the handshake; errors as connectWebSocket.
asio::awaitable<Result<std::shared_ptr<WebSocketLink>>> requestWebSocket(Stream stream, std::string origin,
                                                                         std::string target, Headers headers,
                                                                         WebSocketLimits limits);

}  // namespace ninja3cx::net
