#pragma once

#include "server/net/http.hpp"
#include "server/ticketing/scheduler.hpp"

#include <memory>

/// NinjaOne's side of the server at another pace than the rest: for benchmarks, with ScaledClock and a NinjaOne that lives as
/// fast. At speed 1 everything passes through as it is.
/// Each on the thread of what it passes to: both keep nothing that changes.
namespace ninja3cx::ticketing {

/// Waits that are over `speed` times as soon.
class PacedScheduler final : public Scheduler {
public:
    PacedScheduler(Scheduler& next, double speed) : next_(next), speed_(speed) {}
    std::shared_ptr<Sleep> makeSleep() override;

private:
    Scheduler& next_;
    const double speed_;
};

/// Requests whose time is up `speed` times as soon.
class PacedTransport final : public net::HttpTransport {
public:
    PacedTransport(net::HttpTransport& next, double speed) : next_(next), speed_(speed) {}
    net::asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override;

private:
    net::HttpTransport& next_;
    const double speed_;
};

}  // namespace ninja3cx::ticketing
