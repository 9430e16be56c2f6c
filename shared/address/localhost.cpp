#include "shared/address/localhost.hpp"

#include <boost/algorithm/string/predicate.hpp>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

namespace ninja3cx {

std::vector<boost::asio::ip::tcp::endpoint> localhostEndpoints(std::string_view host, std::uint16_t port) {
    if (host.ends_with('.')) host.remove_suffix(1);
    if (!boost::algorithm::iequals(host, "localhost") && !boost::algorithm::iends_with(host, ".localhost"))
        return {};
    using boost::asio::ip::tcp;
    return {tcp::endpoint{boost::asio::ip::address_v4::loopback(), port},
            tcp::endpoint{boost::asio::ip::address_v6::loopback(), port}};
}

}  // namespace ninja3cx
