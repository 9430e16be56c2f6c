#include "server/telephony/pbx_link.hpp"

#include "server/telephony/handed_over.hpp"
#include "server/telephony/pbx_probe.hpp"
#include "server/telephony/phone_keys.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;
using protocol::CallState;
using protocol::LinkState;

/// Answers each path as the test says; 404 otherwise.
class ScriptedPbx final : public net::HttpTransport {
public:
    asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override {
        const std::string target = request.url.substr(std::string{"http://pbx"}.size());
        const std::string path = target.substr(0, target.find('?'));
        ++asked[path];
        if (path == "/connect/token" && answers.contains(path)) {
            const auto& answer = answers[path];
            if (answer && answer->status == 200)
                co_return net::HttpResponse{
                    200,
                    {},
                    R"({"access_token":"T)" + std::to_string(asked[path]) + R"(","expires_in":3600})"};
        }
        if (path.starts_with("/api/") && path != "/api/login") {
            const std::string cookie = request.headers.get("Cookie").value_or("");
            if (cookie != session || session.empty()) co_return net::HttpResponse{401, {}, ""};
        }
        const auto found = answers.find(path);
        if (found == answers.end()) co_return net::HttpResponse{404, {}, ""};
        if (path == "/api/login" && found->second && found->second->body == "AuthSuccess") {
            session = ".AspNetCore.Cookies=s" + std::to_string(asked[path]) + "; lang=fr";
            net::HttpResponse welcome = *found->second;
            welcome.headers.add("Set-Cookie", session.substr(0, session.find(';')) + "; path=/; httponly");
            welcome.headers.add("set-cookie", "lang=fr");
            login = request.body;
            co_return welcome;
        }
        co_return found->second;
    }
    void offerV20(int callControl, int lists) {
        answers["/connect/token"] = net::HttpResponse{200, {}, ""};
        answers["/callcontrol"] = net::HttpResponse{callControl, {}, callControl == 200 ? "[]" : ""};
        answers["/xapi/v1/ActiveCalls"] = net::HttpResponse{lists, {}, lists == 200 ? R"({"value":[]})" : ""};
        answers["/xapi/v1/SystemStatus"] = net::HttpResponse{
            200, {}, R"({"Version":"20.0.9.995","ProductCode":"3CXPSPROFSPLA","LicenseActive":true})"};
    }
    void offerV18() {
        answers["/api/login"] = net::HttpResponse{200, {}, "AuthSuccess"};
        answers["/api/activeCalls"] = net::HttpResponse{200, {}, R"({"list":[]})"};
        answers["/api/SystemStatus"] = net::HttpResponse{200, {}, R"({"Version":"18.0.9.23"})"};
        answers["/api/ExtensionList"] = net::HttpResponse{200, {}, R"({"list":[{"Number":"201"}]})"};
    }
    void list(const std::string& rows) {
        answers["/xapi/v1/ActiveCalls"] = net::HttpResponse{200, {}, R"({"value":[)" + rows + "]}"};
        answers["/api/activeCalls"] = net::HttpResponse{200, {}, R"({"list":[)" + rows + "]}"};
    }
    std::map<std::string, Result<net::HttpResponse>> answers;
    std::map<std::string, int> asked;
    std::string session;  // the cookie that is valid
    std::string login;    // the body of the last one
};

/// Says nothing, until it is closed.
class QuietSocket final : public net::WebSocketConnection {
public:
    explicit QuietSocket(const asio::any_io_executor& executor)
        : closed_(executor, asio::steady_timer::time_point::max()) {}
    asio::awaitable<Result<net::WebSocketMessage>> receive() override {
        co_await closed_.async_wait(asio::as_tuple(asio::use_awaitable));
        co_return Error{ErrorKind::Cancelled, "closed"};
    }
    bool sendText(std::string) override { return true; }
    bool sendBinary(std::string) override { return true; }
    void close(std::uint16_t, std::string) override {
        closed_.expires_at(asio::steady_timer::time_point::min());
    }

private:
    asio::steady_timer closed_;
};

std::string rowOf(const std::string& status, int id = 12, const std::string& callee = "201 Marie Martin") {
    return R"j({"Id":)j" + std::to_string(id) + R"j(,"Caller":"10001 Trunk (0612345678)","Callee":")j" +
           callee + R"j(","Status":")j" + status + R"j("})j";
}

