#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace ninja3cx::ticketing {

/// Runs `work` on another executor (one that may block) and comes back with its result.
/// Pass a named closure by std::move: g++ 12 destroys one that is made within the co_await expression twice.
template <class Work>
boost::asio::awaitable<decltype(std::declval<Work>()())> runOn(boost::asio::any_io_executor executor,
                                                               Work work) {
    auto task = [](Work inner) -> boost::asio::awaitable<decltype(inner())> { co_return inner(); };
    co_return co_await boost::asio::co_spawn(executor, task(std::move(work)), boost::asio::use_awaitable);
}

}  // namespace ninja3cx::ticketing
