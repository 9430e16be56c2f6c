#include "server/tests/net/raw_peer.hpp"
#include "server/tests/net/running_server.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

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

/// What the server answers to these bytes, until it closes.
std::string exchange(RunningServer& server, const std::string& bytes) {
    auto peer = server.loop.get(RawPeer::connect(server.server.port()));
    server.loop.get(peer.write(bytes));
    return server.loop.get(peer.readToEnd());
}

struct RawRow {
    const char* name;
    std::string request;
    const char* statusLine;
};
class RawRequest : public testing::TestWithParam<RawRow> {};

TEST_P(RawRequest, IsAnswered) {
    Loop loop;
    ServerOptions options;
    options.maxBodyBytes = 10;
    RunningServer server{loop, echoTable(), options};
    EXPECT_THAT(exchange(server, GetParam().request), testing::StartsWith(GetParam().statusLine));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RawRequest,
    testing::Values(
        RawRow{"Http10ClosesByItself", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK\r\n"},
        RawRow{"FullBody", "POST /echo HTTP/1.1\r\nConnection: close\r\nContent-Length: 10\r\n\r\n0123456789",
               "HTTP/1.1 200 OK\r\n"},
        RawRow{"LargeBody", "POST /echo HTTP/1.1\r\nContent-Length: 11\r\n\r\n0123456789a", "HTTP/1.1 413 "},
        RawRow{"LargeBodyAnnounced", "POST /echo HTTP/1.1\r\nContent-Length: 999999\r\n\r\n",
               "HTTP/1.1 413 "},
        RawRow{"LargeChunks",
               "POST /echo HTTP/1.1\r\nTransfer-Encoding: "
               "chunked\r\n\r\n8\r\n01234567\r\n8\r\n01234567\r\n0\r\n\r\n",
               "HTTP/1.1 413 "},
        RawRow{"LargeHeader", "GET / HTTP/1.1\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n",
               "HTTP/1.1 431 "},
        RawRow{"EndlessHeader", "GET / HTTP/1.1\r\nX: " + std::string(100'000, 'x'), "HTTP/1.1 431 "},
        RawRow{"NoHttp", "EHLO mail\r\n\r\n", "HTTP/1.1 400 "},
        RawRow{"BadLength", "POST /echo HTTP/1.1\r\nContent-Length: ten\r\n\r\n", "HTTP/1.1 400 "},
        RawRow{"TwoLengths", "POST /echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12",
               "HTTP/1.1 400 "},
        RawRow{"LengthAndChunks",
               "POST /echo HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
               "HTTP/1.1 400 "},
        RawRow{"BadEncoding", "GET /%zz HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
        RawRow{"DotSegments", "GET /../etc/passwd HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
        RawRow{"WrongMethod", "DELETE /echo HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 405 "},
        RawRow{"NoGetThere", "POST /nothing HTTP/1.0\r\n\r\n", "HTTP/1.1 405 "}),
    [](const auto& info) { return std::string{info.param.name}; });

class WordedError : public testing::TestWithParam<RawRow> {};

TEST_P(WordedError, IsAsTheRoutesOwnerWordsIt) {
    Loop loop;
    Router router = echoTable();
    router.answerErrorsWith([](int status, const std::string& message) {
        return jsonResponse(status, "[" + std::to_string(status) + ",\"" + message + "\"]");
    });
    ServerOptions options;
    options.maxBodyBytes = 10;
    RunningServer server{loop, router, options};
    const std::string answer = exchange(server, GetParam().request);
    EXPECT_THAT(answer, testing::HasSubstr("Content-Type: application/json; charset=utf-8\r\n"));
    EXPECT_THAT(answer, testing::EndsWith(GetParam().statusLine));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, WordedError,
    testing::Values(RawRow{"LargeBody", "POST /echo HTTP/1.1\r\nContent-Length: 11\r\n\r\n",
                           "[413,\"the body is larger than 10 bytes\"]"},
                    RawRow{"LargeHeader", "GET / HTTP/1.1\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n",
                           "[431,\"the header is larger than 32768 bytes\"]"},
                    RawRow{"NoHttp", "EHLO mail\r\n\r\n", "[400,\"this is no request that can be read\"]"},
                    RawRow{"BadEncoding", "GET /%zz HTTP/1.1\r\n\r\n",
                           "[400,\"this is no request that can be read\"]"},
                    RawRow{"WrongMethod", "DELETE /echo HTTP/1.0\r\n\r\n",
                           "[405,\"this address knows other methods only\"]"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Server, KeepsAConnectionForThePipelinedAndTheNextRequest) {
    Loop loop;
    RunningServer server{loop, echoTable()};
    auto peer = loop.get(RawPeer::connect(server.server.port()));
    loop.get(
        peer.write("GET /a HTTP/1.1\r\n\r\nPOST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "3\r\nabc\r\n0\r\n\r\n"));
    EXPECT_THAT(loop.get(peer.readUntil("GET /a ")), testing::HasSubstr("Connection: keep-alive\r\n"));
    loop.get(peer.readUntil("POST /echo abc"));
    loop.get(peer.write("GET /b HTTP/1.1\r\nConnection: close\r\n\r\n"));
    const auto last = loop.get(peer.readToEnd());
    EXPECT_THAT(last, testing::HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(last, testing::EndsWith("GET /b "));
}

TEST(Server, AsksForABodyThatWaitsForIt) {
    Loop loop;
    RunningServer server{loop, echoTable()};
    auto peer = loop.get(RawPeer::connect(server.server.port()));
    loop.get(peer.write("POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
    EXPECT_EQ(loop.get(peer.readUntil("\r\n\r\n")), "HTTP/1.1 100 Continue\r\n\r\n");
    loop.get(peer.write("ok"));
    EXPECT_THAT(loop.get(peer.readUntil("POST /echo ok")), testing::StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST(Server, SendsNoBodyToHead) {
    Loop loop;
    RunningServer server{loop, echoTable()};
    const auto text = exchange(server, "HEAD /abc HTTP/1.0\r\n\r\n");
    EXPECT_THAT(text, testing::HasSubstr("Content-Length: 10\r\n"));
    EXPECT_THAT(text, testing::EndsWith("\r\n\r\n"));
}

TEST(Server, LetsNoFieldStartAnother) {
    Loop loop;
    Router router;
    HttpResponse response;
    response.headers.set("X-Name", "a\r\nSet-Cookie: stolen");
    router.add("GET", "/", answering(response));
    RunningServer server{loop, router};
    const auto answer = server.get("/");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->headers.get("Set-Cookie"), std::nullopt);
}

TEST(Server, AnswersAFailedHandlerWith500AndTellsWhy) {
    Loop loop;
    Router router;
    router.add("GET", "/", [](HttpRequest) -> asio::awaitable<HttpResponse> {
        throw std::runtime_error{"disk on fire"};
        co_return HttpResponse{};
    });
    ServerOptions options;
    std::vector<std::string> problems;
    options.onProblem = [&](const std::string& problem) { problems.push_back(problem); };
    RunningServer server{loop, router, options};
    const auto answer = server.get("/");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500);
    EXPECT_THAT(answer->body, testing::Not(testing::HasSubstr("fire")));
    EXPECT_THAT(problems, testing::ElementsAre(testing::HasSubstr("disk on fire")));
}

TEST(Server, ClosesAConnectionWhoseRequestDoesNotCome) {
    Loop loop;
    ServerOptions options;
    options.requestTimeout = std::chrono::seconds{1};
    RunningServer server{loop, echoTable(), options};
    EXPECT_EQ(exchange(server, "GET / HTT"), "");
}

TEST(Server, ClosesConnectionsOverTheLimitAndServesAgainLater) {
    Loop loop;
    ServerOptions options;
    options.maxConnections = 1;
    std::vector<std::string> problems;
    options.onProblem = [&](const std::string& problem) { problems.push_back(problem); };
    RunningServer server{loop, echoTable(), options};
    auto first = loop.get(RawPeer::connect(server.server.port()));
    loop.get(first.write("GET /a HTTP/1.1\r\n\r\n"));
    loop.get(first.readUntil("GET /a "));
    EXPECT_EQ(exchange(server, ""), "");
    EXPECT_EQ(exchange(server, ""), "");
    EXPECT_EQ(problems.size(), 1U);
    loop.get(first.write("GET /a HTTP/1.1\r\nConnection: close\r\n\r\n"));
    loop.get(first.readToEnd());
    { const auto gone = std::move(first); }
    loop.runUntil([&] { return server.get("/").has_value(); });
}

TEST(Server, RefusesAnAddressThatIsTaken) {
    Loop loop;
    RunningServer server{loop, Router{}};
    ServerOptions options;
    options.port = server.server.port();
    try {
        HttpServer second(loop.executor(), options, Router{});
        FAIL() << "it listens";
    } catch (const std::runtime_error& failure) {
        EXPECT_THAT(failure.what(), testing::HasSubstr("127.0.0.1:" + std::to_string(options.port)));
    }
}

TEST(Stopping, ClosesIdleConnectionsAtOnce) {
    Loop loop;
    RunningServer server{loop, echoTable()};
    auto idle = loop.get(RawPeer::connect(server.server.port()));
    loop.get(idle.write("GET /a HTTP/1.1\r\n\r\n"));
    loop.get(idle.readUntil("GET /a "));
    server.stop(std::chrono::hours{1});
    EXPECT_EQ(loop.get(idle.readToEnd()), "");
}

/// A handler that waits until the test opens its gate, or for ever.
struct SlowHandler {
    explicit SlowHandler(Loop& loop) : gate(loop.context()) {
        gate.expires_at(asio::steady_timer::time_point::max());
    }

    HttpHandler handler() {
        return [this](HttpRequest) -> asio::awaitable<HttpResponse> {
            isRunning = true;
            try {
                co_await gate.async_wait(asio::use_awaitable);
            } catch (const boost::system::system_error&) {
                if (!isOpen) throw;
            }
            HttpResponse response;
            response.body = "late";
            co_return response;
        };
    }
    void open() {
        isOpen = true;
        gate.cancel();
    }

    asio::steady_timer gate;
    bool isRunning = false;
    bool isOpen = false;
};

TEST(Stopping, LetsAnOpenRequestFinish) {
    Loop loop;
    SlowHandler slow{loop};
    Router router;
    router.add("GET", "/", slow.handler());
    RunningServer server{loop, router};
    auto peer = loop.get(RawPeer::connect(server.server.port()));
    loop.get(peer.write("GET / HTTP/1.1\r\n\r\n"));
    loop.runUntil([&] { return slow.isRunning; });
    server.server.stop(std::chrono::hours{1});
    slow.open();
    EXPECT_THAT(loop.get(peer.readToEnd()), testing::EndsWith("late"));
    { const auto gone = std::move(peer); }
    loop.runUntil([&] { return server.hasEnded; });
}

TEST(Stopping, EndsAHandlerThatOutlivesTheGrace) {
    Loop loop;
    SlowHandler slow{loop};
    Router router;
    router.add("GET", "/", slow.handler());
    RunningServer server{loop, router};
    auto peer = loop.get(RawPeer::connect(server.server.port()));
    loop.get(peer.write("GET / HTTP/1.1\r\n\r\n"));
    loop.runUntil([&] { return slow.isRunning; });
    server.stop(std::chrono::milliseconds{1});
    EXPECT_EQ(loop.get(peer.readToEnd()), "");
}

TEST(Stopping, BeforeRunningIsAllowed) {
    Loop loop;
    HttpServer server(loop.executor(), ServerOptions{}, Router{});
    const auto port = server.port();
    server.stop(std::chrono::hours{1});
    loop.get(server.run());  // ends at once: there is nobody to wait for
    EXPECT_THROW(loop.get(RawPeer::connect(port)), boost::system::system_error);
}

}  // namespace
}  // namespace ninja3cx::net
