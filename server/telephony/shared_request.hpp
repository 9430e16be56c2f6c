#pragma once

#include "server/net/http.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace ninja3cx::telephony {

/// A request whose answer several coroutines want. The one that makes it may be ended later than the object that it is
/// made for: each of them holds it.
class SharedRequest {
public:
    bool isUnderWay() const { return end_.has_value(); }
    /// Until it ends, however it does. False: the one who waits is stopped.
    static net::asio::awaitable<bool> ended(std::shared_ptr<SharedRequest> request) {
        co_await request->end_->async_wait(net::asio::as_tuple(net::asio::use_awaitable));
        const auto state = co_await net::asio::this_coro::cancellation_state;
        co_return state.cancelled() == net::asio::cancellation_type::none;
    }

    /// It is under way as long as this lives.
    class Making {
    public:
        Making(std::shared_ptr<SharedRequest> request, const net::asio::any_io_executor& executor)
            : request_(std::move(request)) {
            request_->end_.emplace(executor, net::asio::steady_timer::time_point::max());
        }
        ~Making() { request_->end_.reset(); }
        Making(const Making&) = delete;
        Making& operator=(const Making&) = delete;

    private:
        std::shared_ptr<SharedRequest> request_;
    };

    std::optional<Error> failure;

private:
    std::optional<net::asio::steady_timer> end_;  // while it is under way: cancelled at its end
};

}  // namespace ninja3cx::telephony
