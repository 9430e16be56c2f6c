#include "bench/programs/pause.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ninja3cx::bench {

boost::asio::awaitable<void> pauseFor(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer{co_await boost::asio::this_coro::executor, time};
    co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace ninja3cx::bench
