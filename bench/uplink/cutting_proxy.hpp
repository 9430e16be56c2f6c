#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <set>

namespace ninja3cx::bench {

/// A network between agents and server whose connections can be cut. On loopback; who connects while the server is away
/// is sent away. Threads: the executor's one. `run` ends after `stop`.
class CuttingProxy {
public:
    /// Listens from now on. Throws boost::system::system_error where there is no port.
    CuttingProxy(boost::asio::any_io_executor executor, std::uint16_t serverPort, std::uint64_t seed);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    std::uint16_t port() const;
    boost::asio::awaitable<void> run();
    void stop();

    /// Resets so many of the connections, by chance; what is under way is lost. How many there were to cut.
    std::size_t cut(std::size_t count);
    std::size_t open() const { return pairs_.size(); }

private:
    struct Pair;
    boost::asio::awaitable<void> carry(std::shared_ptr<Pair> pair);

    boost::asio::any_io_executor executor_;
    boost::asio::ip::tcp::acceptor acceptor_;
    const boost::asio::ip::tcp::endpoint server_;
    std::set<std::shared_ptr<Pair>> pairs_;
    std::mt19937_64 random_;
};

}  // namespace ninja3cx::bench
