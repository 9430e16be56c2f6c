#include "server/telephony/pbx_client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <utility>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using protocol::CallState;
using protocol::LinkState;

/// A PBX without a network: what GET answers is set by the test, what was asked is kept.
class FakePbx final : public net::HttpTransport {
public:
    asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override {
        const std::string path = request.url.substr(std::string{"http://pbx"}.size());
        requests.push_back(request.method + " " + path);
        if (path == unanswered) {
            asio::steady_timer never{co_await asio::this_coro::executor,
                                     asio::steady_timer::time_point::max()};
            co_await never.async_wait(asio::as_tuple(asio::use_awaitable));
            co_return Error{ErrorKind::OutcomeUnknown, "called off"};
        }
        if (path == "/connect/token") {
            ++tokens;
            co_return net::HttpResponse{
                tokenStatus,
                {},
                R"({"access_token":"T)" + std::to_string(tokens) + R"(","expires_in":3600})"};
        }
        if (throwsOnce) {
            throwsOnce = false;
            throw std::runtime_error{"a fault of ours"};
        }
        if (!troubles.empty()) {
            Result<net::HttpResponse> trouble = troubles.front();
            if (troubles.size() > 1 || !isForEver) troubles.pop_front();
            co_return trouble;
        }
        if (!refusedToken.empty() && request.headers.get("Authorization") == "Bearer " + refusedToken)
            co_return net::HttpResponse{401, {}, ""};
        const auto found = bodies.find(path);
        if (found == bodies.end()) co_return net::HttpResponse{404, {}, ""};
        co_return net::HttpResponse{200, {}, found->second};
    }
    std::map<std::string, std::string> bodies{{"/callcontrol", "[]"}};
    std::vector<std::string> requests;
    std::string unanswered;                          // this path is never answered
    std::deque<Result<net::HttpResponse>> troubles;  // answered first, to any GET
    bool isForEver = false;                          // the last of them
    bool throwsOnce = false;
    std::string refusedToken;
    int tokenStatus = 200;
    int tokens = 0;
};

net::HttpResponse throttled(int status = 429, const std::string& retryAfter = "") {
    net::HttpResponse made{status, {}, ""};
    if (!retryAfter.empty()) made.headers.set("Retry-After", retryAfter);
    return made;
}

class FakeSocket final : public net::WebSocketConnection {
public:
    explicit FakeSocket(asio::any_io_executor executor) : wake_(std::move(executor)) {
        wake_.expires_at(asio::steady_timer::time_point::max());
    }
    asio::awaitable<Result<net::WebSocketMessage>> receive() override {
        while (messages_.empty() && !isClosed_) {
            co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
            const auto state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none) isClosed_ = true;
        }
        if (messages_.empty()) co_return Error{ErrorKind::Unreachable, "the link broke"};
        net::WebSocketMessage message{false, messages_.front()};
        messages_.pop_front();
        co_return message;
    }
    bool sendText(std::string) override { return true; }
    bool sendBinary(std::string) override { return true; }
    void close(std::uint16_t, std::string) override { breakLink(); }
    void push(const std::string& json) {
        messages_.push_back(json);
        wake_.cancel();
    }
    void breakLink() override {
        isClosed_ = true;
        wake_.cancel();
    }

private:
    asio::steady_timer wake_;
    std::deque<std::string> messages_;
    bool isClosed_ = false;
};

std::string upsert(int sequence, const std::string& path) {
    return R"({"sequence":)" + std::to_string(sequence) + R"(,"event":{"event_type":0,"entity":")" + path +
           R"("}})";
}
std::string removal(int sequence, const std::string& path) {
    return R"({"sequence":)" + std::to_string(sequence) + R"(,"event":{"event_type":1,"entity":")" + path +
           R"("}})";
}
std::string leg(const std::string& status) {
    return R"({"id":8106,"status":")" + status +
           R"(","dn":"201","party_caller_id":"+33142345678","party_dn_type":"Wexternalline","originated_by_dn":"ROUTER","callid":4711,"legid":3})";
}
const std::string kLeg = "/callcontrol/201/participants/8106";

