#include "server/app/findings.hpp"
#include "server/app/no_core.hpp"
#include "server/app/port_check.hpp"
#include "server/app/server.hpp"
#include "server/app/wait_for.hpp"
#include "server/net/http.hpp"
#include "server/storage/sqlite_store.hpp"
#include "server/tests/scratch.hpp"
#include "server/ticketing/token_vault.hpp"
#include "simulators/ninja_schema/ninja_api.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>
#include <signal.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <memory>
#include <sstream>
#include <thread>

namespace ninja3cx::app {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

const std::vector<std::string> kSecrets{
    "planted-ninja-secret", "planted-seed-token", "planted-stored-token",  "planted-access-token",
    "planted-fresh-token",  "planted-pbx-secret", "planted-key-of-the-api"};

/// NinjaOne and 3CX at their worst: whatever fails there, the answer repeats all that was sent, secrets too.
class Telltale {
public:
    Telltale() {
        net::Router router;
        for (const char* method : {"GET", "POST"})
            router.add(method, "/{rest*}",
                       [this](net::HttpRequest request) -> asio::awaitable<net::HttpResponse> {
                           ++requests;
                           while (isSilent) {  // until the connection is given up
                               asio::steady_timer timer{context_, 1h};
                               co_await timer.async_wait(asio::use_awaitable);
                           }
                           co_return answer(request);
                       });
        server_ = std::make_unique<net::HttpServer>(context_.get_executor(), net::ServerOptions{},
                                                    std::move(router));
        asio::co_spawn(context_, server_->run(), asio::detached);
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~Telltale() {
        asio::post(context_, [this] {
            server_->stop(0ms);
            if (isSilent) context_.stop();
        });
        thread_.join();
    }
    Telltale(const Telltale&) = delete;
    Telltale& operator=(const Telltale&) = delete;
    std::string origin() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

    std::atomic<bool> isLoginDead = false;
    std::atomic<bool> isSilent = false;
    std::atomic<int> requests = 0;
    std::atomic<int> refusedTickets = 0;

private:
    net::HttpResponse answer(const net::HttpRequest& request) {
        const std::string& path = request.path;
        if (path.starts_with("/api/v2/") || path.starts_with("/ws/oauth/")) {
            const simulators::Request sent{request.method, path, request.query, request.headers.all(),
                                           request.body};
            EXPECT_EQ(textOf(simulators::NinjaApi::builtIn().check(sent)), "")
                << request.method << " " << path;
        }
        const auto endsWith = [&](const char* end) { return path.ends_with(end); };
        if (endsWith("/oauth/token") && !isLoginDead)
            return net::jsonResponse(200, R"({"access_token":"planted-access-token","expires_in":3600,)"
                                          R"("refresh_token":"planted-fresh-token"})");
        if (endsWith("/oauth/token")) return told(400, "invalid_token", request);
        if (endsWith("/ticket-form"))
            return net::jsonResponse(200, R"([{"id":1,"name":"Default","default":true,"active":true}])");
        if (endsWith("/statuses") || endsWith("/attributes")) return net::jsonResponse(200, "[]");
        if (endsWith("/ticketing/ticket")) ++refusedTickets;
        return told(400, "FAILURE", request);
    }
    static net::HttpResponse told(int status, const char* code, const net::HttpRequest& request) {
        std::string all = request.target + " " + request.body;
        for (const auto& [name, value] : request.headers.all()) all += " " + name + "=" + value;
        return net::jsonResponse(
            status, boost::json::serialize(boost::json::object{{"error", code}, {"error_description", all}}));
    }

    asio::io_context context_{1};
    std::unique_ptr<net::HttpServer> server_;
    std::thread thread_;
};

std::uint16_t freePort() {
    asio::io_context context;
    using asio::ip::tcp;
    return tcp::acceptor{context, tcp::endpoint{asio::ip::make_address("127.0.0.1"), 0}}
        .local_endpoint()
        .port();
}

class Secrets : public testing::Test {
protected:
    void SetUp() override {
        setting_.settings = config::loadSettings({})->settings;
        setting_.settings.server.address = "127.0.0.1";
        setting_.settings.server.port = freePort();
        setting_.settings.ninja.apiUrl = outside_.origin() + "/api/v2";
        setting_.settings.pbx.url = outside_.origin();
        setting_.secrets.ninjaClientId = "client";
        setting_.secrets.ninjaClientSecret = "planted-ninja-secret";
        setting_.secrets.ninjaRefreshToken = "planted-seed-token";
        setting_.secrets.apiKey = "planted-key-of-the-api";
        setting_.secrets.pbxClientId = "900";
        setting_.secrets.pbxClientSecret = "planted-pbx-secret";
        setting_.dataDir = scratch_.path() / "data";
        setting_.version = "1.2.3";
        ASSERT_TRUE(storage::prepareDataDir(setting_.dataDir));
        ASSERT_TRUE(ticketing::TokenVault{setting_.dataDir}.save("planted-stored-token"));
        storeTicket();
    }
    /// One that a technician has confirmed, not yet sent.
    void storeTicket() {
        protocol::Call call;
        call.callId = CallId{"call-1"};
        call.extension = Extension{"201"};
        call.state = protocol::CallState::Ended;
        call.stage = protocol::CallStage::Closed;
        call.startedAtMs = toEpochMs(RealClock{}.now());
        calls::OutboxEntry entry;
        entry.draftId = DraftId{"draft-1"};
        entry.callId = call.callId;
        entry.extension = call.extension;
        entry.marker = "3CX-7f3a9c21";
        entry.fields.subject = "Imprimante";
        entry.fields.organizationId = 12;
        protocol::Draft draft;
        draft.draftId = entry.draftId;
        draft.callId = call.callId;
        draft.extension = call.extension;
        draft.state = protocol::DraftState::Confirmed;
        draft.delivery.state = protocol::DeliveryState::Queued;
        entry.delivery = draft.delivery;
        asio::io_context io;
        auto store = storage::SqliteStore::open(setting_.dataDir, io.get_executor()).value();
        store->commit({calls::SaveCall{call, ""}, calls::SaveDraft{draft}, calls::SaveOutbox{entry}},
                      [](const Result<void>&) {});
    }
    void whileItServes(const std::function<void()>& work) {
        auto lock = storage::DataDirLock::take(setting_.dataDir);
        ASSERT_TRUE(lock) << lock.error().detail;
        Server server{
            setting_, *lock, Speech{},
            std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_))};
        std::thread serving{[&] { server.run(); }};
        get("/health");  // answers, so SIGTERM is caught by now
        work();
        ::kill(::getpid(), SIGTERM);
        serving.join();
    }
    std::string get(const std::string& path, const std::string& key = "") {
        asio::io_context context{1};
        net::HttpClient http{context.get_executor()};
        net::ClientRequest request;
        request.url = "http://127.0.0.1:" + std::to_string(setting_.settings.server.port) + path;
        if (!key.empty()) request.headers.set("Authorization", "Bearer " + key);
        const auto answer = waitFor(context, http.send(std::move(request)));
        const std::string body = answer ? answer->body : answer.error().detail;
        said_ += body + "\n";
        return body;
    }
    /// What somebody outside sees of it, asked for until it is so.
    bool becomes(const std::function<bool()>& isSo) {
        for (const auto end = std::chrono::steady_clock::now() + 30s; std::chrono::steady_clock::now() < end;)
            if (isSo()) return true;
        return false;
    }
    void expectNoneIn(const std::string& text, const char* where) {
        for (const std::string& secret : kSecrets)
            EXPECT_EQ(text.find(secret), std::string::npos) << secret << " is in " << where << ": " << text;
    }
    std::string doctorSays() {
        Findings findings;
        checkNinja(setting_, findings);
        checkPbx(setting_, findings);
        std::string all;
        for (const Finding& one : findings) all += one.what + ": " + one.detail + " -> " + one.remedy + "\n";
        return all;
    }

