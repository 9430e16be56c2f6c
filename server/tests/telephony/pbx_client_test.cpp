#include "server/telephony/pbx_client.hpp"

#include "server/telephony/pbx_question.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <sstream>
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
    explicit FakePbx(const asio::any_io_executor& executor)
        : release(executor, asio::steady_timer::time_point::max()) {}
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
        if (path == slow) {
            const auto found = bodies.find(path);
            const std::string before = found == bodies.end() ? "" : found->second;
            ++slowOnes;
            co_await release.async_wait(asio::as_tuple(asio::use_awaitable));
            co_return net::HttpResponse{before.empty() ? 404 : 200, {}, before};
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
        if (const auto status = statuses.find(path); status != statuses.end())
            co_return net::HttpResponse{status->second, {}, ""};
        const auto found = bodies.find(path);
        if (found == bodies.end()) co_return net::HttpResponse{404, {}, ""};
        co_return net::HttpResponse{200, {}, found->second};
    }
    std::map<std::string, std::string> bodies{{"/callcontrol", "[]"}};
    std::map<std::string, int> statuses;  // refusals
    std::vector<std::string> requests;
    std::string unanswered;                          // this path is never answered
    std::deque<Result<net::HttpResponse>> troubles;  // answered first, to any GET
    std::string slow;  // answered, as it was when it was asked, once `release` is cancelled
    int slowOnes = 0;
    asio::steady_timer release;
    bool isForEver = false;  // the last of them
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
        net::WebSocketMessage message = messages_.front();
        messages_.pop_front();
        if (message.data.size() > kLargest) co_return Error{ErrorKind::BadMessage, "larger than allowed"};
        co_return message;
    }
    bool sendText(std::string) override { return true; }
    bool sendBinary(std::string) override { return true; }
    void close(std::uint16_t, std::string) override { breakLink(); }
    void push(const std::string& json, bool isBinary = false) {
        messages_.push_back({isBinary, json});
        wake_.cancel();
    }
    static constexpr std::size_t kLargest = 1U << 20;  // as of the real one
    void breakLink() override {
        isClosed_ = true;
        wake_.cancel();
    }

private:
    asio::steady_timer wake_;
    std::deque<net::WebSocketMessage> messages_;
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
std::string leg(const std::string& status, int id = 8106, const std::string& dn = "201") {
    return R"({"id":)" + std::to_string(id) + R"(,"status":")" + status + R"(","dn":")" + dn +
           R"(","party_caller_id":"+33142345678","party_dn_type":"Wexternalline","originated_by_dn":"ROUTER","callid":4711,"legid":3})";
}
const std::string kLeg = "/callcontrol/201/participants/8106";

