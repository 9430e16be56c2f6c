#pragma once

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::storage {

class Database;

/// A key that opens the server, without the key: only its hash is kept.
struct ApiKey {
    std::string keyId;  // shown in lists and in the audit trail, e.g. "key-3fa2…"; no secret
    std::string hash;   // as server/auth makes it; unique
    std::string role;   // "agent", "dashboard", "supervisor", "admin"
    std::optional<Extension> extension;  // the only one an agent's key may see; absent: site-wide
    std::string label;
    std::int64_t createdAtMs = 0;
    std::optional<std::int64_t> revokedAtMs;
    std::optional<std::int64_t> lastUsedAtMs;
    bool operator==(const ApiKey&) const = default;
};

/// The table of keys. Each change is on disk when the function returns.
///
/// A command (`keys create`) uses it on its own connection, also while a server runs:
///     auto database = openDatabase(dataDir);
///     ApiKeys keys{*database};
/// The server reaches it through SqliteStore::withKeys, off the network thread. A key made or revoked by a
/// command is in the next `list`.
class ApiKeys {
public:
    explicit ApiKeys(Database& database) : database_(&database) {}

    /// Conflict when the id or the hash is there already.
    Result<void> add(const ApiKey& key);
    /// All of them, revoked ones too, oldest first.
    Result<std::vector<ApiKey>> list();
    /// Revoked ones too: the caller looks at `revokedAtMs`.
    Result<std::optional<ApiKey>> findByHash(const std::string& hash);
    /// NotFound for an unknown id. A second time changes nothing.
    Result<void> revoke(const std::string& keyId, std::int64_t atMs);
    Result<void> touch(const std::string& keyId, std::int64_t atMs);

private:
    Database* database_;
};

}  // namespace ninja3cx::storage