class PbxClientWithFakes : public testing::Test {
protected:
    void start() {
        PbxOptions options;
        options.access = {"http://pbx", "900", "secret", {}};
        options.pauses = {std::chrono::milliseconds{1}, std::chrono::milliseconds{2}, longestTold_};
        PbxHandlers handlers;
        handlers.onPhone = [this](const calls::PhoneEvent& event) {
            if (std::exchange(throwsOnce_, false)) throw std::runtime_error{"a fault of ours"};
            states_.push_back(event.state);
            events_.push_back(event);
        };
        handlers.onLink = [this](LinkState state) { links_.push_back(state); };
        handlers.onResync = [this](const std::string&, const std::vector<std::string>& keys) {
            ++resyncs_;
            liveKeys_ = keys;
        };
        client_ = std::make_unique<PbxClient>(
            context_.get_executor(), options, pbx_,
            [this](net::WebSocketClientOptions asked)
                -> asio::awaitable<Result<std::shared_ptr<net::WebSocketConnection>>> {
                bearers_.push_back(asked.headers.get("Authorization").value_or(""));
                if (refusals_ > 0) {
                    --refusals_;
                    co_return Error{ErrorKind::Unauthorized, "401"};
                }
                socket_ = std::make_shared<FakeSocket>(context_.get_executor());
                co_return std::shared_ptr<net::WebSocketConnection>{socket_};
            },
            clock_, handlers, std::vector<std::string>{}, std::make_shared<spdlog::logger>("test"));
        asio::co_spawn(context_, client_->run(), [this](std::exception_ptr failure) {
            hasEnded_ = true;
            if (failure) std::rethrow_exception(failure);
        });
    }
    /// Runs the network thread until the condition holds; a deadline turns a hang into a failure.
    template <class Condition>
    void until(Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!condition()) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline);
            context_.run_one_for(std::chrono::milliseconds{50});
        }
    }
    void TearDown() override {
        client_->stop();
        context_.run_for(std::chrono::seconds{20});
    }

    asio::io_context context_{1};
    ManualClock clock_;
    FakePbx pbx_;
    std::shared_ptr<FakeSocket> socket_;
    std::unique_ptr<PbxClient> client_;
    std::vector<CallState> states_;
    std::vector<calls::PhoneEvent> events_;
    std::vector<LinkState> links_;
    std::vector<std::string> liveKeys_;
    std::chrono::milliseconds longestTold_{2};
    bool throwsOnce_ = false;
    bool hasEnded_ = false;
    std::vector<std::string> bearers_;
    int resyncs_ = 0;
    int refusals_ = 0;
};

TEST_F(PbxClientWithFakes, FollowsACallFromRingToHangUp) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    pbx_.bodies[kLeg] = leg("Connected");
    socket_->push(upsert(2, kLeg));
    until([&] { return states_.size() == 2; });
    pbx_.bodies.erase(kLeg);
    socket_->push(removal(3, kLeg));
    until([&] { return states_.size() == 3; });
    EXPECT_EQ(states_, (std::vector{CallState::Ringing, CallState::Connected, CallState::Ended}));
    EXPECT_EQ(links_.back(), LinkState::Connected);
    EXPECT_EQ(pbx_.tokens, 1);
}

TEST_F(PbxClientWithFakes, TakesWhoWaitsInAMonitoredQueueForNobodysCall) {
    const std::string waiting = "/callcontrol/800/participants/7";
    pbx_.bodies[waiting] =
        R"({"id":7,"status":"Connected","dn":"800","party_caller_id":"+33142345678","callid":4711})";
    pbx_.bodies["/callcontrol"] =
        R"([{"dn":"800","type":"Wqueue","participants":[)" + pbx_.bodies[waiting] + "]}]";
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, waiting));
    socket_->push(upsert(2, kLeg));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(events_[0].extension, Extension{"201"});
    EXPECT_TRUE(
        std::ranges::none_of(pbx_.requests, [&](const auto& asked) { return asked == "GET " + waiting; }));
}

