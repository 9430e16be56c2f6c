#include "agent/link/server_address.hpp"

#include "shared/core/text.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/url.hpp>

#include <charconv>

namespace ninja3cx::agent {

std::string ServerAddress::origin() const {
    const bool isV6 = host.find(':') != std::string::npos;
    return std::string{isTls ? "https://" : "http://"} + (isV6 ? "[" + host + "]" : host) + ":" + port;
}

Result<ServerAddress> parseServerAddress(const std::string& server) {
    const auto refused = [&](const std::string& why) {
        return Error{ErrorKind::BadMessage, "server address '" + server + "'" + why};
    };
    const auto url = boost::urls::parse_uri(server);
    if (!url) return refused(" is no URL such as https://server:3000");
    const std::string scheme = url->scheme();
    ServerAddress address;
    address.isTls = scheme == "https" || scheme == "wss";
    if (!address.isTls && scheme != "http" && scheme != "ws")
        return refused(" must start with http://, https://, ws:// or wss://");
    address.host = lowered(url->host_address());
    if (address.host.empty()) return refused(" names no host; such as https://server:3000");
    address.port = url->has_port() ? std::string{url->port()} : address.isTls ? "443" : "80";
    unsigned number = 0;
    const char* const end = address.port.data() + address.port.size();
    const auto read = std::from_chars(address.port.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number < 1 || number > 65'535)
        return refused(": port '" + address.port + "' is none of 1 to 65535");
    address.port = std::to_string(number);
    return address;
}

bool isNumeric(const std::string& host) {
    boost::system::error_code failure;
    boost::asio::ip::make_address(host, failure);
    return !failure;
}

}  // namespace ninja3cx::agent
