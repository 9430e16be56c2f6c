#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace ninja3cx {

/// This machine's endpoints for "localhost" and names below it, IPv4 first; empty for any other name. They mean
/// loopback whatever the name service says (RFC 6761, 6.3), and a minimal system has no /etc/hosts that says it.
std::vector<boost::asio::ip::tcp::endpoint> localhostEndpoints(std::string_view host, std::uint16_t port);

}  // namespace ninja3cx