TEST_F(PbxClientWithFakes, AsksOtherQuestionsWithTheSameToken) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies["/xapi/v1/ActiveCalls"] = "{}";
    std::vector<int> statuses;
    const auto ask = [&](const std::string& path) {
        asio::co_spawn(
            context_,
            [](AskPbx asker, std::string of) -> asio::awaitable<int> {
                PbxQuestion question;
                question.path = std::move(of);
                auto answer = co_await asker(std::move(question));
                co_return answer ? answer->status : 0;
            }(client_->asker(), path),
            [&](std::exception_ptr, int status) { statuses.push_back(status); });
    };
    ask("/xapi/v1/ActiveCalls");
    until([&] { return statuses.size() == 1; });
    pbx_.troubles = {net::HttpResponse{401, {}, ""}};
    ask("/xapi/v1/Users");
    until([&] { return statuses.size() == 2; });
    EXPECT_EQ(statuses, (std::vector<int>{200, 401}));
    EXPECT_EQ(pbx_.tokens, 1) << "a fresh token would kill the one that calls are followed with";
}

TEST_F(PbxClientWithFakes, LooksAtEverythingAgainAfterTheLinkBroke) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Connected");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    socket_->breakLink();  // the call ends unseen
    until([&] { return resyncs_ >= 2 && states_.size() == 2; });
    EXPECT_EQ(states_.back(), CallState::Ended);
    EXPECT_TRUE(liveKeys_.empty());
}

TEST_F(PbxClientWithFakes, LooksAtEverythingAgainAfterAGapInTheNumbers) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies["/callcontrol"] =
        R"([{"dn":"201","type":"Wextension","participants":[)" + leg("Connected") + "]}]";
    socket_->push(upsert(1, "/callcontrol/202/participants/1"));
    socket_->push(upsert(5, "/callcontrol/202/participants/1"));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(states_.front(), CallState::Connected);
}

TEST_F(PbxClientWithFakes, TakesAGoneLegAsRemoved) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    pbx_.bodies.erase(kLeg);
    socket_->push(upsert(2, kLeg));  // the GET answers 404
    until([&] { return states_.size() == 2; });
    EXPECT_EQ(states_.back(), CallState::Ended) << "nobody saw what the event told of";
    EXPECT_TRUE(events_.back().isAnswerUnknown);
}

TEST_F(PbxClientWithFakes, CallsARingMissedWhenItsLastStateWasRead) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    socket_->push(removal(2, kLeg));
    until([&] { return states_.size() == 2; });
    EXPECT_EQ(states_.back(), CallState::Missed);
}

TEST_F(PbxClientWithFakes, CallsNoRingMissedWhoseLastStateIsStillAskedFor) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    pbx_.unanswered = kLeg;
    socket_->push(upsert(2, kLeg));
    socket_->push(removal(3, kLeg));
    until([&] { return states_.size() == 2; });
    EXPECT_EQ(states_.back(), CallState::Ended);
    EXPECT_TRUE(events_.back().isAnswerUnknown);
}

TEST_F(PbxClientWithFakes, CallsNoRingMissedBesideALegThatIsStillAskedFor) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.unanswered = "/callcontrol/201/participants/8107";
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, pbx_.unanswered));
    socket_->push(upsert(2, kLeg));
    until([&] { return states_.size() == 1; });
    socket_->push(removal(3, kLeg));
    until([&] { return states_.size() == 2; });
    EXPECT_EQ(states_.back(), CallState::Ended);
    EXPECT_TRUE(events_.back().isAnswerUnknown);
}

TEST_F(PbxClientWithFakes, RenewsItsTokenOnceWhenItIsRefused) {
    start();
    until([&] { return resyncs_ == 1; });
    clock_.advance(std::chrono::seconds{5});
    pbx_.refusedToken = "T1";
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(pbx_.tokens, 2);
}

