#include "server/tests/net/raw_peer.hpp"
#include "server/tests/net/running_server.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gmock/gmock.h>

namespace ninja3cx::net {
namespace {

Router socketTable(WebSocketHandler handler, WebSocketGate gate = nullptr) {
    Router router;
    router.addWebSocket("/ws/{id}", std::move(gate), std::move(handler));
    return router;
}

Result<std::shared_ptr<WebSocketConnection>> connect(RunningServer& server, const std::string& path = "/ws/1",
                                                     Headers headers = {}) {
    WebSocketClientOptions options;
    options.url = server.url(path, "ws");
    options.headers = std::move(headers);
    return server.loop.get(connectWebSocket(server.loop.executor(), options));
}

TEST(WebSocket, CarriesTextAndBinaryBothWays) {
    Loop loop;
    RunningServer server{loop, socketTable(echo())};
    auto socket = connect(server);
    ASSERT_TRUE(socket) << socket.error().detail;
    EXPECT_TRUE((*socket)->sendText("été"));
    EXPECT_TRUE((*socket)->sendBinary(std::string("\0\xff", 2)));
    auto first = loop.get((*socket)->receive());
    ASSERT_TRUE(first) << first.error().detail;
    EXPECT_FALSE(first->isBinary);
    EXPECT_EQ(first->data, "été");
    auto second = loop.get((*socket)->receive());
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->isBinary);
    EXPECT_EQ(second->data, std::string("\0\xff", 2));
}

TEST(WebSocket, RefusedByItsGateIsAnOrdinaryAnswer) {
    Loop loop;
    bool hasStarted = false;
    RunningServer server{loop,
                         socketTable(
                             [&](HttpRequest, std::shared_ptr<WebSocketConnection>) -> asio::awaitable<void> {
                                 hasStarted = true;
                                 co_return;
                             },
                             [](const HttpRequest&) { return jsonResponse(401, "{}"); })};
    auto socket = connect(server);
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().kind, ErrorKind::Unauthorized);
    EXPECT_FALSE(hasStarted);
}

/// What became of the server's end.
struct Outcome {
    std::optional<Error> error;
    std::uint16_t code = 0;
    std::shared_ptr<WebSocketConnection> socket;

    /// Receives until the end.
    WebSocketHandler handler() {
        return [this](HttpRequest, std::shared_ptr<WebSocketConnection> opened) -> asio::awaitable<void> {
            socket = opened;
            for (;;) {
                auto message = co_await opened->receive();
                if (message) continue;
                code = opened->peerCloseCode();
                error = message.error();
                co_return;
            }
        };
    }
};

const std::string kHandshake =
    "GET /ws/1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

TEST(WebSocket, AfterARefusalTheConnectionStillServesRequests) {
    Loop loop;
    auto router = socketTable(echo(), [](const HttpRequest&) { return jsonResponse(401, "{}"); });
    router.add("GET", "/a", answering(jsonResponse(200, "[]")));
    RunningServer server{loop, router};
    auto peer = loop.get(RawPeer::connect(server.server.port()));
    loop.get(peer.write(kHandshake));
    EXPECT_THAT(loop.get(peer.readUntil("{}")), testing::StartsWith("HTTP/1.1 401 Unauthorized"));
    loop.get(peer.write("GET /a HTTP/1.1\r\n\r\n"));
    EXPECT_THAT(loop.get(peer.readUntil("[]")), testing::StartsWith("HTTP/1.1 200 OK"));
}

TEST(WebSocket, AtAnUnknownPathIsRejected) {
    Loop loop;
    RunningServer server{loop, socketTable(echo())};
    const auto socket = connect(server, "/other");
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().kind, ErrorKind::Rejected);
    EXPECT_THAT(socket.error().detail, testing::HasSubstr("404"));
}

TEST(WebSocket, WithoutItsKeyGets400) {
    Loop loop;
    RunningServer server{loop, socketTable(echo())};
    auto peer = loop.get(RawPeer::connect(server.server.port()));
    loop.get(
        peer.write("GET /ws/1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"));
    EXPECT_THAT(loop.get(peer.readToEnd()), testing::StartsWith("HTTP/1.1 400 "));
}