class PbxClientWithFakes : public testing::Test {
protected:
    void start() {
        PbxOptions options;
        options.extensions = extensions_;
        options.expected = extensions_;
        options.endsWhenRefused = endsWhenRefused_;
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
            PbxParts{context_.get_executor(), pbx_, time_, makeLog()}, options, access_, token_,
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
            handlers, std::vector<std::string>{});
        asio::co_spawn(context_, client_->run(), [this](std::exception_ptr failure, const Error& why) {
            why_ = why;
            if (failure) std::rethrow_exception(failure);
        });
    }
    std::shared_ptr<spdlog::logger> makeLog() {
        auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(logged_, true);
        return std::make_shared<spdlog::logger>("test", std::move(sink));
    }
    /// How often the log says it.
    int logged(const std::string& words) const {
        const std::string all = logged_.str();
        int times = 0;
        for (std::size_t at = all.find(words); at != std::string::npos; at = all.find(words, at + 1)) ++times;
        return times;
    }
    void settle() {
        context_.restart();
        context_.poll();
    }
    void pass(std::chrono::milliseconds by) {
        time_.advance(by, [this] { settle(); });
    }
    /// Runs the network thread until the condition holds. Where it has nothing to do time goes on, to the next moment that
    /// somebody waits for.
    template <class Condition>
    void until(Condition condition) {
        for (int turns = 0; !condition(); ++turns) {
            ASSERT_LT(turns, 100'000);
            context_.restart();
            if (context_.poll_one() == 0) {
                ASSERT_TRUE(time_.advanceToNext()) << "nothing goes on any more";
            }
        }
    }
    void TearDown() override {
        client_->stop();
        until([&] { return why_.has_value(); });
    }

    asio::io_context context_{1};
    ManualClock clock_;
    ManualTime time_{clock_};
    FakePbx pbx_{context_.get_executor()};
    const PbxAccess access_{"http://pbx", "900", "secret", {}};
    PbxToken token_{access_, pbx_, clock_};
    std::ostringstream logged_;
    std::vector<std::string> extensions_;
    bool endsWhenRefused_ = false;
    std::optional<Error> why_;  // what `run` ended with
    std::shared_ptr<FakeSocket> socket_;
    std::unique_ptr<PbxClient> client_;
    std::vector<CallState> states_;
    std::vector<calls::PhoneEvent> events_;
    std::vector<LinkState> links_;
    std::vector<std::string> liveKeys_;
    bool throwsOnce_ = false;
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
            }(askPbxWith(access_, token_, pbx_), path),
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
    EXPECT_EQ(pbx_.tokens, 1);
    pass(std::chrono::minutes{10});
    EXPECT_LE(pbx_.tokens, 20) << "3CX blocks addresses that keep on guessing";
    EXPECT_GE(pbx_.tokens, 5) << "a key may be mended";
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
    EXPECT_FALSE(why_);
    client_->stop();
    settle();
    ASSERT_TRUE(why_);
    EXPECT_EQ(why_->kind, ErrorKind::Cancelled);
    EXPECT_TRUE(events_.empty());
}
INSTANTIATE_TEST_SUITE_P(Rows, StoppedPbx, testing::Values("/connect/token", "/callcontrol"),
                         [](const auto& info) {
                             return std::string{info.param} == "/callcontrol" ? "Look" : "Token";
                         });

