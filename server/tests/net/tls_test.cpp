#include "server/net/reach.hpp"
#include "server/tests/net/raw_peer.hpp"
#include "server/tests/net/running_server.hpp"
#include "shared/tests/test_certificate.hpp"

#include <gmock/gmock.h>

namespace ninja3cx::net {
namespace {

using namespace std::chrono_literals;
using test::TestCertificate;

ServerOptions optionsWith(const TestCertificate& certificate) {
    ServerOptions options;
    options.tls = ServerTls{certificate.certificateFile(), certificate.keyFile()};
    return options;
}

Router table() {
    Router router;
    router.add("GET", "/", [](HttpRequest request) -> asio::awaitable<HttpResponse> {
        HttpResponse response;
        response.body = request.isTls ? std::string(300'000, 's') : "plain";
        co_return response;
    });
    router.addWebSocket("/ws", nullptr, echo());
    return router;
}

ClientTls trusting(const TestCertificate& certificate) {
    return {certificate.certificateFile(), false};
}

Result<HttpResponse> get(RunningServer& server, const std::string& host, ClientTls tls) {
    ClientRequest request;
    request.url = "https://" + host + ":" + std::to_string(server.server.port()) + "/";
    request.tls = std::move(tls);
    return server.send(request);
}

TEST(Tls, ServesAClientThatTrustsTheCertificate) {
    Loop loop;
    const TestCertificate certificate{"DNS:localhost"};
    RunningServer server{loop, table(), optionsWith(certificate)};
    const auto response = get(server, "localhost", trusting(certificate));
    ASSERT_TRUE(response) << response.error().detail;
    EXPECT_EQ(response->body, std::string(300'000, 's'));
}

TEST(Tls, AcceptsAnAddressThatTheCertificateNames) {
    Loop loop;
    const TestCertificate certificate{"IP:127.0.0.1"};
    RunningServer server{loop, table(), optionsWith(certificate)};
    const auto response = get(server, "127.0.0.1", trusting(certificate));
    EXPECT_TRUE(response) << response.error().detail;
}

TEST(Tls, RefusesACertificateForAnotherHost) {
    Loop loop;
    const TestCertificate certificate{"DNS:pbx.example,IP:127.0.0.2"};
    RunningServer server{loop, table(), optionsWith(certificate)};
    for (const auto* const host : {"localhost", "127.0.0.1"}) {
        const auto response = get(server, host, trusting(certificate));
        ASSERT_FALSE(response) << host;
        EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
    }
}

TEST(Tls, RefusesAnUnknownAuthority) {
    Loop loop;
    const TestCertificate certificate{"DNS:localhost"};
    const TestCertificate other{"DNS:localhost"};
    RunningServer server{loop, table(), optionsWith(certificate)};
    for (const auto& tls : {ClientTls{}, trusting(other)}) {
        const auto response = get(server, "localhost", tls);
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
    }
}

TEST(Tls, TakesAnyCertificateWhenToldTo) {
    Loop loop;
    const TestCertificate certificate{"DNS:pbx.example"};
    RunningServer server{loop, table(), optionsWith(certificate)};
    const auto response = get(server, "127.0.0.1", ClientTls{std::nullopt, true});
    EXPECT_TRUE(response) << response.error().detail;
}

TEST(Tls, AClientForgetsNoAuthorityBetweenRequests) {
    Loop loop;
    const TestCertificate certificate{"DNS:localhost"};
    RunningServer server{loop, table(), optionsWith(certificate)};
    HttpClient client{loop.executor()};
    ClientRequest request;
    request.url = "https://localhost:" + std::to_string(server.server.port()) + "/";
    for (const bool isTrusting : {true, false, true}) {
        request.tls = isTrusting ? trusting(certificate) : ClientTls{};
        EXPECT_EQ(loop.get(client.send(request)).has_value(), isTrusting);
    }
}

TEST(Tls, AnUnreadableAuthorityFileStopsTheRequestBeforeItIsSent) {
    Loop loop;
    const TestCertificate certificate{"DNS:localhost"};
    RunningServer server{loop, table(), optionsWith(certificate)};
    const auto response = get(server, "localhost", ClientTls{"/nowhere/ca.pem", false});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
    EXPECT_THAT(response.error().detail, testing::HasSubstr("/nowhere/ca.pem"));
}

TEST(Tls, CarriesWebSockets) {
    Loop loop;
    const TestCertificate certificate{"DNS:localhost"};
    RunningServer server{loop, table(), optionsWith(certificate)};
    WebSocketClientOptions options;
    options.url = "wss://localhost:" + std::to_string(server.server.port()) + "/ws";
    options.tls = trusting(certificate);
    auto socket = loop.get(connectWebSocket(loop.executor(), options));
    ASSERT_TRUE(socket) << socket.error().detail;
    const std::string large(500'000, 'x');
    for (int i = 0; i < 5; ++i) (*socket)->sendBinary(large);
    for (int i = 0; i < 5; ++i) {
        const auto message = loop.get((*socket)->receive());
        ASSERT_TRUE(message) << message.error().detail;
        EXPECT_EQ(message->data, large);
    }

    options.tls = {};
    const auto untrusted = loop.get(connectWebSocket(loop.executor(), options));
    ASSERT_FALSE(untrusted);
    EXPECT_EQ(untrusted.error().kind, ErrorKind::Unreachable);
}

TEST(Tls, ReportsAHandshakeThatIsNone) {
    Loop loop;
    const TestCertificate certificate{"DNS:localhost"};
    auto options = optionsWith(certificate);
    std::vector<std::string> problems;
    options.onProblem = [&](const std::string& problem) { problems.push_back(problem); };
    RunningServer server{loop, table(), options};
    auto peer = loop.get(RawPeer::connect(server.server.port()));
    loop.get(peer.write("GET / HTTP/1.1\r\n\r\n"));
    loop.get(peer.readToEnd());
    EXPECT_THAT(problems, testing::ElementsAre(testing::HasSubstr("TLS handshake")));
}

TEST(Tls, AServerThatAnswersNoHandshakeIsUnreachable) {
    Loop loop;
    auto acceptor = listenAnywhere(loop.executor());
    ClientRequest request;
    request.url = "https://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/";
    request.connectTimeout = std::chrono::milliseconds{100};
    HttpClient client{loop.executor()};
    const auto response = loop.get(client.send(request));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::Unreachable);
}

TEST(Tls, AServerRefusesToStartWithoutItsCertificate) {
    Loop loop;
    const TestCertificate certificate{"DNS:localhost"};
    auto options = optionsWith(certificate);
    options.tls->certificateFile = "/nowhere/server.pem";
    try {
        HttpServer server(loop.executor(), options, Router{});
        FAIL() << "it started";
    } catch (const std::runtime_error& failure) {
        EXPECT_THAT(failure.what(), testing::HasSubstr("/nowhere/server.pem"));
    }
    const TestCertificate other{"DNS:localhost"};
    options = optionsWith(certificate);
    options.tls->keyFile = other.keyFile();
    EXPECT_THROW(HttpServer(loop.executor(), options, Router{}), std::runtime_error);
}

struct TrustRow {
    const char* name;
    const char* names;  // of the certificate
    long fromS;
    long untilS;
    bool isTrusted;
    std::optional<ReachProblem> problem;
    const char* words;
};
class Certificates : public testing::TestWithParam<TrustRow> {};
TEST_P(Certificates, AreRefusedWithWhatToDo) {
    const TrustRow& row = GetParam();
    Loop loop;
    const TestCertificate certificate{row.names, row.fromS, row.untilS};
    RunningServer server{loop, table(), optionsWith(certificate)};
    const std::string url = "https://localhost:" + std::to_string(server.server.port()) + "/";
    const auto failure =
        loop.get(reach(loop.executor(), url, row.isTrusted ? trusting(certificate) : ClientTls{}, 20s));
    EXPECT_EQ(failure ? std::optional{failure->problem} : std::nullopt, row.problem)
        << (failure ? failure->detail : "");
    if (!failure) return;
    EXPECT_THAT(failure->detail, testing::HasSubstr(row.words));
    const auto response = get(server, "localhost", row.isTrusted ? trusting(certificate) : ClientTls{});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().detail, failure->detail) << "a log says the same";
}
INSTANTIATE_TEST_SUITE_P(Rows, Certificates,
                         testing::Values(TrustRow{"Good", "DNS:localhost", -60, 3600, true, std::nullopt, ""},
                                         TrustRow{"SelfSigned", "DNS:localhost", -60, 3600, false,
                                                  ReachProblem::SelfSigned, "name its file in caFile"},
                                         TrustRow{"WrongName", "DNS:pbx.example,DNS:pbx2.example", -60, 3600,
                                                  true, ReachProblem::WrongName,
                                                  "not for localhost but for pbx.example, pbx2.example"},
                                         TrustRow{"Expired", "DNS:localhost", -7200, -3600, true,
                                                  ReachProblem::Expired, "has expired"},
                                         TrustRow{"NotYetValid", "DNS:localhost", 3600, 7200, true,
                                                  ReachProblem::NotYetValid, "not valid yet"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(Reach, SaysWhatIsThereInstead) {
    Loop loop;
    RunningServer plain{loop, table()};
    const std::string port = std::to_string(plain.server.port());
    const auto problemOf = [&](const std::string& url) {
        const auto failure = loop.get(reach(loop.executor(), url, {}, 20s));
        return failure ? std::optional{failure->problem} : std::nullopt;
    };
    EXPECT_EQ(problemOf("http://127.0.0.1:" + port), std::nullopt);
    EXPECT_EQ(problemOf("https://127.0.0.1:" + port), ReachProblem::NoTls);
    EXPECT_EQ(problemOf("http://nowhere.invalid/"), ReachProblem::NoSuchName);
    EXPECT_EQ(problemOf("pbx.example"), ReachProblem::BadAddress);
    std::string free;
    {
        auto acceptor = listenAnywhere(loop.executor());
        free = std::to_string(acceptor.local_endpoint().port());
    }
    EXPECT_EQ(problemOf("http://127.0.0.1:" + free), ReachProblem::Refused);
    auto silent = listenAnywhere(loop.executor());
    const std::string silentUrl = "https://127.0.0.1:" + std::to_string(silent.local_endpoint().port());
    const auto failure = loop.get(reach(loop.executor(), silentUrl, {}, 50ms));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->problem, ReachProblem::NoAnswer);
}

}  // namespace
}  // namespace ninja3cx::net
