#include "server/telephony/pbx_token.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <stdexcept>
#include <vector>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;

net::HttpResponse token(const std::string& name) {
    return {200, {}, R"({"access_token":")" + name + R"(","expires_in":3600})"};
}

/// Never answers.
class SilentDesk final : public net::HttpTransport {
public:
    asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest) override {
        const auto executor = co_await asio::this_coro::executor;
        asio::steady_timer never{executor, asio::steady_timer::time_point::max()};
        co_await never.async_wait(asio::use_awaitable);
        co_return Error{ErrorKind::Unreachable, "not reached"};
    }
};

/// Answers after one turn of the loop, so that others can ask meanwhile.
class TokenDesk final : public net::HttpTransport {
public:
    asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest) override {
        ++asked;
        const auto executor = co_await asio::this_coro::executor;
        if (isSilent) {
            asio::steady_timer never{executor, asio::steady_timer::time_point::max()};
            co_await never.async_wait(asio::as_tuple(asio::use_awaitable));
            co_return Error{ErrorKind::OutcomeUnknown, "cancelled"};
        }
        asio::steady_timer turn{executor, 1ms};
        co_await turn.async_wait(asio::use_awaitable);
        if (answers.empty()) throw std::runtime_error{"a fault of ours"};
        Result<net::HttpResponse> answer = answers.front();
        answers.pop_front();
        co_return answer;
    }
    std::deque<Result<net::HttpResponse>> answers;
    bool isSilent = false;  // until cancelled
    int asked = 0;
};

class PbxTokens : public testing::Test {
protected:
    void ask() {
        asio::co_spawn(context_, token_.get(), [this](std::exception_ptr failure, Result<std::string> got) {
            if (failure) return got_.push_back("thrown");
            got_.push_back(got ? *got : got.error().detail);
        });
    }
    void run() {
        context_.restart();
        context_.run_for(20s);
    }
    std::string get() {
        ask();
        run();
        return got_.back();
    }

    /// It works for a while, and is then ended by somebody else.
    void endsAfter(const std::string& name, std::chrono::milliseconds life) {
        EXPECT_EQ(get(), name);
        token_.worked(name);
        clock_.advance(life);
        token_.refused(name);
    }

    asio::io_context context_{1};
    ManualClock clock_;
    TokenDesk desk_;
    PbxAccess access_{"http://pbx", "900", "secret", {}};
    PbxToken token_{access_, desk_, clock_};
    std::vector<std::string> got_;
};

TEST_F(PbxTokens, AreFetchedOnceForAllWhoAskAtATime) {
    desk_.answers = {token("T1")};
    for (int i = 0; i < 3; ++i) ask();
    run();
    EXPECT_EQ(got_, (std::vector<std::string>{"T1", "T1", "T1"}));
    EXPECT_EQ(desk_.asked, 1);
}

TEST_F(PbxTokens, ServeToTheirEndWhileTheRenewalFails) {
    desk_.answers = {token("T1"), net::HttpResponse{503, {}, ""}, token("T2")};
    EXPECT_EQ(get(), "T1");
    clock_.advance(50min);  // of 55
    EXPECT_EQ(get(), "T1");
    EXPECT_EQ(desk_.asked, 2);
    EXPECT_EQ(get(), "T1") << "and nothing is asked within the pause";
    EXPECT_EQ(desk_.asked, 2);
    clock_.advance(2s);
    EXPECT_EQ(get(), "T2");
}

TEST_F(PbxTokens, AreNotAskedForBeforeTheTimeThePbxNamed) {
    net::HttpResponse throttled{429, {}, ""};
    throttled.headers.set("Retry-After", "120");
    desk_.answers = {throttled, token("T1")};
    get();
    clock_.advance(119s);
    get();
    EXPECT_EQ(desk_.asked, 1);
    clock_.advance(2s);
    EXPECT_EQ(get(), "T1");
}

TEST_F(PbxTokens, ThatCannotBeHadAreRefusedToAllForOneReason) {
    desk_.answers = {net::HttpResponse{401, {}, ""}};
    for (int i = 0; i < 2; ++i) ask();
    run();
    ASSERT_EQ(got_.size(), 2U);
    EXPECT_NE(got_[0].find("check PBX_CLIENT_ID"), std::string::npos) << got_[0];
    EXPECT_EQ(got_[1], got_[0]);
}

TEST_F(PbxTokens, AreAskedForEverMoreRarelyWhileTheKeyIsRefused) {
    const auto asksWithin = [this](std::chrono::minutes span, const net::HttpResponse& answer) {
        const int before = desk_.asked;
        for (auto passed = 0s; passed < span; passed += 1s) {
            clock_.advance(1s);
            desk_.answers.assign(1, answer);
            (void)get();
        }
        return desk_.asked - before;
    };
    EXPECT_LE(asksWithin(60min, {401, {}, ""}), 13) << "3CX blocks addresses that guess";
    EXPECT_GE(asksWithin(60min, {401, {}, ""}), 1) << "a key may be mended";
    clock_.advance(30min);
    EXPECT_GE(asksWithin(10min, {503, {}, ""}), 9) << "a PBX that is away comes back";
}

