#pragma once

#include "shared/core/result.hpp"

#include <string>

namespace ninja3cx::agent {

struct ServerAddress {
    std::string host;  // a name, or an address in numbers without brackets; in lower case
    std::string port;
    bool isTls = false;

    /// "https://server:3000", "https://[fe80::1]:3000": however the address was written.
    std::string origin() const;
};

/// Of http(s):// or ws(s)://; without a port 80 or 443. Errors name the address and what is wrong with it.
Result<ServerAddress> parseServerAddress(const std::string& server);

/// Whether it is one of 127.0.0.1, ::1, 192.168.1.5 and the like.
bool isNumeric(const std::string& host);

}  // namespace ninja3cx::agent
