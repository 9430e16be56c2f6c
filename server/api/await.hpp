#pragma once

#include "shared/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace ninja3cx::api {

template <class T>
using Start = std::function<void(std::function<void(Result<T>)>)>;

/// Waits for what `start` hands to its callback. The callback must come, once, on the network thread.
/// `start` is a named object of the caller: GCC 12 destroys a temporary one in a co_await twice.
template <class T>
boost::asio::awaitable<Result<T>> answerOf(const Start<T>& start) {
    auto answer = std::make_shared<Result<T>>(Error{ErrorKind::Cancelled, "no answer"});
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
        [&](auto handler) {
            auto resume = std::make_shared<decltype(handler)>(std::move(handler));
            start([answer, resume](Result<T> result) {
                *answer = std::move(result);
                auto executor = boost::asio::get_associated_executor(*resume);
                boost::asio::dispatch(executor, [resume] { std::move (*resume)(); });
            });
        },
        boost::asio::use_awaitable);
    co_return std::move(*answer);
}

}  // namespace ninja3cx::api