    Telltale outside_;
    test::Scratch scratch_;
    Setting setting_;
    std::ostringstream log_;
    std::string said_;
};

TEST_F(Secrets, AreInNoLogNoAnswerNoMetricNoFileAndNotInWhatDoctorSays) {
    whileItServes([&] {
        EXPECT_TRUE(becomes([&] { return outside_.refusedTickets > 0; }))
            << "a ticket is refused, in many words";
        EXPECT_TRUE(becomes([&] {
            return get("/metrics", setting_.secrets.apiKey).find("ninja3cx_tickets_rejected 1\n") !=
                   std::string::npos;
        })) << said_;
        EXPECT_NE(said_.find("ninja3cx_ninjaone_login 1\n"), std::string::npos);
        outside_.isLoginDead = true;
        ASSERT_TRUE(
            ticketing::TokenVault{setting_.dataDir}.save("planted-stored-token"));  // another login, dead
        get("/api/state", setting_.secrets.apiKey);
        get("/api/calls", "planted-key-that-is-wrong");
        get("/no/such/address?key=" + setting_.secrets.apiKey);
        said_ += doctorSays();
    });
    said_ += doctorSays();
    EXPECT_NE(said_.find("refresh token"), std::string::npos) << said_;
    expectNoneIn(said_, "an answer, or what doctor says");
    expectNoneIn(log_.str(), "the log");
    EXPECT_NE(log_.str().find("[redacted]"), std::string::npos) << "nobody told a secret: " << log_.str();
    for (const std::string& secret : kSecrets)
        EXPECT_EQ(test::filesWith(scratch_.path(), secret), std::vector<std::string>{}) << secret;
    EXPECT_EQ(test::filesWith(scratch_.path(), "3CX-7f3a9c21").empty(), false) << "files are looked through";
}

