#include "server/ticketing/stoppable_transport.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace ninja3cx::ticketing {

namespace asio = net::asio;

StoppableTransport::StoppableTransport(net::HttpTransport& next) : next_(next) {}

asio::awaitable<Result<net::HttpResponse>> StoppableTransport::send(net::ClientRequest request) {
    const std::shared_ptr<UnderWay> underWay = underWay_;
    if (underWay->isStopped) co_return Error{ErrorKind::Unreachable, "the program is stopping"};
    const auto signal = underWay->signals.emplace(underWay->signals.end());
    struct Leaves {
        UnderWay& from;
        std::list<asio::cancellation_signal>::iterator signal;
        ~Leaves() { from.signals.erase(signal); }
    } const leaves{*underWay, signal};
    const auto executor = co_await asio::this_coro::executor;
    auto work = next_.send(std::move(request));
    auto token = asio::bind_cancellation_slot(signal->slot(), asio::use_awaitable);
    co_return co_await asio::co_spawn(executor, std::move(work), token);
}

void StoppableTransport::stop() {
    underWay_->isStopped = true;
    auto& signals = underWay_->signals;
    for (auto signal = signals.begin(); signal != signals.end();)
        (signal++)->emit(asio::cancellation_type::terminal);
}

}  // namespace ninja3cx::ticketing
