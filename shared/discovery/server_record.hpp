#pragma once

#include "shared/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

/// How a server is found on its network (DNS-SD over multicast DNS, RFC 6763 and 6762): what both sides agree on.
namespace ninja3cx::discovery {

inline constexpr const char* kServiceType = "_3cx-ninja._tcp";

/// What a server says of itself in the TXT record. Nobody vouches for it: anybody on the network can say the same, so it
/// helps to fill in a form and is no reason to trust.
struct ServerRecord {
    std::string identity;  // of the server's data, as Welcome says it: "s-" and 16 hexadecimal digits
    std::string version;   // of the program
    bool isTls = false;
    std::string path;  // of the WebSocket: "/ws"
    bool operator==(const ServerRecord&) const = default;
};

/// The strings of the TXT record: "txtvers=1", "id=…", "version=…", "tls=1", "path=/ws".
std::vector<std::string> encodeTxt(const ServerRecord& record);

/// Keys in any case; of a key that is there twice the first counts, unknown ones are ignored. Errors name the key.
Result<ServerRecord> decodeTxt(const std::vector<std::string>& entries);

/// A name from the network as it may be shown in a terminal: UTF-8 without control characters.
std::string shownName(std::string_view name);

}  // namespace ninja3cx::discovery