TEST(PbxTokenWithoutAClient, IsNotAskedFor) {
    asio::io_context context{1};
    ManualClock clock;
    TokenDesk desk;
    const PbxAccess access{"http://pbx", "", "", {}};
    PbxToken token{access, desk, clock};
    std::string got;
    asio::co_spawn(context, token.get(), [&](std::exception_ptr, Result<std::string> result) {
        got = result ? "a token" : result.error().detail;
    });
    context.run();
    EXPECT_EQ(got, "3CX: no API client is set: PBX_CLIENT_ID, PBX_CLIENT_SECRET");
    EXPECT_EQ(desk.asked, 0);
}

TEST_F(PbxTokens, ThatWereNoLongerWantedAreNoFailure) {
    desk_.isSilent = true;
    asio::cancellation_signal stop;
    std::optional<Result<std::string>> stopped;
    asio::co_spawn(context_, token_.get(),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&](std::exception_ptr, Result<std::string> got) { stopped = got; }));
    context_.poll();
    ASSERT_EQ(desk_.asked, 1);
    stop.emit(asio::cancellation_type::terminal);
    run();
    ASSERT_TRUE(stopped && !*stopped);
    EXPECT_EQ(stopped->error().kind, ErrorKind::Cancelled);
    desk_.isSilent = false;
    desk_.answers = {net::HttpResponse{503, {}, ""}, token("T1")};
    clock_.advance(1s);
    get();
    clock_.advance(1s);
    EXPECT_EQ(get(), "T1") << "the first failure is followed by the first pause";
}

TEST_F(PbxTokens, ThatAreEndedTwiceWithinAMinuteTellOfAnotherProgram) {
    desk_.answers = {token("T1"), token("T2"), token("T3"), token("T4")};
    endsAfter("T1", 20s);
    EXPECT_FALSE(token_.problem()) << "once may be anything";
    endsAfter("T2", 20s);
    ASSERT_TRUE(token_.problem());
    EXPECT_NE(token_.problem()->find("client id used twice"), std::string::npos);
    EXPECT_NE(get(), "T3") << "not at once";
    clock_.advance(1s);
    EXPECT_EQ(get(), "T3");
    clock_.advance(11min);
    EXPECT_FALSE(token_.problem()) << "it is over";
}

TEST_F(PbxTokens, ThatAreEndedNowAndThenTellNothing) {
    desk_.answers = {token("T1"), token("T2"), token("T3")};
    endsAfter("T1", 20s);
    endsAfter("T2", 5min);
    EXPECT_FALSE(token_.problem());
    EXPECT_EQ(get(), "T3");
}

TEST_F(PbxTokens, ThatNeverWorkedWereEndedByNobody) {
    desk_.answers = {token("T1"), token("T2"), token("T3")};
    for (const char* const name : {"T1", "T2"}) {
        EXPECT_EQ(get(), name);
        clock_.advance(2s);
        token_.refused(name);
    }
    EXPECT_FALSE(token_.problem());
}

TEST_F(PbxTokens, TellHowFarThePbxsClockIsAhead) {
    // {"iat":1767229200,"exp":1767232800}: an hour after this test's clock.
    desk_.answers = {token("e30.eyJpYXQiOjE3NjcyMjkyMDAsImV4cCI6MTc2NzIzMjgwMH0.x")};
    get();
    ASSERT_TRUE(token_.lastAnswer().clockAhead);
    EXPECT_EQ(*token_.lastAnswer().clockAhead, 1h);
}

TEST_F(PbxTokens, TellThePbxsClockByARefusalToo) {
    net::HttpResponse refusal{401, {}, ""};
    refusal.headers.set("Date", "Wed, 31 Dec 2025 23:00:00 GMT");
    desk_.answers = {refusal};
    get();
    ASSERT_TRUE(token_.lastAnswer().clockAhead);
    EXPECT_EQ(*token_.lastAnswer().clockAhead, -1h);
    EXPECT_EQ(token_.lastAnswer().status, 401);
}

/// At the end of the server the PBX may still owe its answer: what waits for it ends with the loop, after the client.
TEST(PbxTokenAtTheEnd, MayBeGoneBeforeThoseWhoAskedForIt) {
    auto context = std::make_unique<asio::io_context>(1);
    const ManualClock clock;
    SilentDesk desk;
    const PbxAccess access{"http://pbx", "900", "secret", {}};
    auto token = std::make_unique<PbxToken>(access, desk, clock);
    int answered = 0;
    for (int i = 0; i < 2; ++i)
        asio::co_spawn(*context, token->get(), [&](std::exception_ptr, Result<std::string>) { ++answered; });
    context->poll();
    token.reset();
    context.reset();
    EXPECT_EQ(answered, 0);
}

TEST_F(PbxTokens, CanBeHadAfterAnException) {
    EXPECT_EQ(get(), "thrown");
    desk_.answers = {token("T1")};
    clock_.advance(2s);
    EXPECT_EQ(get(), "T1");
}

}  // namespace
}  // namespace ninja3cx::telephony
