#pragma once

#include "server/net/http.hpp"
#include "shared/core/clock.hpp"
#include "simulators/pbx/pbx.hpp"

#include <boost/asio/steady_timer.hpp>

namespace ninja3cx::simulators {

/// Gives a Pbx its routes, its WebSockets and real time. Network thread only; outlives the server.
class PbxService {
public:
    PbxService(const boost::asio::any_io_executor& executor, const Clock& clock, Pbx& pbx);
    void addTo(net::Router& router);
    void stop();

private:
    void wake();  // sets the timer to what the PBX wants next
    boost::asio::awaitable<void> talk(std::shared_ptr<net::WebSocketConnection> socket);

    const Clock& clock_;
    Pbx& pbx_;
    boost::asio::steady_timer timer_;
    bool isStopped_ = false;
};

}  // namespace ninja3cx::simulators
