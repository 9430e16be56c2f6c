#include "server/tests/net/raw_peer.hpp"
#include "server/tests/net/running_server.hpp"
#include "shared/tests/test_certificate.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>

#include <gmock/gmock.h>

namespace ninja3cx::net {
namespace {

TEST(Client, CallsANonListenerUnreachable) {
    Loop loop;
    auto free = listenAnywhere(loop.executor());
    ClientRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(free.local_endpoint().port()) + "/";
    free.close();
    HttpClient client{loop.executor()};
    const auto response = loop.get(client.send(request));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
}

/// Accepts one connection, reads a request's header and answers with these bytes.
struct ScriptedServer {
    ScriptedServer(Loop& network, std::string answer, bool closesAfter = true)
        : loop(network), acceptor(listenAnywhere(network.executor())) {
        asio::co_spawn(loop.context(), serve(std::move(answer), closesAfter),
                       [this](std::exception_ptr) { isDone = true; });
    }
    asio::awaitable<void> serve(std::string answer, bool closesAfter) {
        peer.emplace(co_await RawPeer::accept(acceptor));
        received = co_await peer->readUntil("\r\n\r\n");
        co_await peer->write(answer);
        if (closesAfter) peer.reset();
    }
    ClientRequest request(const std::string& method = "GET") const {
        ClientRequest made;
        made.method = method;
        made.url = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/a?b=c";
        return made;
    }
    Result<HttpResponse> send(const ClientRequest& request) {
        HttpClient client{loop.executor()};
        auto response = loop.get(client.send(request));
        loop.runUntil([this] { return isDone; });
        return response;
    }

