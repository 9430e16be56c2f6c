#pragma once

#include "server/net/http.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <list>
#include <memory>

namespace ninja3cx::ticketing {

/// Passes requests on until `stop`: those under way then end as if their connection broke, later ones are not sent
/// (Unreachable). So what waits for NinjaOne ends while all it works with is still there.
///
/// Threads: network thread only.
class StoppableTransport final : public net::HttpTransport {
public:
    explicit StoppableTransport(net::HttpTransport& next);
    net::asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override;
    void stop();
    bool isStopped() const { return underWay_->isStopped; }

private:
    struct UnderWay {
        std::list<net::asio::cancellation_signal> signals;
        bool isStopped = false;
    };
    net::HttpTransport& next_;
    std::shared_ptr<UnderWay> underWay_ = std::make_shared<UnderWay>();
};

}  // namespace ninja3cx::ticketing
