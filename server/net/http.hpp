#pragma once

#include "shared/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP and WebSocket, server and client, behind plain types: Beast stays in this folder's .cpp files.
/// Everything here runs on one network thread; nothing blocks it.
namespace ninja3cx::net {

namespace asio = boost::asio;

/// Header fields in order; names compare without case.
class Headers {
public:
    void set(std::string name, std::string value);  // replaces
    void add(std::string name, std::string value);
    std::optional<std::string> get(std::string_view name) const;  // the first of that name
    const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

struct HttpRequest {
    std::string method;                                 // "GET"
    std::string target;                                 // as sent: path and query
    std::string path;                                   // percent-decoded
    std::map<std::string, std::string> query;           // percent-decoded; the last of equal names wins
    std::map<std::string, std::string> pathParameters;  // {id} in a route's pattern
    Headers headers;
    std::string body;
    std::string remoteAddress;  // without port
    bool isTls = false;
};

/// How much of an answer reaches the client before the connection ends. Simulators show bad links with it.
enum class Delivery { Whole = 1, HalfOfBody, Nothing };

struct HttpResponse {
    int status = 200;
    Headers headers;
    std::string body;
    Delivery delivery = Delivery::Whole;
    std::size_t bodyBytesPerSecond = 0;  // 0: at once. For the simulators
};

/// A JSON answer with its content type and Cache-Control: no-store.
HttpResponse jsonResponse(int status, std::string json);

struct WebSocketMessage {
    bool isBinary = false;
    std::string data;
};

/// One open WebSocket, either side. Network thread only. Closing is safe at any time and repeats do nothing.
/// Pings are sent while idle; a peer that answers none for two intervals is closed.
class WebSocketConnection {
public:
    virtual ~WebSocketConnection() = default;
    /// The next message; ErrorKind::Cancelled after a close by either side, Unreachable when the link broke,
    /// BadMessage when it was larger than allowed (the connection is then closed with 1009).
    virtual asio::awaitable<Result<WebSocketMessage>> receive() = 0;
    /// Puts a message into the outbox. False, and the connection closes (1013), when the outbox is full:
    /// a peer that reads too slowly reconnects and resumes; it never grows our memory.
    virtual bool sendText(std::string text) = 0;
    virtual bool sendBinary(std::string bytes) = 0;
    /// Sends what the outbox holds, then closes.
    virtual void close(std::uint16_t code, std::string reason) = 0;
    /// Asks the peer for a sign of life now, idle or not.
    virtual void ping() {}
    /// Grows with everything that comes from the peer, answers to pings included.
    virtual std::uint64_t heardCount() const { return 0; }
    /// What the peer's close frame said; 0 before it came, or when none did.
    virtual std::uint16_t peerCloseCode() const { return 0; }
    /// Resets the connection, without a close frame. For the simulators.
    virtual void breakLink() {}
    /// Lets everything sent from now on vanish, answers to pings included. For the simulators.
    virtual void playDead() {}
};

using HttpHandler = std::function<asio::awaitable<HttpResponse>(HttpRequest)>;
/// Answers an upgrade request: nothing to accept it, a response (401, 403, 404 …) to refuse it.
using WebSocketGate = std::function<std::optional<HttpResponse>(const HttpRequest&)>;
/// Lives as long as the connection; when it returns the connection is closed.
using WebSocketHandler =
    std::function<asio::awaitable<void>(HttpRequest, std::shared_ptr<WebSocketConnection>)>;

/// Routes by method and pattern: "/api/calls/{id}"; a trailing "/{rest*}" takes the remainder, slashes
/// included. The first match wins. No match: 404; the path known by other methods only: 405 with Allow.
class Router {
public:
    void add(std::string method, std::string pattern, HttpHandler handler);
    void addWebSocket(std::string pattern, WebSocketGate gate, WebSocketHandler handler);
    /// Runs round every handler (CORS, security headers, counting). The first added is the outermost.
    using Filter = std::function<asio::awaitable<HttpResponse>(HttpRequest, const HttpHandler& next)>;
    void addFilter(Filter filter);
    /// Makes the answers that no handler gives: no such address, a body too large, a request that cannot be
    /// read … Without it they are plain text.
    using ErrorAnswer = std::function<HttpResponse(int status, const std::string& message)>;
    void answerErrorsWith(ErrorAnswer answer);
    HttpResponse errorAnswer(int status, const std::string& message) const;