TEST_F(PbxClientWithFakes, BuildsEachHandshakeWithTheTokenOfTheMoment) {
    refusals_ = 1;
    start();
    until([&] {
        clock_.advance(std::chrono::seconds{2});
        return resyncs_ >= 1 && socket_ != nullptr;
    });
    ASSERT_GE(bearers_.size(), 2U);
    EXPECT_EQ(bearers_[0], "Bearer T1");
    EXPECT_NE(bearers_.back(), "Bearer T1") << "a refused token is not offered again";
}

TEST_F(PbxClientWithFakes, DoesNotMintInALoopWhenTheKeyIsWrong) {
    pbx_.tokenStatus = 401;
    start();
    until([&] { return std::count(links_.begin(), links_.end(), LinkState::Failed) >= 1; });
    for (int i = 0; i < 50; ++i) context_.run_one_for(std::chrono::milliseconds{5});
    EXPECT_EQ(pbx_.tokens, 1) << "the clock has not moved: the pause still holds";
}

TEST_F(PbxClientWithFakes, SurvivesNonsenseOnTheSocket) {
    start();
    until([&] { return resyncs_ == 1; });
    socket_->push("{broken");
    socket_->push(R"({"sequence":1,"event":{"event_type":99,"entity":42}})");
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(2, kLeg));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(links_.back(), LinkState::Connected);
}

class StoppedPbx : public PbxClientWithFakes, public testing::WithParamInterface<const char*> {};
TEST_P(StoppedPbx, WaitsForNoAnswerThatIsUnderWay) {
    pbx_.unanswered = GetParam();
    start();
    until([&] { return !pbx_.requests.empty() && pbx_.requests.back().ends_with(GetParam()); });
    EXPECT_FALSE(hasEnded_);
    client_->stop();
    until([&] { return hasEnded_; });
    EXPECT_TRUE(events_.empty());
}
INSTANTIATE_TEST_SUITE_P(Rows, StoppedPbx, testing::Values("/connect/token", "/callcontrol"),
                         [](const auto& info) {
                             return std::string{info.param} == "/callcontrol" ? "Look" : "Token";
                         });

TEST_F(PbxClientWithFakes, MayBeStoppedBeforeItRuns) {
    start();
    client_->stop();
    until([&] { return hasEnded_; });
    EXPECT_TRUE(pbx_.requests.empty());
}

