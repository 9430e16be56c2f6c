#pragma once

#include "server/storage/api_keys.hpp"
#include "server/storage/database.hpp"
#include "server/storage/swap.hpp"
#include "shared/core/clock.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::storage {

/// Writes a consistent copy, mode 0600, also while a server works on the database. Refuses (Conflict) to
/// overwrite; leaves no half of a file behind. Audio that is not yet transcribed is not in it. The copy is read
/// through as a restore would: of a damaged database there is no backup, and the file is removed again.
Result<void> backupTo(const std::filesystem::path& dataDir, const std::filesystem::path& file);

struct Restored {
    std::filesystem::path kept;                // the database that was replaced; empty if there was none
    bool isTrailKept = false;                  // the lines since the backup are in the restored one
    std::vector<std::string> keysKeptRevoked;  // ids: the backup knew them as good, or not at all
    /// They work now, and the replaced database did not know them or could not be read: whether they were
    /// revoked since the backup is unknown.
    std::vector<ApiKey> keysInDoubt;
    std::optional<std::int64_t> newestMs;  // the backup's last entry: it was made then or later
};

/// Conflict while a server runs. The backup is checked through before anything changes: its structure, that
/// it is ours, that it is not newer than this program. The database it replaces stays beside it,
/// and the audit trail since the backup is kept, unless the replaced database is too damaged to give it. So are
/// the revocations of keys. Killed at any moment, it has changed nothing, or the next opening ends it.
Result<Restored> restoreFrom(const std::filesystem::path& file, const std::filesystem::path& dataDir,
                             const AfterStep& afterStep = {}, const Clock& clock = RealClock{});

/// Reads the whole database and says what is wrong with it.
Result<void> checkDatabase(Database& database);

}  // namespace ninja3cx::storage
