#include "simulators/serve/serve.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ninja3cx::simulators {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::minutes kLongerThanAnyPatience{10};

asio::awaitable<void> waitFor(std::chrono::milliseconds time) {
    asio::steady_timer timer{co_await asio::this_coro::executor, time};
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<net::HttpResponse> answer(std::function<Reply(const Request&)> handle,
                                          net::HttpRequest request) {
    Reply reply = handle(toRequest(std::move(request)));
    if (reply.delay.count() > 0) co_await waitFor(reply.delay);
    if (reply.delivery == Delivery::Never) co_await waitFor(kLongerThanAnyPatience);
    co_return toResponse(std::move(reply));
}

}  // namespace

Request toRequest(net::HttpRequest request) {
    Request plain;
    plain.method = std::move(request.method);
    plain.path = std::move(request.path);
    plain.query = std::move(request.query);
    plain.headers = request.headers.all();
    plain.body = std::move(request.body);
    return plain;
}

net::HttpResponse toResponse(Reply reply) {
    net::HttpResponse response;
    response.status = reply.status;
    for (auto& [name, value] : reply.headers) response.headers.add(std::move(name), std::move(value));
    response.body = std::move(reply.body);
    response.bodyBytesPerSecond = reply.bodyBytesPerSecond;
    switch (reply.delivery) {
        case Delivery::Whole:
            break;
        case Delivery::Truncated:
            response.delivery = net::Delivery::HalfOfBody;
            break;
        case Delivery::Reset:
        case Delivery::Never:
            response.delivery = net::Delivery::Nothing;
            break;
    }
    return response;
}

void addSimulator(net::Router& router, std::function<Reply(const Request&)> handle) {
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"})
        router.add(method, "/{rest*}",
                   [handle](net::HttpRequest request) { return answer(handle, std::move(request)); });
}

}  // namespace ninja3cx::simulators