    Loop& loop;
    asio::ip::tcp::acceptor acceptor;
    std::optional<RawPeer> peer;
    std::string received;
    bool isDone = false;
};

struct AnswerRow {
    const char* name;
    const char* method;
    std::string answer;
    int status;  // 0: OutcomeUnknown
    const char* body;
};
class Answer : public testing::TestWithParam<AnswerRow> {};

TEST_P(Answer, IsReadOrItsOutcomeIsUnknown) {
    Loop loop;
    ScriptedServer server{loop, GetParam().answer};
    auto request = server.request(GetParam().method);
    request.maxBodyBytes = 10;
    const auto response = server.send(request);
    if (GetParam().status == 0) {
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().kind, ErrorKind::OutcomeUnknown);
        return;
    }
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->status, GetParam().status);
    EXPECT_EQ(response->body, GetParam().body);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Answer,
    testing::Values(
        AnswerRow{"Length", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok"},
        AnswerRow{"Chunks", "GET",
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n", 200,
                  "ok"},
        AnswerRow{"UntilTheEnd", "GET", "HTTP/1.0 201 Created\r\n\r\nok", 201, "ok"},
        AnswerRow{"NoContent", "DELETE", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
        AnswerRow{"Head", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", 200, ""},
        AnswerRow{"AfterAnInterimOne", "POST",
                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok"},
        AnswerRow{"ServerError", "GET", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", 503, ""},
        AnswerRow{"Nothing", "POST", "", 0, ""},
        AnswerRow{"CutHeader", "POST", "HTTP/1.1 200 OK\r\nConte", 0, ""},
        AnswerRow{"CutBody", "POST", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok", 0, ""},
        AnswerRow{"CutChunks", "POST", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok", 0, ""},
        AnswerRow{"NoHttp", "POST", "220 mail.example ESMTP\r\n\r\n", 0, ""},
        AnswerRow{"LargeBody", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n0123456789a", 0, ""}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(Client, SendsWhatItIsTold) {
    Loop loop;
    ScriptedServer server{loop, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    auto request = server.request("POST");
    request.headers.set("Authorization", "Bearer x");
    ASSERT_TRUE(server.send(request));
    EXPECT_THAT(server.received, testing::StartsWith("POST /a?b=c HTTP/1.1\r\n"));
    EXPECT_THAT(server.received, testing::HasSubstr("\r\nAuthorization: Bearer x\r\n"));
    EXPECT_THAT(server.received, testing::HasSubstr("\r\nContent-Length: 0\r\n"));
    EXPECT_THAT(server.received, testing::HasSubstr("\r\nHost: 127.0.0.1:"));
}

TEST(Client, ConnectsOnlyWhereItMayAndFollowsNobodyElsewhere) {
    Loop loop;
    int accepted = 0;
    Router router;
    router.add("GET", "/{rest*}", [&](HttpRequest) -> asio::awaitable<HttpResponse> {
        ++accepted;
        HttpResponse elsewhere = jsonResponse(302, "");
        elsewhere.headers.set("Location", "/other");
        co_return elsewhere;
    });
    RunningServer server{loop, std::move(router)};
    std::vector<std::string> asked;
    ClientRequest request;
    request.url = server.url("/a");
    request.mayReach = [&](const asio::ip::address& address) {
        asked.push_back(address.to_string());
        return false;
    };
    const auto refused = server.send(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unreachable);
    EXPECT_NE(refused.error().detail.find("127.0.0.1 may not be connected to"), std::string::npos);
    EXPECT_EQ(accepted, 0);
    request.url = "http://localhost:" + std::to_string(server.server.port()) + "/a";
    request.mayReach = [&](const asio::ip::address& address) {
        asked.push_back(address.to_string());
        return address.is_v4();
    };
    const auto response = server.send(request);
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->status, 302);
    EXPECT_EQ(accepted, 1);
    EXPECT_EQ(asked, (std::vector<std::string>{"127.0.0.1", "127.0.0.1"}));
}

TEST(Client, CallsTheOutcomeUnknownWhenNoAnswerComesInTime) {
    Loop loop;
    ScriptedServer server{loop, "HTTP/1.1 200 OK\r\n", false};
    auto request = server.request("POST");
    request.totalTimeout = std::chrono::milliseconds{300};
    const auto response = server.send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::OutcomeUnknown);
}

/// A task that runs until it is done or called off.
template <class T>
class Interruptible {
public:
    Interruptible(Loop& loop, asio::awaitable<T> task) : loop_(loop) {
        asio::co_spawn(loop.context(), keep(std::move(task)),
                       asio::bind_cancellation_slot(stop_.slot(), [this](std::exception_ptr failure) {
                           thrown_ = failure;
                           isDone_ = true;
                       }));
    }
    bool isDone() const { return isDone_; }
    /// What it then answers.
    T cancel() {
        // In the loop: from outside, Asio would emit it later, when the coroutine may be gone.
        bool wasAsked = false;
        asio::post(loop_.context(), [&] {
            wasAsked = true;
            if (!isDone_) stop_.emit(asio::cancellation_type::terminal);
        });
        loop_.runUntil([&] { return wasAsked && isDone_; });
        if (thrown_) std::rethrow_exception(thrown_);
        return std::move(*result_);
    }

private:
    asio::awaitable<void> keep(asio::awaitable<T> task) { result_ = co_await std::move(task); }

    Loop& loop_;
    asio::cancellation_signal stop_;
    std::optional<T> result_;
    std::exception_ptr thrown_;
    bool isDone_ = false;
};

TEST(Client, CancelledWhileItWaitsForTheAnswerItClosesTheConnection) {
    Loop loop;
    ScriptedServer server{loop, "", false};
    auto request = server.request();
    request.totalTimeout = std::chrono::hours{1};
    HttpClient client{loop.executor()};
    Interruptible sending{loop, client.send(request)};
    loop.runUntil([&] { return server.isDone; });
    EXPECT_FALSE(sending.isDone());
    const auto response = sending.cancel();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::OutcomeUnknown);
    EXPECT_EQ(loop.get(server.peer->readToEnd()), "") << "the peer sees the end";
}

TEST(Client, CancelledWhileItSendsItAnswersThatTheOutcomeIsUnknown) {
    Loop loop;
    ScriptedServer server{loop, "", false};  // reads the header only
    auto request = server.request("POST");
    request.body.assign(64U << 20, 'x');
    request.totalTimeout = std::chrono::hours{1};
    HttpClient client{loop.executor()};
    Interruptible sending{loop, client.send(request)};
    loop.runUntil([&] { return server.isDone; });
    EXPECT_FALSE(sending.isDone());
    const auto response = sending.cancel();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::OutcomeUnknown);
    EXPECT_LT(loop.get(server.peer->readToEnd()).size(), request.body.size()) << "the peer sees the end";
}

TEST(Client, CancelledInItsTlsHandshakeItAnswersThatNothingWasSent) {
    Loop loop;
    auto acceptor = listenAnywhere(loop.executor());
    ClientRequest request;
    request.url = "https://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/";
    request.tls.acceptsAny = true;
    request.connectTimeout = request.totalTimeout = std::chrono::hours{1};
    HttpClient client{loop.executor()};
    Interruptible sending{loop, client.send(request)};
    auto peer = loop.get(RawPeer::accept(acceptor));
    EXPECT_FALSE(sending.isDone());
    const auto response = sending.cancel();
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
}

TEST(Client, CancelledInAHandshakeItClosesTheConnection) {
    Loop loop;
    ScriptedServer server{loop, "", false};
    WebSocketClientOptions options;
    options.url = "ws://127.0.0.1:" + std::to_string(server.acceptor.local_endpoint().port()) + "/";
    options.connectTimeout = std::chrono::hours{1};
    Interruptible connecting{loop, connectWebSocket(loop.executor(), options)};
    loop.runUntil([&] { return server.isDone; });
    EXPECT_FALSE(connecting.isDone());
    EXPECT_FALSE(connecting.cancel());
    EXPECT_EQ(loop.get(server.peer->readToEnd()), "") << "the peer sees the end";
}

struct Interrupted {
    bool isTls;
    int steps;  // of the loop; more than it takes to connect in the last rows
};
class Connecting : public testing::TestWithParam<Interrupted> {};
TEST_P(Connecting, AnswersAnErrorWhereverItIsCancelledAndNeverThrows) {
    Loop loop;
    const test::TestCertificate certificate{"DNS:localhost"};
    Router router;
    router.addWebSocket("/ws", nullptr, echo());
    ServerOptions serverOptions;
    if (GetParam().isTls) serverOptions.tls = ServerTls{certificate.certificateFile(), certificate.keyFile()};
    RunningServer server{loop, router, serverOptions};
    WebSocketClientOptions options;
    options.url = server.url("/ws", GetParam().isTls ? "wss" : "ws");
    options.tls.acceptsAny = true;
    Interruptible connecting{loop, connectWebSocket(loop.executor(), options)};
    int steps = 0;
    loop.runUntil([&] { return connecting.isDone() || ++steps > GetParam().steps; });
    const auto connected = connecting.cancel();
    EXPECT_TRUE(connected || connected.error().kind == ErrorKind::Unreachable);
}
std::vector<Interrupted> everyStep() {
    std::vector<Interrupted> rows;
    for (int steps = 1; steps <= 40; ++steps)
        for (const bool isTls : {false, true}) rows.push_back({isTls, steps});
    return rows;
}
INSTANTIATE_TEST_SUITE_P(Steps, Connecting, testing::ValuesIn(everyStep()), [](const auto& info) {
    return (info.param.isTls ? "Tls" : "Plain") + std::to_string(info.param.steps);
});

TEST(Client, FindsAHostByName) {
    Loop loop;
    Router router;
    router.add("GET", "/", answering(jsonResponse(200, "{}")));
    RunningServer server{loop, router};
    ClientRequest request;
    request.url = "http://localhost:" + std::to_string(server.server.port());
    const auto response = server.send(request);
    EXPECT_TRUE(response) << response.error().detail;
}

class BadAddress : public testing::TestWithParam<const char*> {};
TEST_P(BadAddress, IsUnreachable) {
    Loop loop;
    ClientRequest request;
    request.url = GetParam();
    HttpClient client{loop.executor()};
    const auto response = loop.get(client.send(request));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
}
INSTANTIATE_TEST_SUITE_P(Rows, BadAddress,
                         testing::Values("", "ninja.example", "ftp://127.0.0.1/", "http://",
                                         "http://127.0.0.1:0/", "http://127.0.0.1:99999/",
                                         "http://127.0.0.1:x/", "http://user:secret@127.0.0.1/",
                                         "http://127.0.0.1/a b"));

TEST(Client, SendsNothingWithALineBreakInAField) {
    Loop loop;
    ClientRequest request;
    request.url = "http://127.0.0.1:1/";
    request.headers.set("Authorization", "x\r\nX-Other: y");
    HttpClient client{loop.executor()};
    const auto response = loop.get(client.send(request));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
}

}  // namespace
}  // namespace ninja3cx::net