class PbxLinks : public testing::Test {
protected:
    void start(PbxMode mode = PbxMode::Auto, std::vector<std::string> openKeys = {}) {
        PbxSetup setup;
        setup.access = {"http://pbx", clientId_, "secret", {}, user_, "password"};
        setup.mode = mode;
        setup.extensions = extensions_;
        PbxHandlers handlers;
        handlers.onPhone = [this](const calls::PhoneEvent& event) {
            if (std::exchange(throwsOnce_, false)) throw std::runtime_error{"a fault of ours"};
            events_.push_back(event);
        };
        handlers.onLink = [this](LinkState state) {
            if (state == LinkState::Connected && std::exchange(throwsOnConnect_, false))
                throw std::runtime_error{"a fault of ours"};
            links_.push_back(state);
        };
        handlers.onResync = [this](const std::string& prefix, const std::vector<std::string>& keys) {
            live_[prefix] = keys;
        };
        auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(logged_, true);
        link_ = std::make_unique<PbxLink>(
            PbxParts{context_.get_executor(), pbx_, time_, std::make_shared<spdlog::logger>("test", sink)},
            setup,
            [this](net::WebSocketClientOptions)
                -> asio::awaitable<Result<std::shared_ptr<net::WebSocketConnection>>> {
                ++connections_;
                co_return std::make_shared<QuietSocket>(context_.get_executor());
            },
            handlers, std::move(openKeys));
        asio::co_spawn(context_, link_->run(), [this](std::exception_ptr failure) {
            hasEnded_ = true;
            if (failure) std::rethrow_exception(failure);
        });
        settle();
    }
    void settle() {
        context_.restart();
        context_.poll();
    }
    void pass(std::chrono::milliseconds by) {
        time_.advance(by, [this] { settle(); });
    }
    void TearDown() override {
        link_->stop();
        settle();
        EXPECT_TRUE(hasEnded_);
    }
    bool logged(const std::string& words) const { return logged_.str().find(words) != std::string::npos; }
    std::vector<CallState> states() const {
        std::vector<CallState> states;
        for (const auto& event : events_) states.push_back(event.state);
        return states;
    }

    asio::io_context context_{1};
    ManualClock clock_;
    ManualTime time_{clock_};
    ScriptedPbx pbx_;
    std::ostringstream logged_;
    std::string clientId_ = "900";
    std::string user_ = "admin";
    std::vector<std::string> extensions_;
    std::unique_ptr<PbxLink> link_;
    std::vector<calls::PhoneEvent> events_;
    std::vector<LinkState> links_;
    std::map<std::string, std::vector<std::string>> live_;
    int connections_ = 0;
    bool throwsOnce_ = false;
    bool throwsOnConnect_ = false;
    bool hasEnded_ = false;
};

TEST_F(PbxLinks, GoByEventsWhereThePbxOffersThem) {
    pbx_.offerV20(200, 200);
    start();
    EXPECT_EQ(connections_, 1);
    EXPECT_EQ(links_.back(), LinkState::Connected);
    EXPECT_TRUE(logged("followed by the Call Control API: the PBX offers it")) << logged_.str();
    pass(2s);
    EXPECT_TRUE(logged("version 20.0.9.995, 3CXPSPROFSPLA")) << logged_.str();
    pass(1h);
    EXPECT_EQ(pbx_.asked["/xapi/v1/ActiveCalls"], 0) << "there is nothing better";
}

class WithoutCallControl : public PbxLinks, public testing::WithParamInterface<int> {};
TEST_P(WithoutCallControl, GoByTheListOfCalls) {
    pbx_.offerV20(GetParam(), 200);
    start();
    EXPECT_EQ(links_.back(), LinkState::Connected);
    EXPECT_TRUE(logged("followed by the list of calls (XAPI): GET /callcontrol answers " +
                       std::to_string(GetParam())))
        << logged_.str();
    EXPECT_EQ(connections_, 0);
    pbx_.list(rowOf("Routing"));
    pass(2s);
    pbx_.list(rowOf("Talking"));
    pass(1s);
    pbx_.list("");
    pass(1s);
    EXPECT_EQ(states(), (std::vector{CallState::Ringing, CallState::Connected, CallState::Ended}));
    EXPECT_EQ(live_["3cx-list/"], std::vector<std::string>{});
}
INSTANTIATE_TEST_SUITE_P(Rows, WithoutCallControl, testing::Values(403, 404));

