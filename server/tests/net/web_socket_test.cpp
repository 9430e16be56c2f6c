#include "server/tests/net/running_server.hpp"

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

}  // namespace
}  // namespace ninja3cx::net
