#include "server/app/browser_wait.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>

namespace ninja3cx::app {
namespace {

namespace asio = boost::asio;

/// Listens until it is stopped; `begin` is what happens first.
struct Listener {
    asio::io_context context{1};
    asio::steady_timer stopped{context, asio::steady_timer::time_point::max()};
    std::function<void()> begin = [] {};
    BrowserWait wait{context, [this](std::chrono::milliseconds) { stopped.cancel(); }};

    asio::awaitable<void> listen() {
        begin();
        boost::system::error_code ignored;
        co_await stopped.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    Result<void> run(std::chrono::milliseconds patience) { return wait.run(listen(), patience); }
};

TEST(BrowserWait, EndsWithTheAnswer) {
    Listener listener;
    listener.begin = [&] { listener.wait.answered(); };
    EXPECT_TRUE(listener.run(std::chrono::hours{1}));
}

TEST(BrowserWait, SaysThatNobodyCame) {
    Listener listener;
    const auto waited = listener.run(std::chrono::milliseconds{1});
    ASSERT_FALSE(waited);
    EXPECT_EQ(waited.error().kind, ErrorKind::TimedOut);
    EXPECT_NE(waited.error().detail.find("in time"), std::string::npos) << waited.error().detail;
}

TEST(BrowserWait, EndsAtOnceAndSaysWhyWhenTheListenerFails) {
    Listener listener;
    listener.begin = [] { throw std::runtime_error{"too many open files"}; };
    const auto waited = listener.run(std::chrono::hours{1});
    ASSERT_FALSE(waited);
    EXPECT_EQ(waited.error().kind, ErrorKind::Io);
    EXPECT_NE(waited.error().detail.find("too many open files"), std::string::npos) << waited.error().detail;
}

TEST(BrowserWait, KeepsTheAnswerOfAListenerThatFailsAfterwards) {
    Listener listener;
    listener.begin = [&] {
        listener.wait.answered();
        throw std::runtime_error{"cut"};
    };
    EXPECT_TRUE(listener.run(std::chrono::hours{1}));
}

}  // namespace
}  // namespace ninja3cx::app
