#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>

namespace ninja3cx::net {

/// A connection to a port of this computer that sends and reads bytes as the test says.
class RawPeer {
public:
    static boost::asio::awaitable<RawPeer> connect(std::uint16_t port);
    static boost::asio::awaitable<RawPeer> accept(boost::asio::ip::tcp::acceptor& acceptor);

    boost::asio::awaitable<void> write(std::string bytes);
    /// What comes until `end` has come, that included; all there is when the link ends before.
    boost::asio::awaitable<std::string> readUntil(std::string end);
    boost::asio::awaitable<std::string> readToEnd();

private:
    explicit RawPeer(boost::asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}

    boost::asio::ip::tcp::socket socket_;
    std::string unread_;
};

/// Listens on a free port of this computer.
boost::asio::ip::tcp::acceptor listenAnywhere(boost::asio::any_io_executor executor);

}  // namespace ninja3cx::net