TEST_F(PbxLinks, AskMoreOftenWhileCallsGoOn) {
    pbx_.offerV20(403, 200);
    start();
    const auto askedIn10s = [&] {
        const int before = pbx_.asked["/xapi/v1/ActiveCalls"];
        pass(10s);
        return pbx_.asked["/xapi/v1/ActiveCalls"] - before;
    };
    EXPECT_EQ(askedIn10s(), 5);
    pbx_.list(rowOf("Talking"));
    pass(2s);
    EXPECT_EQ(askedIn10s(), 10);
}

TEST_F(PbxLinks, FindTheBetterWayOnceNobodyPhones) {
    pbx_.offerV20(403, 200);
    start();
    pbx_.list(rowOf("Talking"));
    pass(2s);
    pbx_.answers["/callcontrol"] = net::HttpResponse{200, {}, "[]"};
    pass(40min);
    EXPECT_EQ(connections_, 0) << "a call goes on";
    pbx_.list("");
    pass(16min);
    EXPECT_EQ(connections_, 1);
    EXPECT_TRUE(logged("now followed by the Call Control API")) << logged_.str();
    EXPECT_EQ(links_.back(), LinkState::Connected);
    const int asked = pbx_.asked["/xapi/v1/ActiveCalls"];
    pass(1min);
    EXPECT_EQ(pbx_.asked["/xapi/v1/ActiveCalls"], asked);
}

TEST_F(PbxLinks, TakeTheListOnceCallControlIsTakenAway) {
    pbx_.offerV20(200, 200);
    start();
    pbx_.answers["/callcontrol"] = net::HttpResponse{403, {}, ""};
    pbx_.list(rowOf("Talking"));
    pass(1min);
    EXPECT_EQ(states(), std::vector{CallState::Connected});
    EXPECT_TRUE(logged("another way is looked for")) << logged_.str();
    EXPECT_EQ(links_.back(), LinkState::Connected);
}

TEST_F(PbxLinks, GoByTheConsoleOfAnOlderPbx) {
    pbx_.offerV18();
    start();
    EXPECT_EQ(links_.back(), LinkState::Connected);
    EXPECT_TRUE(logged("there is no /connect/token, so the PBX is older than V20")) << logged_.str();
    EXPECT_EQ(pbx_.login, R"({"Username":"admin","Password":"password"})");
    pbx_.list(rowOf("Talking") + "," + rowOf("Transferring", 13, "800 Support"));
    pass(2s);
    EXPECT_EQ(states(), std::vector{CallState::Connected}) << "800 is no extension";
    EXPECT_TRUE(logged("version 18.0.9.23")) << logged_.str();
    EXPECT_EQ(logged_.str().find("password"), std::string::npos);
}

TEST_F(PbxLinks, LogInAgainWhenTheSessionHasEnded) {
    pbx_.offerV18();
    start(PbxMode::Legacy);
    pass(1min);
    EXPECT_EQ(pbx_.asked["/api/login"], 1);
    pbx_.session.clear();
    pbx_.list(rowOf("Talking"));
    pass(2s);
    EXPECT_EQ(pbx_.asked["/api/login"], 2);
    EXPECT_EQ(states(), std::vector{CallState::Connected});
}

