#include "server/tests/net/raw_peer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>

namespace ninja3cx::net {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

const auto kLoopback = asio::ip::address_v4::loopback();

}  // namespace

asio::awaitable<RawPeer> RawPeer::connect(std::uint16_t port) {
    tcp::socket socket{co_await asio::this_coro::executor};
    co_await socket.async_connect(tcp::endpoint{kLoopback, port}, asio::use_awaitable);
    co_return RawPeer{std::move(socket)};
}

asio::awaitable<RawPeer> RawPeer::accept(tcp::acceptor& acceptor) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    co_return RawPeer{std::move(socket)};
}

asio::awaitable<void> RawPeer::write(std::string bytes) {
    co_await asio::async_write(socket_, asio::buffer(bytes), asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<std::string> RawPeer::readUntil(std::string end) {
    const auto [error, count] = co_await asio::async_read_until(socket_, asio::dynamic_buffer(unread_), end,
                                                                asio::as_tuple(asio::use_awaitable));
    const auto taken = error ? unread_.size() : count;
    auto text = unread_.substr(0, taken);
    unread_.erase(0, taken);
    co_return text;
}

asio::awaitable<std::string> RawPeer::readToEnd() {
    auto text = std::move(unread_);
    unread_.clear();
    std::array<char, 4096> part{};
    for (;;) {
        const auto [error, count] =
            co_await socket_.async_read_some(asio::buffer(part), asio::as_tuple(asio::use_awaitable));
        text.append(part.data(), count);
        if (error) co_return text;
    }
}

tcp::acceptor listenAnywhere(asio::any_io_executor executor) {
    return tcp::acceptor{executor, tcp::endpoint{kLoopback, 0}};
}

}  // namespace ninja3cx::net
