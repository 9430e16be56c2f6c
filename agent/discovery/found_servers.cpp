#include "agent/discovery/found_servers.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::agent {
namespace {

bool isHostName(const std::string& host) {
    return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
               c == '.' || c == '_';
    });
}

bool isV6(const std::string& address) {
    return address.find(':') != std::string::npos;
}

/// Of a link-local address a URL cannot say which link.
bool standsInUrl(const std::string& address) {
    return !address.empty() && !lowered(address).starts_with("fe80:");
}

std::string urlOf(const FoundServer& server, const std::string& host) {
    return (server.record.isTls ? "https://" : "http://") + host + ":" + std::to_string(server.port);
}

}  // namespace

std::string FoundServer::url() const {
    return urlOf(*this, host);
}

std::string FoundServer::addressUrl() const {
    if (address.empty()) return {};
    return urlOf(*this, isV6(address) ? "[" + address + "]" : address);
}

void Sightings::add(ServerSighting seen) {
    std::pair key{seen.name, seen.network};
    seen_.insert_or_assign(std::move(key), std::move(seen));
}

void Sightings::remove(const std::string& name, const std::string& network) {
    seen_.erase({name, network});
}

FoundServers Sightings::found() const {
    std::map<std::string, FoundServer> servers;
    std::map<std::string, std::string> unreadable;
    for (const auto& [key, seen] : seen_) {
        const std::string shown = discovery::shownName(seen.name);
        const auto record = discovery::decodeTxt(seen.txt);
        if (!record || !isHostName(seen.host) || seen.port == 0) {
            unreadable[seen.name] =
                shown + ": " + (!record ? record.error().detail : "its host or port is none");
            continue;
        }
        const std::string address = standsInUrl(seen.address) ? seen.address : "";
        const auto [found, isNew] =
            servers.try_emplace(seen.name, FoundServer{shown, seen.host, address, seen.port, *record});
        FoundServer& server = found->second;
        const bool isBetter =
            !address.empty() && (server.address.empty() || (isV6(server.address) && !isV6(address)));
        if (!isNew && isBetter) server.address = address;
    }
    FoundServers all;
    for (const auto& [name, server] : servers) all.servers.push_back(server);
    for (const auto& [name, why] : unreadable)
        if (!servers.contains(name)) all.unreadable.push_back(why);
    return all;
}

}  // namespace ninja3cx::agent
