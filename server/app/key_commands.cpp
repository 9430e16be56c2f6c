#include "server/app/commands.hpp"
#include "server/auth/access.hpp"
#include "server/auth/hash.hpp"
#include "server/auth/principal.hpp"
#include "server/storage/api_keys.hpp"
#include "server/storage/audit.hpp"
#include "server/storage/data_dir.hpp"
#include "shared/core/clock.hpp"
#include "shared/core/extension.hpp"
#include "shared/core/ids.hpp"

#include <boost/json.hpp>

#include <functional>
#include <iostream>

namespace ninja3cx::app {
namespace {

int withDatabase(const Setting& setting, const std::function<int(storage::Database&)>& work) {
    if (auto prepared = storage::prepareDataDir(setting.dataDir); !prepared)
        return complain(prepared.error().detail);
    auto database = storage::openDatabase(setting.dataDir);
    if (!database) return complain(database.error().detail);
    return work(*database);
}

/// A key is made or revoked together with its line in the audit trail, or not at all.
Result<void> changeKeys(storage::Database& database, const std::string& action, const std::string& keyId,
                        const std::function<Result<void>(storage::ApiKeys&)>& change) {
    return database.atomically([&]() -> Result<void> {
        storage::ApiKeys keys{database};
        if (auto changed = change(keys); !changed) return changed;
        return storage::addAudit(database, commandAudit(action, keyId));
    });
}

}  // namespace

int createKey(const Setting& setting) {
    const Arguments& arguments = setting.arguments;
    const auto role = auth::roleNamed(arguments.value("role").value_or(""));
    if (!role) return complain("--role must be agent, dashboard, supervisor or admin", kBadUsage);
    const auto extension = arguments.value("extension");
    if (extension && *role != auth::Role::Agent)
        return complain("only an agent's key has an --extension", kBadUsage);
    if (extension && !isExtension(*extension))
        return complain("--extension must have 1 to 32 letters and digits", kBadUsage);
    if (!extension && *role == auth::Role::Agent)
        std::cerr << "This key may speak for any extension; --extension 201 limits it to one.\n";
    storage::ApiKey record;
    const std::string key = auth::makeKey();
    record.keyId = makeId("key");
    record.hash = auth::sha256Hex(key);
    record.role = auth::nameOf(*role);
    if (extension) record.extension = Extension{*extension};
    record.label = arguments.value("label").value_or("");
    record.createdAtMs = toEpochMs(RealClock{}.now());
    return withDatabase(setting, [&](storage::Database& database) {
        auto added = changeKeys(database, "key.create", record.keyId,
                                [&](storage::ApiKeys& keys) { return keys.add(record); });
        if (!added) return complain(added.error().detail);
        if (arguments.wantsJson())
            std::cout << boost::json::serialize(boost::json::object{{"keyId", record.keyId},
                                                                    {"role", record.role},
                                                                    {"extension", extension.value_or("")},
                                                                    {"key", key}})
                      << "\n";
        else
            std::cout << key << "\n";
        std::cerr << "Shown once and kept nowhere. Revoke it with: keys revoke " << record.keyId << "\n";
        return kDone;
    });
}

int listKeys(const Setting& setting) {
    return withDatabase(setting, [&](storage::Database& database) {
        auto all = storage::ApiKeys{database}.list();
        if (!all) return complain(all.error().detail);
        boost::json::array rows;
        for (const storage::ApiKey& key : *all) {
            const std::string extension = key.extension ? key.extension->value() : "";
            boost::json::object row{{"keyId", key.keyId},
                                    {"role", key.role},
                                    {"extension", extension},
                                    {"label", key.label},
                                    {"createdAtMs", key.createdAtMs},
                                    {"lastUsedAtMs", nullptr},
                                    {"isRevoked", key.revokedAtMs.has_value()}};
            if (key.lastUsedAtMs) row["lastUsedAtMs"] = *key.lastUsedAtMs;
            if (!setting.arguments.wantsJson())
                std::cout << "  " << key.keyId << "  " << key.role
                          << (extension.empty() ? "" : " " + extension)
                          << (key.label.empty() ? "" : "  " + key.label) << "  "
                          << toIso8601(fromEpochMs(key.createdAtMs))
                          << (key.lastUsedAtMs ? "  last used " + toIso8601(fromEpochMs(*key.lastUsedAtMs))
                                               : "  never used")
                          << (key.revokedAtMs ? "  revoked" : "") << "\n";
            rows.push_back(std::move(row));
        }
        if (setting.arguments.wantsJson())
            std::cout << boost::json::serialize(boost::json::object{{"keys", rows}}) << "\n";
        return kDone;
    });
}

int revokeKey(const Setting& setting) {
    if (setting.arguments.words.empty())
        return complain("keys revoke needs an id; 'keys list' shows them", kBadUsage);
    const std::string& id = setting.arguments.words.front();
    return withDatabase(setting, [&](storage::Database& database) {
        auto revoked = changeKeys(database, "key.revoke", id, [&](storage::ApiKeys& keys) {
            return keys.revoke(id, toEpochMs(RealClock{}.now()));
        });
        if (!revoked) return complain(revoked.error().detail);
        if (setting.arguments.wantsJson())
            std::cout << boost::json::serialize(boost::json::object{{"keyId", id}, {"isRevoked", true}})
                      << "\n";
        else
            std::cout << id << " is revoked; a running server shuts it out within seconds\n";
        return kDone;
    });
}

}  // namespace ninja3cx::app