TEST_F(Secrets, ALoginThatIsNeededIsSaidByHealthAndByDoctor) {
    outside_.isLoginDead = true;
    whileItServes([&] {
        EXPECT_TRUE(becomes([&] {
            return get("/health").find(R"("ninja":"needsLogin")") != std::string::npos;
        })) << said_;
        const std::string health = get("/health");
        EXPECT_NE(health.find(R"("status":"degraded")"), std::string::npos) << health;
        EXPECT_NE(health.find("3cx-ninja-server ninja login"), std::string::npos) << health;
        EXPECT_NE(doctorSays().find("-> log in: 3cx-ninja-server ninja login"), std::string::npos);
        EXPECT_NE(get("/metrics", setting_.secrets.apiKey).find("ninja3cx_ninjaone_login 0\n"),
                  std::string::npos);
        // `ninja login` in another process: the waiting ticket goes, and all is well again.
        outside_.isLoginDead = false;
        ASSERT_TRUE(ticketing::TokenVault{setting_.dataDir}.save("planted-fresh-token"));
        EXPECT_TRUE(becomes([&] { return outside_.refusedTickets > 0; }))
            << "within two seconds, not at its next attempt";
    });
    EXPECT_NE(log_.str().find("NinjaOne needs a technician's login"), std::string::npos) << log_.str();
}

/// What waits for an answer ends before what it works with does.
TEST_F(Secrets, AServerStopsInOrderWhileNinjaOneKeepsItWaiting) {
    setting_.settings.pbx.url.clear();
    outside_.isSilent = true;
    whileItServes([&] { EXPECT_TRUE(becomes([&] { return outside_.requests > 0; })); });
    EXPECT_NE(log_.str().find("stopped"), std::string::npos) << log_.str();
    EXPECT_EQ(log_.str().find("cannot be reached"), std::string::npos) << log_.str();
}

TEST(Cores, AreSwitchedOff) {
    const auto inAChild = [] {
        if (!forbidCores()) ::_exit(1);
        ::rlimit limit{1, 1};
        ::getrlimit(RLIMIT_CORE, &limit);
        ::_exit(limit.rlim_cur == 0 && limit.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0
                                                                                                        : 2);
    };
    EXPECT_EXIT(inAChild(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace ninja3cx::app
