#include "bench/uplink/cutting_proxy.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace ninja3cx::bench {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace asio::experimental::awaitable_operators;

namespace {

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kBufferBytes = 64U << 10U;

tcp::endpoint onLoopback(std::uint16_t port) {
    return {asio::ip::address_v4::loopback(), port};
}

/// Without a word: the other side sees a reset.
void reset(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(asio::socket_base::linger{true, 0}, ignored);
    socket.close(ignored);
}

asio::awaitable<void> copy(tcp::socket& from, tcp::socket& to) {
    std::vector<char> buffer(kBufferBytes);
    for (;;) {
        auto [failure, bytes] = co_await from.async_read_some(asio::buffer(buffer), kTuple);
        if (failure) co_return;
        auto [refused, written] = co_await asio::async_write(to, asio::buffer(buffer.data(), bytes), kTuple);
        if (refused) co_return;
    }
}

}  // namespace

struct CuttingProxy::Pair {
    tcp::socket client;
    tcp::socket server;
};

CuttingProxy::CuttingProxy(asio::any_io_executor executor, std::uint16_t serverPort, std::uint64_t seed)
    : executor_(std::move(executor)),
      acceptor_(executor_, onLoopback(0)),
      server_(onLoopback(serverPort)),
      random_(seed) {}

CuttingProxy::~CuttingProxy() = default;

std::uint16_t CuttingProxy::port() const {
    return acceptor_.local_endpoint().port();
}

asio::awaitable<void> CuttingProxy::run() {
    for (;;) {
        auto [failure, client] = co_await acceptor_.async_accept(kTuple);
        if (failure) co_return;
        auto pair = std::make_shared<Pair>(Pair{std::move(client), tcp::socket{executor_}});
        pairs_.insert(pair);
        asio::co_spawn(executor_, carry(pair), asio::detached);
    }
}

asio::awaitable<void> CuttingProxy::carry(std::shared_ptr<Pair> pair) {
    auto [failure] = co_await pair->server.async_connect(server_, kTuple);
    if (!failure) {
        boost::system::error_code ignored;
        pair->client.set_option(tcp::no_delay{true}, ignored);
        pair->server.set_option(tcp::no_delay{true}, ignored);
        auto up = copy(pair->client, pair->server);
        auto down = copy(pair->server, pair->client);
        auto either = std::move(up) || std::move(down);
        co_await std::move(either);
    }
    reset(pair->client);
    reset(pair->server);
    pairs_.erase(pair);
}

void CuttingProxy::stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    cut(pairs_.size());
}

std::size_t CuttingProxy::cut(std::size_t count) {
    std::vector<std::shared_ptr<Pair>> chosen;
    std::sample(pairs_.begin(), pairs_.end(), std::back_inserter(chosen), count, random_);
    for (const auto& pair : chosen) {
        reset(pair->client);
        reset(pair->server);
    }
    return chosen.size();
}

}  // namespace ninja3cx::bench