TEST_F(PbxClientWithFakes, MayBeStoppedBeforeItRuns) {
    start();
    client_->stop();
    settle();
    EXPECT_TRUE(why_);
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
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.troubles = {throttled(429, "20")};
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    const std::size_t asked = pbx_.requests.size();
    socket_->push(upsert(2, kLeg));
    pass(std::chrono::milliseconds{19'900});
    EXPECT_EQ(pbx_.requests.size(), asked);
    pass(std::chrono::milliseconds{300});
    EXPECT_GT(pbx_.requests.size(), asked);
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

TEST_F(PbxClientWithFakes, TakesAQueueForNobodysTelephone) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies["/callcontrol"] =
        R"([{"dn":"800","type":"Wqueue","participants":[)" + leg("Connected", 7, "800") + "]}]";
    pbx_.bodies["/callcontrol/800/participants/7"] = leg("Connected", 7, "800");
    socket_->push(upsert(1, "/callcontrol/800"));
    until([&] { return resyncs_ == 2; });
    socket_->push(upsert(2, "/callcontrol/800/participants/7"));
    pass(std::chrono::minutes{1});
    EXPECT_TRUE(events_.empty());
}

// ---- what a client must survive ---------------------------------------------------------------------------

std::string listed(const std::string& legs = "", const std::string& dn = "201") {
    return R"([{"dn":")" + dn + R"(","type":"Wextension","participants":[)" + legs + "]}]";
}

TEST_F(PbxClientWithFakes, FollowsACallThatIsMadeHere) {
    start();
    until([&] { return resyncs_ == 1; });
    const std::string dialed =
        R"({"id":8106,"status":"Dialing","dn":"201","party_caller_id":"0612345678","party_dn_type":"Wexternalline","callid":4711,"legid":1})";
    pbx_.bodies[kLeg] = dialed;
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    pbx_.bodies[kLeg] = leg("Connected");
    socket_->push(upsert(2, kLeg));
    until([&] { return states_.size() == 2; });
    socket_->push(removal(3, kLeg));
    until([&] { return states_.size() == 3; });
    EXPECT_EQ(states_, (std::vector{CallState::Dialing, CallState::Connected, CallState::Ended}));
    EXPECT_EQ(events_[0].remoteNumber, "0612345678");
    for (const auto& event : events_) EXPECT_EQ(event.direction, protocol::Direction::Outbound);
}

TEST_F(PbxClientWithFakes, TellsWhenItsClientIdIsUsedTwice) {
    start();
    until([&] { return resyncs_ == 1; });
    const auto endToken = [&] {
        const int before = pbx_.tokens;
        pbx_.refusedToken = "T" + std::to_string(before);  // another mint has ended it
        socket_->push(upsert(0, "/callcontrol/201"));
        const int looks = resyncs_;
        until([&] { return resyncs_ > looks; });
        EXPECT_EQ(pbx_.tokens, before + 1);
    };
    pass(std::chrono::seconds{5});
    endToken();
    EXPECT_EQ(logged("client id used twice"), 0) << "once may be anything";
    pass(std::chrono::seconds{5});
    endToken();
    EXPECT_EQ(logged("client id used twice"), 1);
    EXPECT_EQ(bearers_.size(), 1U) << "the WebSocket is kept";
}

TEST_F(PbxClientWithFakes, MintsInNoLoopAgainstAnotherProgram) {
    start();
    until([&] { return resyncs_ == 1; });
    for (int second = 0; second < 600; ++second) {
        pbx_.refusedToken = "T" + std::to_string(pbx_.tokens);
        socket_->push(upsert(0, "/callcontrol/201"));
        pass(std::chrono::seconds{1});
        pbx_.refusedToken.clear();
        socket_->push(upsert(0, "/callcontrol/201"));
        pass(std::chrono::seconds{1});
    }
    EXPECT_LE(pbx_.tokens, 60) << "in 20 minutes";
}

TEST_F(PbxClientWithFakes, CreatesNothingOutOfAnEventThatComesAfterTheEnd) {
    start();
    until([&] { return resyncs_ == 1; });
    socket_->push(removal(1, kLeg));
    socket_->push(upsert(2, kLeg));  // GET: 404
    socket_->push(upsert(3, kLeg));
    pass(std::chrono::minutes{1});
    EXPECT_TRUE(events_.empty());
}

TEST_F(PbxClientWithFakes, DropsAnAnswerThatIsOlderThanTheEnd) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Connected");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    pbx_.slow = kLeg;
    socket_->push(upsert(2, kLeg));
    until([&] { return pbx_.slowOnes == 1; });
    socket_->push(removal(3, kLeg));
    until([&] { return states_.size() == 2; });
    pbx_.release.cancel();  // "Connected", of before
    pass(std::chrono::milliseconds{100});
    EXPECT_EQ(states_, (std::vector{CallState::Connected, CallState::Ended}));
    EXPECT_TRUE(liveKeys_.empty());
}

TEST_F(PbxClientWithFakes, ASlowAnswerHoldsUpNoOtherExtension) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.unanswered = kLeg;
    socket_->push(upsert(1, kLeg));
    pbx_.bodies["/callcontrol/202/participants/7"] = leg("Ringing", 7, "202");
    socket_->push(upsert(2, "/callcontrol/202/participants/7"));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(events_[0].extension, Extension{"202"});
}

TEST_F(PbxClientWithFakes, TakesReusedNumbersForNewCallsAfterThePbxBeganAnew) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Connected");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    pbx_.bodies.erase(kLeg);
    socket_->breakLink();
    until([&] { return states_.size() == 2; });
    EXPECT_TRUE(events_[1].isTimeEstimated);
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 3; });
    EXPECT_EQ(states_[2], CallState::Ringing);
    EXPECT_NE(events_[2].key, events_[0].key) << "a key that ended means nothing any more";
}

