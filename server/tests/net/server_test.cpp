#include "server/tests/net/running_server.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::net {
namespace {

HttpHandler echoRequest() {
    return [](HttpRequest request) -> asio::awaitable<HttpResponse> {
        auto response = jsonResponse(200, request.method + " " + request.path + " " + request.body);
        response.headers.set("X-Remote", request.remoteAddress);
        co_return response;
    };
}

Router echoTable() {
    Router router;
    router.add("GET", "/{rest*}", echoRequest());
    router.add("POST", "/echo", echoRequest());
    return router;
}

TEST(Server, AnswersARequest) {
    Loop loop;
    RunningServer server{loop, echoTable()};
    ClientRequest request;
    request.method = "POST";
    request.url = server.url("/echo");
    request.body = "bonjour";
    const auto response = server.send(request);
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "POST /echo bonjour");
    EXPECT_EQ(response->headers.get("Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(response->headers.get("Cache-Control"), "no-store");
    EXPECT_EQ(response->headers.get("Server"), "3cx-ninja");
    EXPECT_EQ(response->headers.get("X-Remote"), "127.0.0.1");
}

TEST(Server, AnswersLargeBodies) {
    Loop loop;
    Router router;
    HttpResponse large;
    large.body = std::string(5'000'000, 'x');
    router.add("GET", "/", answering(large));
    RunningServer server{loop, router};
    const auto response = server.get("/");
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->body, large.body);
}

}  // namespace
}  // namespace ninja3cx::net