struct LoginRow {
    const char* name;
    net::HttpResponse answer;
    const char* said;
};
class RefusedLogins : public PbxLinks, public testing::WithParamInterface<LoginRow> {};
TEST_P(RefusedLogins, AreSaidAndNotRepeatedInALoop) {
    pbx_.offerV18();
    pbx_.answers["/api/login"] = GetParam().answer;
    start(PbxMode::Legacy);
    pass(1s);
    EXPECT_TRUE(logged(GetParam().said)) << logged_.str();
    EXPECT_EQ(links_.back(), LinkState::Failed);
    ASSERT_TRUE(link_->problem());
    EXPECT_NE(link_->problem()->find(GetParam().said), std::string::npos) << *link_->problem();
    pass(1h);
    EXPECT_LE(pbx_.asked["/api/login"], 5);
    EXPECT_GE(pbx_.asked["/api/login"], 2) << "it may be mended";
    pbx_.answers["/api/login"] = net::HttpResponse{200, {}, "AuthSuccess"};
    pass(2h);
    EXPECT_EQ(links_.back(), LinkState::Connected);
    EXPECT_FALSE(link_->problem());
}
INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedLogins,
    testing::Values(LoginRow{"WrongPassword", {200, {}, "AuthFailed"}, "compare PBX_USER and PBX_PASSWORD"},
                    LoginRow{"Status", {401, {}, ""}, "compare PBX_USER and PBX_PASSWORD"},
                    LoginRow{"SecondFactor", {200, {}, "Auth2FARequired"}, "second factor"},
                    LoginRow{"AnotherWord", {200, {}, "ChangePassword"}, "in a browser"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(PbxLinks, LogInToNoLoopOfSessionsThatEndAtOnce) {
    pbx_.offerV18();
    pbx_.answers["/api/activeCalls"] = net::HttpResponse{401, {}, ""};
    start(PbxMode::Legacy);
    pass(10min);
    EXPECT_LE(pbx_.asked["/api/login"], 25);
}

TEST_F(PbxLinks, SayWhichLoginAnOlderPbxNeeds) {
    user_.clear();
    start();
    EXPECT_TRUE(logged("set PBX_USER and PBX_PASSWORD")) << logged_.str();
    pass(1min);
    EXPECT_EQ(pbx_.asked["/api/login"], 0);
}

TEST_F(PbxLinks, SayWhatToTickWhereNothingIsOpen) {
    pbx_.offerV20(403, 403);
    start();
    EXPECT_TRUE(logged("tick '3CX Call Control API access'")) << logged_.str();
    EXPECT_EQ(links_.back(), LinkState::Failed);
    pbx_.offerV20(200, 403);
    pass(1min);
    EXPECT_EQ(links_.back(), LinkState::Connected);
}

TEST_F(PbxLinks, GoOnAfterTroubleAtTheStart) {
    pbx_.offerV20(200, 200);
    pbx_.answers["/connect/token"] = net::HttpResponse{503, {}, ""};
    start();
    EXPECT_EQ(links_.back(), LinkState::Failed);
    pbx_.offerV20(200, 200);
    pass(1min);
    EXPECT_EQ(links_.back(), LinkState::Connected);
}

TEST_F(PbxLinks, KeepToTheWayThatIsConfigured) {
    pbx_.offerV20(200, 200);
    start(PbxMode::ActiveCalls);
    pass(1h);
    EXPECT_EQ(connections_, 0);
    EXPECT_EQ(pbx_.asked["/callcontrol"], 0);
    EXPECT_EQ(links_.back(), LinkState::Connected);
}

TEST_F(PbxLinks, FollowOnlyTheExtensionsThatAreNamed) {
    extensions_ = {"202"};
    pbx_.offerV20(403, 200);
    start();
    pbx_.list(rowOf("Talking") + "," + rowOf("Routing", 13, "202 Paul"));
    pass(2s);
    ASSERT_EQ(events_.size(), 1U);
    EXPECT_EQ(events_[0].extension, Extension{"202"});
    EXPECT_EQ(pbx_.asked["/xapi/v1/Users"], 0);
}

TEST_F(PbxLinks, LeaveAThrottlingPbxAlone) {
    pbx_.offerV20(403, 200);
    start();
    pbx_.list(rowOf("Routing"));
    pass(2s);
    net::HttpResponse throttled{429, {}, ""};
    throttled.headers.set("Retry-After", "50");
    pbx_.answers["/xapi/v1/ActiveCalls"] = throttled;
    pass(2s);
    const int asked = pbx_.asked["/xapi/v1/ActiveCalls"];
    pbx_.list("");
    pass(45s);
    EXPECT_EQ(pbx_.asked["/xapi/v1/ActiveCalls"], asked);
    pass(10s);
    EXPECT_EQ(states(), (std::vector{CallState::Ringing, CallState::Ended}));
    EXPECT_TRUE(events_.back().isAnswerUnknown) << "nobody looked for 50 s";
}

TEST_F(PbxLinks, SayEverythingAgainAfterAnExceptionOfTheirListener) {
    pbx_.offerV20(403, 200);
    start();
    throwsOnce_ = true;
    pbx_.list(rowOf("Talking"));
    pass(10s);
    EXPECT_EQ(states(), std::vector{CallState::Connected});
    EXPECT_EQ(live_["3cx-list/"].size(), 1U);
}

TEST_F(PbxLinks, AreMadeAnewAfterAnExceptionThatEndedThem) {
    for (const int callControl : {200, 403}) {
        pbx_.offerV20(callControl, 200);
        pbx_.list("");
        throwsOnConnect_ = true;
        links_.clear();
        start();
        pass(2min);
        EXPECT_FALSE(throwsOnConnect_);
        ASSERT_FALSE(links_.empty());
        EXPECT_EQ(links_.back(), LinkState::Connected) << callControl;
        EXPECT_TRUE(logged("a fault of ours"));
        link_->stop();
        settle();
    }
}

TEST_F(PbxLinks, WaitForTheListOfExtensionsOfAPbxThatIsBusy) {
    pbx_.offerV20(403, 200);
    pbx_.answers["/xapi/v1/Users"] = net::HttpResponse{503, {}, ""};
    start();
    pbx_.list(rowOf("Transferring", 12, "800 Support"));
    pass(1s);
    pbx_.answers["/xapi/v1/Users"] = net::HttpResponse{200, {}, R"({"value":[{"Number":"201"}]})"};
    pass(1min);
    EXPECT_TRUE(events_.empty()) << "a queue is nobody's telephone";
    pbx_.list(rowOf("Talking"));
    pass(10s);
    EXPECT_EQ(states(), std::vector{CallState::Connected});
}

TEST_F(PbxLinks, GoWithoutTheListOfExtensionsWhereItNeverComes) {
    pbx_.offerV20(403, 200);
    pbx_.answers["/xapi/v1/Users"] = net::HttpResponse{503, {}, ""};
    start();
    pbx_.list(rowOf("Talking"));
    pass(5min);
    EXPECT_EQ(states(), std::vector{CallState::Connected});
    EXPECT_TRUE(logged("calls of every number are followed"));
}

TEST_F(PbxLinks, EndTheCallsOfAnotherWayThatAreNotSeenAnyMore) {
    pbx_.offerV20(403, 200);
    pbx_.list(rowOf("Talking"));
    start(PbxMode::Auto, {"3cx/201/4711/8106", "3cx/202/4712/8107", "agent/203/tapi/1"});
    EXPECT_EQ(live_["3cx/"], std::vector<std::string>{"3cx/201/4711/8106"});
    EXPECT_FALSE(live_.contains("agent/"));
    pbx_.list("");
    pass(2s);
    EXPECT_TRUE(live_["3cx/"].empty());
}

TEST(HandedOverCalls, LiveOnWhileTheirExtensionIsBusy) {
    HandedOver keys{{"3cx/201/1/1", "3cx/202/2/2", "3cx-list/203/3/3"}};
    keys.begin(kListKeys);
    EXPECT_EQ(keys.open(), std::vector<std::string>{"3cx-list/203/3/3"});
    using Kept = std::vector<std::pair<std::string, std::vector<std::string>>>;
    EXPECT_EQ(keys.look({"3cx-list/201/7/7"}), (Kept{{"3cx/", {"3cx/201/1/1"}}}));
    EXPECT_EQ(keys.look({"3cx-list/201/7/7"}), (Kept{{"3cx/", {"3cx/201/1/1"}}}));
    EXPECT_EQ(keys.look({}), (Kept{{"3cx/", {}}}));
    EXPECT_EQ(keys.look({}), Kept{}) << "nothing of it is left";
}

TEST(SystemStatuses, AreReadLeniently) {
    const PbxSystem system =
        readSystemStatus(R"({"Version":"20.0","ProductCode":null,"LicenseActive":false})");
    EXPECT_EQ(system.version, "20.0");
    EXPECT_EQ(system.product, "");
    EXPECT_EQ(system.isLicenceActive, false);
    for (const char* const wrong : {"", "[]", "<html>", "{"}) EXPECT_EQ(readSystemStatus(wrong).version, "");
}

}  // namespace
}  // namespace ninja3cx::telephony
