#pragma once

#include <boost/asio/ip/address.hpp>

namespace ninja3cx {

/// An address that no router of the internet leads to: loopback, RFC 1918, RFC 4193 and link-local, in either form of an
/// IPv4 address. Not the carrier's space between (100.64.0.0/10): others than the company are there.
bool isPrivateAddress(const boost::asio::ip::address& address);

}  // namespace ninja3cx
