#pragma once

#include "shared/discovery/server_record.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ninja3cx::agent {

/// One answer of the network: the same server may answer on several interfaces, by IPv4 and by IPv6.
struct ServerSighting {
    std::string network;  // on which it was seen; tells its answers apart
    std::string name;
    std::string host;     // "server.local"
    std::string address;  // in numbers
    std::uint16_t port = 0;
    std::vector<std::string> txt;
};

/// A server on this network. Nobody vouches for what it says of itself, its name and its identity included: who it is shows
/// when it is paired.
struct FoundServer {
    std::string name;     // for people
    std::string host;     // "server.local": reachable where the system looks names up by multicast DNS
    std::string address;  // IPv4 where it has one; empty: none that stands in a URL
    std::uint16_t port = 0;
    discovery::ServerRecord record;
    bool operator==(const FoundServer&) const = default;

    /// "https://server.local:3000"
    std::string url() const;
    /// "https://192.168.1.5:3000": as long as it keeps that address, without any names. Empty: no such address.
    std::string addressUrl() const;
};

struct FoundServers {
    std::vector<FoundServer> servers;  // by name
    std::vector<std::string>
        unreadable;  // names of services of ours that a program of this version cannot read, and why
};

/// Puts sightings together.
class Sightings {
public:
    void add(ServerSighting seen);
    /// It said goodbye there.
    void remove(const std::string& name, const std::string& network);
    FoundServers found() const;

private:
    std::map<std::pair<std::string, std::string>, ServerSighting> seen_;  // by name and network
};

}  // namespace ninja3cx::agent
