#pragma once

#include "shared/core/result.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <optional>

namespace ninja3cx::app {

/// A command's wait for one answer that a browser brings to a local listener.
///
/// Failure: TimedOut when `patience` is over, Io when the listener failed or ended before the answer.
/// Threads: the one that calls `run`.
class BrowserWait {
public:
    /// `stop` makes the listener end, within `grace`.
    using Stop = std::function<void(std::chrono::milliseconds grace)>;
    BrowserWait(boost::asio::io_context& context, Stop stop);

    /// The answer has come; the reply to it has a moment to reach the browser.
    void answered();
    /// Runs the context until the listener has ended.
    Result<void> run(boost::asio::awaitable<void> listener, std::chrono::milliseconds patience);

private:
    boost::asio::io_context& context_;
    Stop stop_;
    boost::asio::steady_timer timer_;
    std::optional<Result<void>> outcome_;
};

}  // namespace ninja3cx::app
