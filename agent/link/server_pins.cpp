#include "agent/link/server_pins.hpp"

#include "shared/core/files.hpp"
#include "shared/json/codec.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <cstdint>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kMaxFileBytes = 64U << 10;

struct KeptServer {
    std::string server;
    std::optional<std::string> publicKeySha256;
};
BOOST_DESCRIBE_STRUCT(KeptServer, (), (server, publicKeySha256))

struct KeptServers {
    std::vector<KeptServer> servers;
};
BOOST_DESCRIBE_STRUCT(KeptServers, (), (servers))

Result<PairedServer> pairedServer(const KeptServer& kept) {
    const auto address = parseServerAddress(kept.server);
    if (!address) return address.error();
    PairedServer paired{address->origin(), std::nullopt};
    if (!kept.publicKeySha256) return paired;
    const auto key = crypto::readKeyFingerprint(*kept.publicKeySha256);
    if (!key) return inContext("publicKeySha256 of " + paired.server, key.error());
    paired.key = *key;
    return paired;
}

Result<std::vector<PairedServer>> readServers(const std::string& content) {
    boost::system::error_code failure;
    const auto value = boost::json::parse(content, failure);
    if (failure) return Error{ErrorKind::BadMessage, "it is no JSON: " + failure.message()};
    const auto kept = json::decode<KeptServers>(value);
    if (!kept) return kept.error();
    std::vector<PairedServer> servers;
    for (const KeptServer& one : kept->servers) {
        auto paired = pairedServer(one);
        if (!paired) return paired.error();
        servers.push_back(std::move(*paired));
    }
    return servers;
}

}  // namespace

Result<ServerPins> ServerPins::read(std::filesystem::path file) {
    ServerPins pins{std::move(file)};
    const auto content = readPrivateFile(pins.file_, kMaxFileBytes);
    if (!content) return content.error();
    if (!*content) return pins;
    auto servers = readServers(**content);
    if (!servers)
        return inContext(pins.file_.string() + " (remove it, and pair with the server anew)",
                         servers.error());
    pins.servers_ = std::move(*servers);
    return pins;
}

std::optional<PairedServer> ServerPins::find(const ServerAddress& address) const {
    const auto found = std::ranges::find(servers_, address.origin(), &PairedServer::server);
    return found == servers_.end() ? std::nullopt : std::optional{*found};
}

std::optional<crypto::KeyFingerprint> ServerPins::keyOf(const ServerAddress& address) const {
    const auto found = find(address);
    return found ? found->key : std::nullopt;
}

std::optional<std::string> ServerPins::latest() const {
    return servers_.empty() ? std::nullopt : std::optional{servers_.back().server};
}

Result<void> ServerPins::put(PairedServer paired) {
    std::erase_if(servers_, [&](const PairedServer& one) { return one.server == paired.server; });
    servers_.push_back(std::move(paired));
    return write();
}

Result<bool> ServerPins::forget(const ServerAddress& address) {
    const auto gone =
        std::erase_if(servers_, [&](const PairedServer& one) { return one.server == address.origin(); });
    if (gone == 0) return false;
    if (auto written = write(); !written) return written.error();
    return true;
}

Result<void> ServerPins::write() const {
    KeptServers kept;
    for (const PairedServer& one : servers_)
        kept.servers.push_back({one.server, one.key ? std::optional{one.key->text()} : std::nullopt});
    return writePrivateFile(file_, boost::json::serialize(json::encode(kept)) + "\n");
}

}  // namespace ninja3cx::agent
