#pragma once

#include "server/net/http.hpp"
#include "shared/timer/timer.hpp"
#include "simulators/pbx/pbx.hpp"

#include <chrono>
#include <memory>

namespace ninja3cx::scenarios {

/// The way to a simulated PBX without a socket, on whatever time the test has: requests and answers take 5 ms each
/// way, WebSockets are kept alive and found dead as those of server/net. It is also what wakes the PBX.
///
/// Threads: the executor's one. Outlives what is sent over it.
class SimulatedLink final : public net::HttpTransport {
public:
    SimulatedLink(net::asio::any_io_executor executor, TimeSource& time, simulators::Pbx& pbx);

    net::asio::awaitable<Result<net::HttpResponse>> send(net::ClientRequest request) override;
    net::asio::awaitable<Result<std::shared_ptr<net::WebSocketConnection>>> connect(
        net::WebSocketClientOptions options);

private:
    void wakePbx();
    net::asio::awaitable<bool> pass(std::chrono::milliseconds wait);

    net::asio::any_io_executor executor_;
    TimeSource& time_;
    simulators::Pbx& pbx_;
    Timer due_;
};

}  // namespace ninja3cx::scenarios
