#pragma once

#include "server/api/visitor.hpp"
#include "server/net/http.hpp"

namespace ninja3cx::api {

/// What every answer carries: no sniffing, no framing, scripts from here alone.
net::Router::Filter securityHeaders();

/// Lets pages of the configured origins in, and answers their preflights.
net::Router::Filter crossOrigin(const Reception& reception);

}  // namespace ninja3cx::api
