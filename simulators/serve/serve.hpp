#pragma once

#include "server/net/http.hpp"
#include "simulators/exchange/exchange.hpp"

#include <functional>

namespace ninja3cx::simulators {

Request toRequest(net::HttpRequest request);
net::HttpResponse toResponse(Reply reply);

/// Routes every request to `handle`, and shows the reply as it says: late, cut, or not at all.
void addSimulator(net::Router& router, std::function<Reply(const Request&)> handle);

}  // namespace ninja3cx::simulators
