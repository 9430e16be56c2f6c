#include "server/storage/api_keys.hpp"

#include "server/storage/database.hpp"

namespace ninja3cx::storage {
namespace {

ApiKey readKey(const Row& row) {
    ApiKey key;
    key.keyId = row.text(0);
    key.hash = row.text(1);
    key.role = row.text(2);
    if (auto extension = row.optionalText(3)) key.extension = Extension{*extension};
    key.label = row.text(4);
    key.createdAtMs = row.integer(5);
    key.revokedAtMs = row.optionalInteger(6);
    key.lastUsedAtMs = row.optionalInteger(7);
    return key;
}

}  // namespace

Result<void> ApiKeys::add(const ApiKey& key) {
    auto added = database_->run(
        "INSERT INTO api_keys (key_id, hash, role, extension, label, created_at_ms, revoked_at_ms, "
        "last_used_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        key.keyId, key.hash, key.role, key.extension, key.label, key.createdAtMs, key.revokedAtMs,
        key.lastUsedAtMs);
    if (!added) return added.error();
    return {};
}

Result<std::vector<ApiKey>> ApiKeys::list() {
    std::vector<ApiKey> keys;
    auto read = database_->each(
        "SELECT key_id, hash, role, extension, label, created_at_ms, revoked_at_ms, last_used_at_ms"
        " FROM api_keys ORDER BY created_at_ms, key_id",
        {}, [&](const Row& row) {
            keys.push_back(readKey(row));
            return Result<void>{};
        });
    if (!read) return read.error();
    return keys;
}

Result<std::optional<ApiKey>> ApiKeys::findByHash(const std::string& hash) {
    std::optional<ApiKey> found;
    auto read = database_->each(
        "SELECT key_id, hash, role, extension, label, created_at_ms, revoked_at_ms, last_used_at_ms"
        " FROM api_keys WHERE hash = ?",
        {bound(hash)}, [&](const Row& row) {
            found = readKey(row);
            return Result<void>{};
        });
    if (!read) return read.error();
    return found;
}

Result<void> ApiKeys::revoke(const std::string& keyId, std::int64_t atMs) {
    auto changed = database_->run(
        "UPDATE api_keys SET revoked_at_ms = coalesce(revoked_at_ms, ?) WHERE key_id = ?", atMs, keyId);
    if (!changed) return changed.error();
    if (*changed == 0)
        return Error{ErrorKind::NotFound, "there is no key '" + keyId + "': `keys list` shows them"};
    return {};
}

Result<void> ApiKeys::touch(const std::string& keyId, std::int64_t atMs) {
    auto changed = database_->run("UPDATE api_keys SET last_used_at_ms = ? WHERE key_id = ?", atMs, keyId);
    if (!changed) return changed.error();
    return {};
}

}  // namespace ninja3cx::storage