struct Throttling {
    const char* name;
    Result<net::HttpResponse> answer;
};
class ThrottledPbx : public PbxClientWithFakes, public testing::WithParamInterface<Throttling> {};
TEST_P(ThrottledPbx, StillTellsOfTheCallAndKeepsItsSocket) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.troubles.assign(5, GetParam().answer);
    pbx_.bodies[kLeg] = leg("Connected");
    pbx_.bodies["/callcontrol"] =
        R"([{"dn":"201","type":"Wextension","participants":[)" + leg("Connected") + "]}]";
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 2; });
    EXPECT_EQ(states_, (std::vector{CallState::Ringing, CallState::Connected}));
    EXPECT_TRUE(events_[0].isTentative);
    EXPECT_EQ(events_[0].extension, Extension{"201"});
    EXPECT_FALSE(events_[1].isTentative);
    EXPECT_EQ(events_[1].remoteNumber, "+33142345678");
    EXPECT_EQ(events_[0].key, events_[1].key);
    until([&] { return links_.back() == LinkState::Connected; });
    EXPECT_EQ(bearers_.size(), 1U) << "the WebSocket was not given up";
}
INSTANTIATE_TEST_SUITE_P(
    Rows, ThrottledPbx,
    testing::Values(Throttling{"TooManyRequests", throttled()},
                    Throttling{"TooManyRequestsWithATime", throttled(429, "1")},
                    Throttling{"BadGateway", throttled(502)},
                    Throttling{"WebPage", net::HttpResponse{200, {}, "<html>one moment</html>"}},
                    Throttling{"NoAnswer", Error{ErrorKind::OutcomeUnknown, "timed out"}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST_F(PbxClientWithFakes, TellsOfACallThatEndsWhileNothingCanBeAsked) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.troubles = {throttled()};
    pbx_.isForEver = true;
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    socket_->push(removal(2, kLeg));
    until([&] { return states_.size() == 2; });
    EXPECT_EQ(states_, (std::vector{CallState::Ringing, CallState::Ended}));
    EXPECT_TRUE(events_[1].isAnswerUnknown);
    EXPECT_EQ(events_[0].key, events_[1].key);
    until([&] { return links_.back() == LinkState::Failed; });
    pbx_.troubles.clear();
    until([&] { return links_.back() == LinkState::Connected; });
    EXPECT_EQ(states_.size(), 2U);
}

TEST_F(PbxClientWithFakes, AsksOnceForAllThatWasNamedMeanwhile) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.troubles = {throttled()};
    pbx_.isForEver = true;
    for (int i = 1; i <= 20; ++i) {
        const std::string extension = std::to_string(200 + i);
        socket_->push(upsert(i, "/callcontrol/" + extension + "/participants/" + std::to_string(i)));
    }
    until([&] { return states_.size() == 20; });
    pbx_.troubles.clear();
    pbx_.requests.clear();
    until([&] { return states_.size() == 40; });  // none of them is there any more
    EXPECT_EQ(pbx_.requests, std::vector<std::string>{"GET /callcontrol"});
}

TEST_F(PbxClientWithFakes, AsksNothingBeforeTheTimeItWasTold) {
    longestTold_ = std::chrono::milliseconds{200};
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.troubles = {throttled(429, "3600")};
    pbx_.bodies[kLeg] = leg("Ringing");
    pbx_.bodies["/callcontrol"] =
        R"([{"dn":"201","type":"Wextension","participants":[)" + leg("Ringing") + "]}]";
    const auto began = std::chrono::steady_clock::now();
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    const std::size_t asked = pbx_.requests.size();
    socket_->push(upsert(2, kLeg));
    until([&] { return pbx_.requests.size() > asked; });
    EXPECT_GE(std::chrono::steady_clock::now() - began, longestTold_);
}

TEST_F(PbxClientWithFakes, IsMadeAnewAfterAnExceptionOfTheTransport) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.throwsOnce = true;
    pbx_.bodies[kLeg] = leg("Ringing");
    pbx_.bodies["/callcontrol"] =
        R"([{"dn":"201","type":"Wextension","participants":[)" + leg("Ringing") + "]}]";
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1 && links_.back() == LinkState::Connected; });
    EXPECT_EQ(std::count(links_.begin(), links_.end(), LinkState::Failed), 1);
    EXPECT_EQ(bearers_.size(), 2U);
}

TEST_F(PbxClientWithFakes, SaysEverythingAgainAfterAnExceptionOfItsListener) {
    start();
    until([&] { return resyncs_ == 1; });
    throwsOnce_ = true;
    pbx_.bodies["/callcontrol"] =
        R"([{"dn":"201","type":"Wextension","participants":[)" + leg("Connected") + "]}]";
    socket_->push(upsert(5, "/callcontrol/202"));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(states_.front(), CallState::Connected) << "what the listener has not heard is not lost";
    until([&] { return links_.back() == LinkState::Connected; });
    EXPECT_EQ(liveKeys_, std::vector<std::string>{"3cx/201/4711/8106"});
}

TEST_F(PbxClientWithFakes, TakesItsOwnRoutePointForNobodysTelephone) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies["/callcontrol/900/participants/1"] = leg("Connected");
    socket_->push(upsert(1, "/callcontrol/900/participants/1"));
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(2, kLeg));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(states_.front(), CallState::Ringing);
}

}  // namespace
}  // namespace ninja3cx::telephony