TEST(WebSocket, ShowsItsGateAndHandlerTheRequest) {
    Loop loop;
    std::string seen;
    RunningServer server{
        loop, socketTable(
                  [&](HttpRequest request, std::shared_ptr<WebSocketConnection>) -> asio::awaitable<void> {
                      seen += " " + request.pathParameters.at("id") + request.query.at("q");
                      co_return;
                  },
                  [&](const HttpRequest& request) -> std::optional<HttpResponse> {
                      seen = request.headers.get("Authorization").value_or("");
                      return std::nullopt;
                  })};
    Headers headers;
    headers.set("Authorization", "Bearer k");
    auto socket = connect(server, "/ws/a%201?q=2", headers);
    ASSERT_TRUE(socket);
    const auto end = loop.get((*socket)->receive());
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().kind, ErrorKind::Cancelled);
    EXPECT_EQ((*socket)->peerCloseCode(), 1000);
    EXPECT_EQ(seen, "Bearer k a 12");
}

TEST(WebSocket, SendsItsOutboxBeforeItCloses) {
    Loop loop;
    RunningServer server{
        loop,
        socketTable([](HttpRequest, std::shared_ptr<WebSocketConnection> socket) -> asio::awaitable<void> {
            for (int i = 0; i < 100; ++i) socket->sendText(std::string(10'000, 'x'));
            socket->close(4001, "another agent");
            socket->close(4002, "ignored");
            EXPECT_FALSE(socket->sendText("too late"));
            co_return;
        })};
    auto socket = connect(server);
    ASSERT_TRUE(socket);
    int count = 0;
    for (auto message = loop.get((*socket)->receive()); message; message = loop.get((*socket)->receive()))
        ++count;
    EXPECT_EQ(count, 100);
    EXPECT_EQ((*socket)->peerCloseCode(), 4001);
}

TEST(WebSocket, TellsTheHandlerThatTheClientClosed) {
    Loop loop;
    Outcome outcome;
    RunningServer server{loop, socketTable(outcome.handler())};
    auto socket = connect(server);
    ASSERT_TRUE(socket);
    (*socket)->close(3000, "bye");
    EXPECT_EQ(loop.get((*socket)->receive()).error().kind, ErrorKind::Cancelled);
    loop.runUntil([&] { return outcome.error.has_value(); });
    EXPECT_EQ(outcome.error->kind, ErrorKind::Cancelled);
    EXPECT_EQ(outcome.code, 3000);
}

TEST(WebSocket, ClosesWhenItsLastOwnerLetsGo) {
    Loop loop;
    Outcome outcome;
    RunningServer server{loop, socketTable(outcome.handler())};
    {
        auto socket = connect(server);
        ASSERT_TRUE(socket);
        (*socket)->sendText("last words");
    }
    loop.runUntil([&] { return outcome.error.has_value(); });
    EXPECT_EQ(outcome.code, 1000);
}

TEST(WebSocket, OfAVanishedPeerIsUnreachable) {
    Loop loop;
    Outcome outcome;
    RunningServer server{loop, socketTable(outcome.handler())};
    {
        auto peer = loop.get(RawPeer::connect(server.server.port()));
        loop.get(peer.write(kHandshake));
        EXPECT_THAT(loop.get(peer.readUntil("\r\n\r\n")), testing::StartsWith("HTTP/1.1 101 "));
    }
    loop.runUntil([&] { return outcome.error.has_value(); });
    EXPECT_EQ(outcome.error->kind, ErrorKind::Unreachable);
}

TEST(WebSocket, RefusesAMessageThatIsTooLarge) {
    Loop loop;
    Outcome outcome;
    ServerOptions options;
    options.maxMessageBytes = 1000;
    RunningServer server{loop, socketTable(outcome.handler()), options};
    auto socket = connect(server);
    ASSERT_TRUE(socket);
    (*socket)->sendText(std::string(1000, 'x'));
    (*socket)->sendText(std::string(1001, 'x'));
    EXPECT_FALSE(loop.get((*socket)->receive()));
    EXPECT_EQ((*socket)->peerCloseCode(), 1009);
    loop.runUntil([&] { return outcome.error.has_value(); });
    EXPECT_EQ(outcome.error->kind, ErrorKind::BadMessage);
}

TEST(WebSocket, RefusesFramesThatAreNone) {
    Loop loop;
    Outcome outcome;
    RunningServer server{loop, socketTable(outcome.handler())};
    auto peer = loop.get(RawPeer::connect(server.server.port()));
    loop.get(peer.write(kHandshake));
    loop.get(peer.readUntil("\r\n\r\n"));
    loop.get(peer.write("\xff\xff garbage of more than a header"));
    loop.get(peer.readToEnd());
    loop.runUntil([&] { return outcome.error.has_value(); });
    EXPECT_EQ(outcome.error->kind, ErrorKind::BadMessage);
}

TEST(WebSocket, DropsAPeerThatReadsTooSlowly) {
    Loop loop;
    ServerOptions options;
    options.maxOutboxBytes = 1U << 20;
    bool wasRefused = false;
    std::optional<ErrorKind> end;
    RunningServer server{
        loop,
        socketTable([&](HttpRequest, std::shared_ptr<WebSocketConnection> socket) -> asio::awaitable<void> {
            const std::string message(100'000, 'x');
            while (socket->sendBinary(message)) co_await asio::post(asio::use_awaitable);
            wasRefused = true;
            end = (co_await socket->receive()).error().kind;
        }),
        options};
    auto slow = loop.get(RawPeer::connect(server.server.port()));
    loop.get(slow.write(kHandshake));
    loop.runUntil([&] { return end.has_value(); });
    EXPECT_TRUE(wasRefused);
    EXPECT_EQ(end, ErrorKind::Cancelled);
    server.stop();
    loop.get(slow.readToEnd());
}

TEST(WebSocket, StopsReadingWhileNobodyReceivesAndLosesNothing) {
    Loop loop;
    RunningServer server{
        loop,
        socketTable([](HttpRequest, std::shared_ptr<WebSocketConnection> socket) -> asio::awaitable<void> {
            for (int i = 0; i < 500; ++i) socket->sendText(std::to_string(i));
            co_await socket->receive();
        })};
    auto socket = connect(server);
    ASSERT_TRUE(socket);
    server.get("/");  // time for the messages to arrive
    for (int i = 0; i < 500; ++i) {
        const auto message = loop.get((*socket)->receive());
        ASSERT_TRUE(message);
        EXPECT_EQ(message->data, std::to_string(i));
    }
}

TEST(WebSocket, ClosesAPeerThatAnswersNoPings) {
    Loop loop;
    Outcome outcome;
    ServerOptions options;
    options.pingInterval = std::chrono::seconds{1};
    RunningServer server{loop, socketTable(outcome.handler()), options};
    auto silent = loop.get(RawPeer::connect(server.server.port()));
    loop.get(silent.write(kHandshake));
    loop.get(silent.readUntil("\r\n\r\n"));
    EXPECT_THAT(loop.get(silent.readToEnd()), testing::StartsWith(std::string("\x89\0", 2)));
    loop.runUntil([&] { return outcome.error.has_value(); });
    EXPECT_EQ(outcome.error->kind, ErrorKind::Unreachable);
}

TEST(WebSocket, WhoseHandlerFailsIsClosedWith1011) {
    Loop loop;
    RunningServer server{
        loop, socketTable([](HttpRequest, std::shared_ptr<WebSocketConnection>) -> asio::awaitable<void> {
            throw std::runtime_error{"failed"};
            co_return;
        })};
    auto socket = connect(server);
    ASSERT_TRUE(socket);
    EXPECT_FALSE(loop.get((*socket)->receive()));
    EXPECT_EQ((*socket)->peerCloseCode(), 1011);
}

TEST(WebSocket, IsClosedWith1001WhenTheServerStops) {
    Loop loop;
    Outcome outcome;
    RunningServer server{loop, socketTable(outcome.handler())};
    auto socket = connect(server);
    ASSERT_TRUE(socket);
    server.stop(std::chrono::hours{1});
    EXPECT_FALSE(loop.get((*socket)->receive()));
    EXPECT_EQ((*socket)->peerCloseCode(), 1001);
    EXPECT_EQ(outcome.error->kind, ErrorKind::Cancelled);
}

TEST(WebSocket, ToNobodyIsUnreachable) {
    Loop loop;
    auto acceptor = listenAnywhere(loop.executor());
    WebSocketClientOptions options;
    options.url = "ws://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/";
    options.connectTimeout = std::chrono::milliseconds{100};
    const auto silent = loop.get(connectWebSocket(loop.executor(), options));
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().kind, ErrorKind::Unreachable);
    acceptor.close();
    const auto closed = loop.get(connectWebSocket(loop.executor(), options));
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().kind, ErrorKind::Unreachable);
}

}  // namespace
}  // namespace ninja3cx::net