TEST_F(PbxClientWithFakes, TellsOnceWhichExtensionsAreNotMonitored) {
    extensions_ = {"201", "202", "203"};
    pbx_.bodies["/callcontrol"] = listed();
    start();
    pass(std::chrono::minutes{5});
    EXPECT_EQ(logged("extensions 202, 203 are not monitored"), 1);
    EXPECT_EQ(logged("extensions to monitor"), 1);
    pbx_.bodies["/callcontrol"] = listed("", "202");
    pass(std::chrono::minutes{5});
    EXPECT_EQ(logged("extension 201 is not monitored"), 1);
}

TEST_F(PbxClientWithFakes, LooksAtTheListWhereALegMayNotBeSeen) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.statuses[kLeg] = 403;
    pbx_.bodies["/callcontrol"] = listed(leg("Ringing"));
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(logged("not monitored"), 0) << "the list shows it";
    pbx_.bodies["/callcontrol"] = "[]";
    socket_->push(upsert(2, kLeg));
    until([&] { return states_.size() == 2; });
    EXPECT_EQ(states_.back(), CallState::Ended);
    EXPECT_EQ(logged("extension 201 is not monitored"), 1);
}

TEST_F(PbxClientWithFakes, TellsOnceOfAStateItDoesNotKnow) {
    start();
    until([&] { return resyncs_ == 1; });
    pbx_.bodies[kLeg] = leg("Connected");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    pbx_.bodies[kLeg] = leg("Whispering");
    for (int i = 2; i < 6; ++i) {
        socket_->push(upsert(i, kLeg));
        settle();
    }
    EXPECT_EQ(logged("Whispering"), 1);
    EXPECT_EQ(states_.size(), 1U);
}

TEST_F(PbxClientWithFakes, SurvivesMessagesThatAreNone) {
    start();
    until([&] { return resyncs_ == 1; });
    socket_->push(std::string(100, char{0}), true);
    socket_->push(std::string(5'000, '['));
    pbx_.bodies[kLeg] = leg("Ringing");
    socket_->push(upsert(1, kLeg));
    until([&] { return states_.size() == 1; });
    EXPECT_EQ(bearers_.size(), 1U);
    socket_->push(std::string(FakeSocket::kLargest + 1, 'x'));  // ends the connection, not the program
    pbx_.bodies["/callcontrol"] = listed(leg("Connected"));
    until([&] { return states_.size() == 2; });
    EXPECT_EQ(bearers_.size(), 2U);
}

TEST_F(PbxClientWithFakes, CaresForNoJumpOfTheDate) {
    start();
    until([&] { return resyncs_ == 1; });
    for (const auto jump : {std::chrono::hours{-24}, std::chrono::hours{48}}) {
        clock_.jumpDate(jump);
        pass(std::chrono::seconds{31});
    }
    EXPECT_EQ(pbx_.tokens, 1);
    EXPECT_EQ(resyncs_, 3);
    EXPECT_EQ(links_.back(), LinkState::Connected);
}

class RefusingPbx : public PbxClientWithFakes, public testing::WithParamInterface<int> {};
TEST_P(RefusingPbx, EndsWhatWasToldToEnd) {
    endsWhenRefused_ = true;
    pbx_.statuses["/callcontrol"] = GetParam();
    start();
    settle();
    ASSERT_TRUE(why_);
    EXPECT_EQ(why_->kind, ErrorKind::Rejected);
    EXPECT_NE(why_->detail.find("tick '3CX Call Control API access'"), std::string::npos);
}
TEST_P(RefusingPbx, IsAskedNowAndThenOtherwise) {
    pbx_.statuses["/callcontrol"] = GetParam();
    start();
    pass(std::chrono::minutes{2});
    EXPECT_FALSE(why_);
    EXPECT_EQ(links_.back(), LinkState::Failed);
    pbx_.statuses.clear();
    until([&] { return links_.back() == LinkState::Connected; });
}
INSTANTIATE_TEST_SUITE_P(Rows, RefusingPbx, testing::Values(403, 404));

}  // namespace
}  // namespace ninja3cx::telephony
