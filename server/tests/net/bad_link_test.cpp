#include "server/tests/net/running_server.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::net {
namespace {

Result<HttpResponse> answerOf(Delivery delivery) {
    Loop loop;
    Router router;
    HttpResponse response;
    response.body = "0123456789";
    response.delivery = delivery;
    router.add("GET", "/", answering(response));
    RunningServer server{loop, router};
    return server.get("/");
}

TEST(BadLink, LeavesTheOutcomeUnknownWhetherHalfOrNothingArrived) {
    ASSERT_TRUE(answerOf(Delivery::Whole));
    for (const auto delivery : {Delivery::HalfOfBody, Delivery::Nothing}) {
        const auto answer = answerOf(delivery);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().kind, ErrorKind::OutcomeUnknown) << answer.error().detail;
    }
}

WebSocketHandler onFirstMessage(std::function<void(WebSocketConnection&)> act) {
    return [act](HttpRequest, std::shared_ptr<WebSocketConnection> socket) -> asio::awaitable<void> {
        while (co_await socket->receive()) act(*socket);
    };
}

Error endAfter(std::function<void(WebSocketConnection&)> act, std::chrono::seconds pingInterval) {
    Loop loop;
    Router router;
    router.addWebSocket("/ws", nullptr, onFirstMessage(std::move(act)));
    RunningServer server{loop, router};
    WebSocketClientOptions options;
    options.url = server.url("/ws", "ws");
    options.pingInterval = pingInterval;
    auto socket = loop.get(connectWebSocket(loop.executor(), options));
    if (!socket) return socket.error();
    (*socket)->sendText("go");
    const auto message = loop.get((*socket)->receive());
    return message ? Error{ErrorKind::BadMessage, "a message came"} : message.error();
}

TEST(BadLink, OfAWebSocketEndsWithoutACloseFrame) {
    const auto error =
        endAfter([](WebSocketConnection& socket) { socket.breakLink(); }, std::chrono::seconds{5});
    EXPECT_EQ(error.kind, ErrorKind::Unreachable) << error.detail;
}

TEST(BadLink, OfAWebSocketThatPlaysDeadIsNoticedByItsMissingPongs) {
    const auto error = endAfter(
        [](WebSocketConnection& socket) {
            socket.playDead();
            socket.sendText("never seen");
        },
        std::chrono::seconds{1});
    EXPECT_EQ(error.kind, ErrorKind::Unreachable) << error.detail;
}

}  // namespace
}  // namespace ninja3cx::net
