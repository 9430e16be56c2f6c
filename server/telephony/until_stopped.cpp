#include "server/telephony/until_stopped.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace ninja3cx::telephony {

namespace asio = net::asio;
using namespace asio::experimental::awaitable_operators;

UntilStopped::UntilStopped(asio::any_io_executor executor) : ending_(std::move(executor)) {
    ending_.expires_at(asio::steady_timer::time_point::max());
}

asio::awaitable<void> UntilStopped::run(asio::awaitable<void> work) {
    auto working = catchThrown(std::move(work));
    auto ending = ended();
    auto together = std::move(working) || std::move(ending);
    (void)co_await std::move(together);
    if (thrown_) std::rethrow_exception(thrown_);
}

void UntilStopped::stop() {
    isStopped_ = true;
    end();
}

/// Expired, not cancelled: that also ends a wait which is yet to begin.
void UntilStopped::end() {
    ending_.expires_at(asio::steady_timer::time_point::min());
}

/// An exception within `||` would be lost or come out together with another: it is carried past it.
asio::awaitable<void> UntilStopped::catchThrown(asio::awaitable<void> work) {
    try {
        co_await std::move(work);
    } catch (...) {
        if (!isStopped_) thrown_ = std::current_exception();
    }
    end();
}

asio::awaitable<void> UntilStopped::ended() {
    co_await ending_.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace ninja3cx::telephony
