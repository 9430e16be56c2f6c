#pragma once

#include "server/net/http.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>

namespace ninja3cx::telephony {

/// Runs one coroutine that `stop` ends at once, whatever it waits for: a request under way takes seconds. One executor.
class UntilStopped {
public:
    explicit UntilStopped(net::asio::any_io_executor executor);

    /// Ends with `work`, or when it is stopped, which may have been before. What `work` throws comes out here, except
    /// after `stop`: then nobody waits for it any more.
    net::asio::awaitable<void> run(net::asio::awaitable<void> work);
    void stop();
    /// Waits until `run` is to end.
    net::asio::awaitable<void> ended();
    bool isStopped() const { return isStopped_; }

private:
    net::asio::awaitable<void> catchThrown(net::asio::awaitable<void> work);
    void end();

    net::asio::steady_timer ending_;  // expires when `run` is to end
    std::exception_ptr thrown_;
    bool isStopped_ = false;
};

}  // namespace ninja3cx::telephony