    asio::awaitable<HttpResponse> handle(HttpRequest request) const;
    struct WebSocketRoute {
        std::string pattern;
        WebSocketGate gate;
        WebSocketHandler handler;
    };
    /// The route of an upgrade request (fills `pathParameters`), or null.
    const WebSocketRoute* webSocketFor(HttpRequest& request) const;

private:
    struct Route {
        std::string method;
        std::string pattern;
        HttpHandler handler;
    };
    asio::awaitable<HttpResponse> runFrom(std::size_t filter, HttpRequest request) const;
    asio::awaitable<HttpResponse> dispatch(HttpRequest request) const;

    std::vector<Route> routes_;
    std::vector<WebSocketRoute> webSockets_;
    std::vector<Filter> filters_;
    ErrorAnswer errorAnswer_;
};

struct ServerTls {
    std::filesystem::path certificateFile;  // PEM, with the chain
    std::filesystem::path keyFile;          // PEM
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one
    std::optional<ServerTls> tls;
    std::size_t maxBodyBytes = 1U << 20;
    std::size_t maxMessageBytes = 1U << 20;  // of one WebSocket message
    std::size_t maxOutboxBytes = 8U << 20;   // of one WebSocket
    std::size_t maxConnections = 1024;
    std::chrono::seconds requestTimeout{30};
    std::chrono::seconds pingInterval{10};
    std::string serverName = "3cx-ninja";
    /// One line for a failure that belongs to nobody's request (accept, TLS handshake). May be empty.
    std::function<void(const std::string&)> onProblem;
};

/// Listens from construction on; serves from `run` on.
/// Throws std::runtime_error naming address, port or file when it cannot listen or the certificate is
/// unusable.
class HttpServer {
public:
    HttpServer(asio::any_io_executor executor, ServerOptions options, Router router);
    ~HttpServer();
    std::uint16_t port() const;
    /// Accepts until `stop`; returns when every connection has ended.
    asio::awaitable<void> run();
    /// No new connections; open requests get `grace` to finish, WebSockets are closed with 1001. Network
    /// thread only.
    void stop(std::chrono::milliseconds grace);

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

/// How a client judges the server's certificate.
struct ClientTls {
    std::optional<std::filesystem::path> caFile;  // in addition to the system's authorities
    bool acceptsAny = false;                      // unsafe: for a test PBX only
};

/// Whether a connection to this address may be made.
using AddressRule = std::function<bool(const asio::ip::address&)>;

struct ClientRequest {
    std::string method = "GET";
    std::string url;  // http:// or https://
    Headers headers;
    std::string body;
    ClientTls tls;
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::milliseconds totalTimeout{20'000};
    std::size_t maxBodyBytes = 16U << 20;
    /// Asked of each address right before it is connected to, whatever the name service said before. Empty: any.
    AddressRule mayReach = {};
};

/// The one interface at the network edge: tests put a fake here.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;
    /// Errors tell whether the request may have been handled: Unreachable (nothing was sent: name, connect,
    /// TLS), OutcomeUnknown (sent, then reset, timed out, or an answer that cannot be read). Cancelled, it closes
    /// its connection and answers one of the same two, it does not throw: `this_coro::cancellation_state` tells
    /// its caller why.
    virtual asio::awaitable<Result<HttpResponse>> send(ClientRequest request) = 0;
};

/// A connection for each request; no redirects are followed, no cookies kept.
class HttpClient final : public HttpTransport {
public:
    explicit HttpClient(asio::any_io_executor executor);
    asio::awaitable<Result<HttpResponse>> send(ClientRequest request) override;

private:
    class Contexts;  // TLS settings by ClientTls: authorities are read once
    asio::any_io_executor executor_;
    std::shared_ptr<Contexts> contexts_;
};

struct WebSocketClientOptions {
    std::string url;  // ws:// or wss://
    Headers headers;
    ClientTls tls;
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::seconds pingInterval{5};
    std::size_t maxMessageBytes = 1U << 20;
    std::size_t maxOutboxBytes = 8U << 20;
};

/// Errors: Unreachable, also when cancelled; Unauthorized for 401 and 403; Rejected for other answers, with the status
/// in the detail.
asio::awaitable<Result<std::shared_ptr<WebSocketConnection>>> connectWebSocket(
    asio::any_io_executor executor, WebSocketClientOptions options);

/// Percent-encoding of one path segment or query value (RFC 3986 unreserved characters stay).
std::string percentEncode(std::string_view text);
/// application/x-www-form-urlencoded fields.
std::string formEncode(const std::vector<std::pair<std::string, std::string>>& fields);
/// The last of equal names wins; a body that is not properly encoded has no fields.
std::map<std::string, std::string> formDecode(std::string_view body);

}  // namespace ninja3cx::net
