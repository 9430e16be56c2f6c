#include "server/telephony/pbx_token.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>

#include <deque>
#include <stdexcept>
#include <vector>

namespace ninja3cx::telephony {
namespace {

namespace asio = net::asio;
using namespace std::chrono_literals;

net::HttpResponse token(const std::string& name) {
    return {200, {}, R"({"access_token":")" + name + R"(","expires_in":3600})"};
}

/// Answers after one turn of the loop, so that others can ask meanwhile.
class TokenDesk final : public net::HttpTransport {
public:
    asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest) override {
        ++asked;
        const auto executor = co_await asio::this_coro::executor;
        asio::steady_timer turn{executor, 1ms};
        co_await turn.async_wait(asio::use_awaitable);
        if (answers.empty()) throw std::runtime_error{"a fault of ours"};
        Result<net::HttpResponse> answer = answers.front();
        answers.pop_front();
        co_return answer;
    }
    std::deque<Result<net::HttpResponse>> answers;
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

TEST_F(PbxTokens, CanBeHadAfterAnException) {
    EXPECT_EQ(get(), "thrown");
    desk_.answers = {token("T1")};
    clock_.advance(2s);
    EXPECT_EQ(get(), "T1");
}

}  // namespace
}  // namespace ninja3cx::telephony
