#include "shared/address/private_address.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

namespace ninja3cx {
namespace {

namespace ip = boost::asio::ip;

bool isPrivate(const ip::address_v4& address) {
    const auto bytes = address.to_bytes();
    return address.is_loopback() || bytes[0] == 10 || (bytes[0] == 172 && bytes[1] >= 16 && bytes[1] < 32) ||
           (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254);
}

}  // namespace

bool isPrivateAddress(const ip::address& address) {
    if (address.is_v4()) return isPrivate(address.to_v4());
    const ip::address_v6 v6 = address.to_v6();
    if (v6.is_v4_mapped()) return isPrivate(ip::make_address_v4(ip::v4_mapped, v6));
    return v6.is_loopback() || v6.is_link_local() || (v6.to_bytes()[0] & 0xFE) == 0xFC;
}

}  // namespace ninja3cx
