#pragma once

#include "server/net/http.hpp"
#include "shared/core/clock.hpp"
#include "simulators/pbx/pbx.hpp"
#include "simulators/serve/softphone_link.hpp"

#include <boost/asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <string>

namespace ninja3cx::simulators {

/// Gives a Pbx its routes, its WebSockets, real time, and its programs on the desktop: the softphones' pipes and what
/// opens contact addresses (on this machine only). Network thread only; outlives the server.
class PbxService {
public:
    PbxService(const boost::asio::any_io_executor& executor, const Clock& clock, Pbx& pbx);
    void addTo(net::Router& router);
    void stop();

private:
    void wake();  // sets the timer to what the PBX wants next
    void connectSoftphones();
    void openUrl(const std::string& url);
    boost::asio::awaitable<void> talk(std::shared_ptr<net::WebSocketConnection> socket);

    const boost::asio::any_io_executor executor_;
    const Clock& clock_;
    Pbx& pbx_;
    boost::asio::steady_timer timer_;
    std::map<std::string, std::unique_ptr<SoftphoneLink>> softphones_;  // by extension
    bool isStopped_ = false;
};

}  // namespace ninja3cx::simulators
