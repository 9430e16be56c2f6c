#include "server/net/http.hpp"
#include "simulators/ninja_one/ninja_one.hpp"
#include "simulators/serve/pbx_service.hpp"
#include "simulators/serve/serve.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>

namespace ninja3cx::simulators {
namespace {

namespace asio = boost::asio;

AudioInfo noAudio(const std::string& audio) {
    return {audio, std::nullopt};
}

/// Runs one server and one client on the test's own thread.
class Exchange {
public:
    net::HttpServer& serve(net::Router router) {
        server_.emplace(context_.get_executor(), net::ServerOptions{}, std::move(router));
        asio::co_spawn(context_, server_->run(), [this](std::exception_ptr) { hasEnded_ = true; });
        return *server_;
    }
    template <class T>
    T get(asio::awaitable<T> task) {
        std::optional<T> result;
        asio::co_spawn(context_, std::move(task),
                       [&](std::exception_ptr, T value) { result.emplace(std::move(value)); });
        runUntil([&] { return result.has_value(); });
        return std::move(*result);
    }
    Result<net::HttpResponse> send(net::ClientRequest request) {
        net::HttpClient client{context_.get_executor()};
        return get(client.send(std::move(request)));
    }
    void stop() {
        server_->stop(std::chrono::milliseconds{0});
        runUntil([&] { return hasEnded_; });
    }
    std::string url(const std::string& scheme, const std::string& path) const {
        return scheme + "://127.0.0.1:" + std::to_string(server_->port()) + path;
    }
    asio::any_io_executor executor() { return context_.get_executor(); }
    template <class Condition>
    void runUntil(Condition isDone) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (!isDone()) {
            ASSERT_LT(std::chrono::steady_clock::now(), end) << "waited too long";
            context_.restart();
            context_.run_one_for(std::chrono::milliseconds{200});
        }
    }

private:
    asio::io_context context_;
    std::optional<net::HttpServer> server_;
    bool hasEnded_ = false;
};

net::ClientRequest formTo(const std::string& url, std::string body) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = url;
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::move(body);
    return request;
}

TEST(PbxService, TellsACallOverTheWebSocketToWhoeverHasTheToken) {
    RealClock clock;
    auto scenario = parsePbxScenario(R"({"calls":[]})", noAudio);
    ASSERT_TRUE(scenario);
    Exchange network;
    Pbx pbx{clock, std::move(*scenario), noAudio, 1000};
    PbxService service{network.executor(), clock, pbx};
    net::Router router;
    service.addTo(router);
    network.serve(std::move(router));

    net::WebSocketClientOptions options;
    options.url = network.url("ws", "/callcontrol/ws");
    const auto refused = network.get(net::connectWebSocket(network.executor(), options));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unauthorized);

    const auto token =
        network.send(formTo(network.url("http", "/connect/token"),
                            "grant_type=client_credentials&client_id=900&client_secret=sim-key"));
    ASSERT_TRUE(token) << token.error().detail;
    const std::string bearer{boost::json::parse(token->body).at("access_token").as_string()};
    options.headers.set("Authorization", "Bearer " + bearer);
    auto socket = network.get(net::connectWebSocket(network.executor(), options));
    ASSERT_TRUE(socket) << socket.error().detail;

    net::ClientRequest play;
    play.method = "POST";
    play.url = network.url("http", "/sim/scenario");
    play.body = R"({"calls":[{"extension":"201","callerNumber":"+331","ringS":5,"durationS":5}]})";
    ASSERT_TRUE(network.send(play));
    std::vector<std::int64_t> types;
    for (int i = 0; i < 3; ++i) {
        auto message = network.get((*socket)->receive());
        ASSERT_TRUE(message) << message.error().detail;
        types.push_back(boost::json::parse(message->data).at("event").at("event_type").as_int64());
    }
    EXPECT_EQ(types, (std::vector<std::int64_t>{0, 0, 1}));  // rings, answered, gone

    play.url = network.url("http", "/sim/fault");
    play.body = R"({"kind":"ws-reset"})";
    ASSERT_TRUE(network.send(play));
    const auto end = network.get((*socket)->receive());
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().kind, ErrorKind::Unreachable);
    service.stop();
    network.stop();
}

/// A PBX of its own kind, served.
class ServedPbx {
public:
    explicit ServedPbx(const std::string& scenario)
        : pbx{clock, *parsePbxScenario(scenario, noAudio), noAudio, 1000},
          service{network.executor(), clock, pbx} {
        net::Router router;
        service.addTo(router);
        network.serve(std::move(router));
    }
    ~ServedPbx() {
        service.stop();
        network.stop();
    }
    void post(const std::string& path, std::string body) {
        net::ClientRequest request;
        request.method = "POST";
        request.url = network.url("http", path);
        request.body = std::move(body);
        const auto answer = network.send(request);
        ASSERT_TRUE(answer) << answer.error().detail;
        ASSERT_EQ(answer->status, 200) << answer->body;
    }

    RealClock clock;
    Exchange network;
    Pbx pbx;
    PbxService service;
};

