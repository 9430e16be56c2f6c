#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>

namespace ninja3cx::bench {

boost::asio::awaitable<void> pauseFor(std::chrono::milliseconds time);

}  // namespace ninja3cx::bench
