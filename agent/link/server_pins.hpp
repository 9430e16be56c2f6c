#pragma once

#include "agent/link/server_address.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/key_fingerprint.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::agent {

/// A server that this account was paired with.
struct PairedServer {
    std::string server;                         // "https://server:3000"
    std::optional<crypto::KeyFingerprint> key;  // empty: the system vouches for its certificate
    bool operator==(const PairedServer&) const = default;
};

/// `servers.json` beside the agent's config.json (0600): each server with the public key that it must have, the one that was
/// paired last at the end. Reading and writing are small and block.
class ServerPins {
public:
    /// No file: no servers. Errors name the file and what is wrong with it, and say how to mend it.
    static Result<ServerPins> read(std::filesystem::path file);

    std::optional<PairedServer> find(const ServerAddress& address) const;
    std::optional<crypto::KeyFingerprint> keyOf(const ServerAddress& address) const;
    std::optional<std::string> latest() const;
    const std::filesystem::path& file() const { return file_; }

    /// In the place of what was known of that server, and written at once.
    Result<void> put(PairedServer paired);
    /// False: it was not paired.
    Result<bool> forget(const ServerAddress& address);

private:
    explicit ServerPins(std::filesystem::path file) : file_(std::move(file)) {}
    Result<void> write() const;

    std::filesystem::path file_;
    std::vector<PairedServer> servers_;
};

}  // namespace ninja3cx::agent