TEST(PbxService, OpensTheContactAddressOfAnAgent) {
    ServedPbx site{"{}"};
    std::vector<std::string> seen;
    net::Router router;
    router.add("GET", "/ringing", [&](net::HttpRequest request) -> asio::awaitable<net::HttpResponse> {
        seen.push_back(request.query["number"] + "|" + request.query["name"]);
        co_return net::HttpResponse{};
    });
    net::HttpServer agent{site.network.executor(), net::ServerOptions{}, std::move(router)};
    bool hasEnded = false;
    asio::co_spawn(site.network.executor(), agent.run(), [&](std::exception_ptr) { hasEnded = true; });
    site.post("/sim/scenario", R"({"contactUrls":[{"extension":"201","times":2,"url":"http://127.0.0.1:)" +
                                   std::to_string(agent.port()) +
                                   R"(/ringing?number=%CallerNumber%&name=%CallerDisplayName%"}],
                  "calls":[{"extension":"201","callerNumber":"+331","callerName":"<b>A&B</b>","ringS":9,"durationS":9}]})");
    site.network.runUntil([&] { return seen.size() == 2; });
    EXPECT_EQ(seen, (std::vector<std::string>(2, "+331|<b>A&B</b>")));
    agent.stop(std::chrono::milliseconds{0});
    site.network.runUntil([&] { return hasEnded; });
}

TEST(PbxService, ConnectsTheSoftphoneToTheSocketOfAnAgent) {
    using Local = asio::local::stream_protocol;
    const std::string path =
        std::filesystem::temp_directory_path() / ("softphone_" + std::to_string(::getpid()));
    ServedPbx site{"{}"};
    Local::acceptor agent{site.network.executor(), Local::endpoint{path}};
    std::optional<Local::socket> pipe;
    agent.async_accept([&](boost::system::error_code failure, Local::socket socket) {
        if (!failure) pipe.emplace(std::move(socket));
    });
    site.post("/sim/scenario", R"({"softphonePipes":[{"extension":"201","path":")" + path + "\"}]}");
    site.network.runUntil([&] { return pipe.has_value(); });
    PipeReader reader;
    std::vector<std::string> heard;
    std::array<char, 512> bytes{};
    std::function<void()> readOn = [&] {
        pipe->async_read_some(asio::buffer(bytes), [&](boost::system::error_code failure, std::size_t count) {
            if (failure) return;
            for (const std::string& text : reader.push({bytes.data(), count})) {
                const PipeFields fields = fieldsOfText(text);
                heard.push_back(fieldOf(fields, fieldOf(fields, "reply").empty() ? "cmd" : "reply"));
            }
            readOn();
        });
    };
    readOn();
    asio::write(*pipe, asio::buffer(encodePipeFrame("__reqId=1,cmd=SRVHELLO")));
    site.network.runUntil([&] { return heard.size() == 1; });
    site.post("/sim/scenario",
              R"({"calls":[{"extension":"201","callerNumber":"+331","ringS":9,"durationS":9}]})");
    site.network.runUntil([&] { return heard.size() == 4; });
    EXPECT_EQ(heard, (std::vector<std::string>{"CLIHELLO", "RINGING", "CONNECTED", "DISCONNECTED"}));
    pipe->close();
    std::filesystem::remove(path);
}

TEST(PbxService, LetsABodyTrickle) {
    ServedPbx site{"{}"};
    site.post("/sim/fault", R"({"kind":"slow-body","match":{"pathRegex":"^/api"},"params":{"bytesPerS":1}})");
    site.post("/sim/profile", R"({"version":"v18"})");
    net::ClientRequest login;
    login.method = "POST";
    login.url = site.network.url("http", "/api/login");
    login.body = R"({"Username":"admin","Password":"sim-key"})";
    login.totalTimeout = std::chrono::milliseconds{1500};
    const auto cut = site.network.send(login);  // 11 bytes at one a second
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().kind, ErrorKind::OutcomeUnknown);
    site.post("/sim/fault",
              R"({"kind":"slow-body","match":{"pathRegex":"^/api"},"params":{"bytesPerS":1000}})");
    login.totalTimeout = std::chrono::milliseconds{20'000};
    const auto whole = site.network.send(login);
    ASSERT_TRUE(whole) << whole.error().detail;
    EXPECT_EQ(whole->body, "AuthSuccess");
}

TEST(NinjaService, LeavesAClientInDoubtAfterACommit) {
    RealClock clock;
    NinjaOne ninja{clock, {}};
    Exchange network;
    net::Router router;
    addSimulator(router, [&](const Request& request) { return ninja.handle(request); });
    network.serve(std::move(router));
    const auto token =
        network.send(formTo(network.url("http", "/ws/oauth/token"),
                            "grant_type=refresh_token&refresh_token=sim-refresh-token&client_id=sim-client&"
                            "client_secret=sim-secret"));
    ASSERT_TRUE(token) << token.error().detail;
    const std::string bearer{boost::json::parse(token->body).at("access_token").as_string()};
    for (const char* kind : {"commit-timeout", "commit-reset", "commit-truncated"}) {
        net::ClientRequest request;
        request.method = "POST";
        request.url = network.url("http", "/__sim/faults");
        request.body = std::string{R"({"kind":")"} + kind + "\"}";
        ASSERT_TRUE(network.send(request));
        request.url = network.url("http", "/api/v2/ticketing/ticket");
        request.headers.set("Authorization", "Bearer " + bearer);
        request.headers.set("Content-Type", "application/json");
        request.body = R"({"clientId":11,"ticketFormId":1,"subject":"VPN","status":"1000"})";
        request.totalTimeout = std::chrono::milliseconds{500};
        const auto answer = network.send(request);
        ASSERT_FALSE(answer) << kind;
        EXPECT_EQ(answer.error().kind, ErrorKind::OutcomeUnknown) << kind << ": " << answer.error().detail;
    }
    net::ClientRequest state;
    state.url = network.url("http", "/_sim/state");
    const auto answer = network.send(state);
    ASSERT_TRUE(answer);
    EXPECT_EQ(boost::json::parse(answer->body).at("tickets").as_array().size(), 3U);
    network.stop();
}

}  // namespace
}  // namespace ninja3cx::simulators
