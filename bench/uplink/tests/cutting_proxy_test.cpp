#include "bench/uplink/cutting_proxy.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

tcp::endpoint onLoopback(std::uint16_t port) {
    return {asio::ip::address_v4::loopback(), port};
}

/// Says back what it hears.
asio::awaitable<void> echo(tcp::socket socket) {
    std::string buffer(64, ' ');
    for (;;) {
        auto [failure, bytes] = co_await socket.async_read_some(asio::buffer(buffer), kTuple);
        if (failure) co_return;
        auto [refused, written] = co_await asio::async_write(socket, asio::buffer(buffer, bytes), kTuple);
        if (refused) co_return;
    }
}

asio::awaitable<void> serve(tcp::acceptor& acceptor) {
    for (;;) {
        auto [failure, socket] = co_await acceptor.async_accept(kTuple);
        if (failure) co_return;
        asio::co_spawn(acceptor.get_executor(), echo(std::move(socket)), asio::detached);
    }
}

/// What comes back of "hello"; the error's name when the connection ends instead.
asio::awaitable<std::string> talk(tcp::socket& socket) {
    const std::string word = "hello";
    auto [refused, written] = co_await asio::async_write(socket, asio::buffer(word), kTuple);
    if (refused) co_return refused.message();
    std::string answer(word.size(), ' ');
    auto [failure, bytes] = co_await asio::async_read(socket, asio::buffer(answer), kTuple);
    co_return failure ? failure.message() : answer;
}

class CuttingProxyTest : public ::testing::Test {
protected:
    template <class Test>
    void run(Test test) {
        asio::co_spawn(context, test(), [this](std::exception_ptr failure) {
            server.close();
            proxy.stop();
            if (failure) std::rethrow_exception(failure);
        });
        asio::co_spawn(context, serve(server), asio::detached);
        asio::co_spawn(context, proxy.run(), asio::detached);
        context.run();
    }

    asio::io_context context{1};
    tcp::acceptor server{context, onLoopback(0)};
    CuttingProxy proxy{context.get_executor(), server.local_endpoint().port(), 1};
};

TEST_F(CuttingProxyTest, CarriesBothWaysUntilItCuts) {
    run([&]() -> asio::awaitable<void> {
        tcp::socket first{context};
        tcp::socket second{context};
        co_await first.async_connect(onLoopback(proxy.port()), asio::use_awaitable);
        co_await second.async_connect(onLoopback(proxy.port()), asio::use_awaitable);
        EXPECT_EQ(co_await talk(first), "hello");
        EXPECT_EQ(co_await talk(second), "hello");
        EXPECT_EQ(proxy.cut(1), 1U);
        const bool isFirstWell = co_await talk(first) == "hello";
        const bool isSecondWell = co_await talk(second) == "hello";
        EXPECT_NE(isFirstWell, isSecondWell);
    });
}

TEST_F(CuttingProxyTest, CutsNoMoreThanThereAre) {
    run([&]() -> asio::awaitable<void> {
        EXPECT_EQ(proxy.cut(3), 0U);
        tcp::socket socket{context};
        co_await socket.async_connect(onLoopback(proxy.port()), asio::use_awaitable);
        EXPECT_EQ(co_await talk(socket), "hello");
        EXPECT_EQ(proxy.cut(3), 1U);
    });
}

TEST_F(CuttingProxyTest, SendsAwayWhoComesWhileTheServerIsGone) {
    run([&]() -> asio::awaitable<void> {
        server.close();
        tcp::socket socket{context};
        co_await socket.async_connect(onLoopback(proxy.port()), asio::use_awaitable);
        EXPECT_NE(co_await talk(socket), "hello");
    });
}

}  // namespace
}  // namespace ninja3cx::bench
