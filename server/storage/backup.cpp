#include "server/storage/backup.hpp"

#include "server/storage/data_dir.hpp"
#include "server/storage/log_damage.hpp"
#include "server/storage/migrations.hpp"
#include "shared/core/ids.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <system_error>

namespace ninja3cx::storage {
namespace {

using Copying = CHandle<sqlite3_backup, sqlite3_backup_finish>;

Error failed(const std::string& doing, const std::filesystem::path& path, int error) {
    return Error{ErrorKind::Io,
                 "cannot " + doing + " " + path.string() + ": " + std::system_category().message(error)};
}

void removeWithItsLogs(const std::filesystem::path& file) {
    std::error_code ignored;
    for (const char* end : {"", "-journal", "-wal", "-shm"})
        std::filesystem::remove(file.string() + end, ignored);
}

/// Removes the file again unless `keep` was called.
class Unfinished {
public:
    explicit Unfinished(std::filesystem::path file) : file_(std::move(file)) {}
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() {
        if (!isKept_) removeWithItsLogs(file_);
    }
    void keep() { isKept_ = true; }

private:
    std::filesystem::path file_;
    bool isKept_ = false;
};

/// A new file only.
Result<void> createFile(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == EEXIST)
        return Error{ErrorKind::Conflict,
                     file.string() + " is there already and is not overwritten: name another file"};
    if (descriptor < 0) return failed("create", file, errno);
    ::close(descriptor);
    return {};
}

/// All of `source`, as it is at one moment, into the empty file `target`.
Result<void> copyInto(Database& source, const std::filesystem::path& target) {
    auto copy = Database::open(target, Database::Access::ReadWrite);
    if (!copy) return copy.error();
    if (auto ready = copy->script("PRAGMA synchronous = FULL"); !ready) return ready;
    {
        Copying copying{sqlite3_backup_init(copy->handle(), "main", source.handle(), "main")};
        if (!copying) return lastError(copy->handle(), "copying to " + target.string());
        // One step: one read of the database at one moment, which in WAL mode holds up no writer.
        const int code = sqlite3_backup_step(copying.get(), -1);
        if (code != SQLITE_DONE) {
            copying.reset();
            return inContext("copying to " + target.string(), lastError(copy->handle(), "copying"));
        }
    }
    // One file that needs no log beside it.
    return copy->script("PRAGMA journal_mode = DELETE");
}

/// What was to be sent when the backup was made may have become a ticket since: like an attempt whose answer was lost
/// it is looked up before anything is sent. What NinjaOne had refused stays with the technician, who may have mended it
/// since: without its step the same holds for it. Not what was mended and about to be sent: nobody would decide on it.
Result<void> doubtTickets(Database& database) {
    return database.script(R"(
        UPDATE outbox SET record = json_set(record, '$.step', '')
        WHERE is_open AND record IS NOT NULL AND delivery_state = 'rejected'
            AND json_extract(record, '$.delivery.ticketId') IS NULL AND json_extract(record, '$.amended') IS NULL;
        UPDATE outbox SET delivery_state = 'unknown',
            record = json_set(record, '$.step', '', '$.delivery.state', 'unknown')
        WHERE is_open AND record IS NOT NULL AND delivery_state <> 'created' AND (delivery_state <> 'rejected'
            OR json_extract(record, '$.delivery.ticketId') IS NOT NULL
            OR json_extract(record, '$.amended') IS NOT NULL);
    )");
}

/// The same for what was not to be sent yet: whoever makes tickets must know which calls are older than the restore.
/// A draft whose call a wrong clock dated later says so by itself: the next year's calls are not to be doubted for it.
Result<void> noteRestore(Database& database, std::int64_t atMs) {
    if (auto emptied = database.script("DELETE FROM restored"); !emptied) return emptied;
    auto noted = database.run("INSERT INTO restored (at_ms) VALUES (?)", atMs);
    if (noted)
        noted = database.run(
            "UPDATE drafts SET delivery_state = 'unknown',"
            " record = json_set(record, '$.delivery.state', 'unknown')"
            " WHERE is_open AND delivery_state = 'none'"
            " AND json_extract(record, '$.state') IN ('inbox', 'counting', 'paused')"
            " AND call_id IN (SELECT call_id FROM calls WHERE started_at_ms > ?)",
            atMs);
    if (!noted) return noted.error();
    return {};
}

/// Brings the log of the database that is to be replaced into its file. A damaged one cannot, or knows nothing of
/// it: then its log is kept with it.
void foldLogIn(const std::filesystem::path& dataDir) {
    const auto present = databaseFile(dataDir);
    if (!holdsSomething(present)) return;  // SQLite deletes the log beside an empty one as soon as it looks
    auto database = Database::open(present, Database::Access::ReadWrite);
    if (!database) return;
    database->keepLog();
    const auto version = schemaVersion(*database);
    if (version && *version > 0 && checkLog(dataDir) && !damageOfLog(dataDir)) (void)database->checkpoint();
}

/// Does `work` while the tables of the database that is to be replaced can be named as present.TABLE. It may be
/// damaged, which is why people restore: then there is nothing to take.
Result<void> withPresent(Database& restored, const std::filesystem::path& present,
                         const std::function<Result<void>()>& work) {
    if (!holdsSomething(present)) return Error{ErrorKind::NotFound, present.string() + " is lost"};
    // What it does not know any more, a key's revocation say, it must not vouch for.
    if (auto whole = checkLog(present.parent_path()); !whole) return whole;
    restored.keepLog();
    auto attached = restored.run("ATTACH DATABASE ? AS present", std::string_view{present.native()});
    if (!attached) return attached.error();
    auto done = work();
    auto detached = restored.script("DETACH DATABASE present");
    return done ? detached : done;
}

/// The trail is not set back with the calls: a restore must not undo who did what since the backup.
Result<void> takeTrail(Database& restored, const std::filesystem::path& present) {
    std::error_code failure;
    if (!std::filesystem::exists(present, failure) && !hadDatabase(present.parent_path())) return {};
    return withPresent(restored, present, [&] {
        return restored.script(
            "INSERT INTO audit (at_ms, actor, action, about) SELECT at_ms, actor, action, about"
            " FROM present.audit AS line WHERE NOT EXISTS (SELECT 1 FROM main.audit AS known"
            " WHERE known.about = line.about AND known.at_ms = line.at_ms AND known.actor = line.actor"
            " AND known.action = line.action) ORDER BY line.id");
    });
}

Result<std::vector<std::string>> keyIds(Database& database, const char* sql) {
    std::vector<std::string> ids;
    auto read = database.each(sql, {}, [&](const Row& row) {
        ids.push_back(row.text(0));
        return Result<void>{};
    });
    if (!read) return read.error();
    return ids;
}

/// Nor does it open the door again to those who were shut out since. Answers the keys that are known good.
Result<std::vector<std::string>> takeRevocations(Database& restored, const std::filesystem::path& present,
                                                 std::vector<std::string>& keptRevoked) {
    std::error_code failure;
    if (!std::filesystem::exists(present, failure)) return std::vector<std::string>{};
    std::vector<std::string> known;
    auto taken = withPresent(restored, present, [&] {
        return restored.atomically([&]() -> Result<void> {
            auto late = keyIds(restored,
                               "SELECT key_id FROM present.api_keys AS gone WHERE revoked_at_ms IS NOT NULL"
                               " AND NOT EXISTS (SELECT 1 FROM main.api_keys AS known WHERE known.key_id ="
                               " gone.key_id AND known.revoked_at_ms IS NOT NULL) ORDER BY key_id");
            if (!late) return late.error();
            auto changed = restored.script(
                "UPDATE main.api_keys SET revoked_at_ms = gone.revoked_at_ms FROM present.api_keys AS gone"
                " WHERE (gone.key_id = main.api_keys.key_id OR gone.hash = main.api_keys.hash)"
                " AND gone.revoked_at_ms IS NOT NULL AND main.api_keys.revoked_at_ms IS NULL;"
                "INSERT OR IGNORE INTO main.api_keys (key_id, hash, role, extension, label, created_at_ms,"
                " revoked_at_ms, last_used_at_ms) SELECT key_id, hash, role, extension, label, created_at_ms,"
                " revoked_at_ms, last_used_at_ms FROM present.api_keys WHERE revoked_at_ms IS NOT NULL");
            if (!changed) return changed;
            auto good = keyIds(restored, "SELECT key_id FROM present.api_keys WHERE revoked_at_ms IS NULL");
            if (!good) return good.error();
            keptRevoked = std::move(*late);
            known = std::move(*good);
            return {};
        });
    });
    if (!taken) return taken.error();
    return known;
}

/// Whether the database has lost what was stored last: what it says holds, what it does not say proves nothing.
bool hasLostItsEnd(const std::filesystem::path& dataDir) {
    return damageOfLog(dataDir) || !damagedLogs(dataDir).empty();
}

/// What the replaced database had to say of the keys, and of which it had nothing to say.
Result<void> keepKeysShut(Database& fresh, const std::filesystem::path& present, Restored& restored) {
    const bool isEndLost = hasLostItsEnd(present.parent_path());
    const auto known = takeRevocations(fresh, present, restored.keysKeptRevoked);
    auto keys = ApiKeys{fresh}.list();
    if (!keys) return keys.error();
    for (ApiKey& key : *keys) {
        const bool isKnown =
            known && !isEndLost && std::find(known->begin(), known->end(), key.keyId) != known->end();
        if (!key.revokedAtMs && !isKnown) restored.keysInDoubt.push_back(std::move(key));
    }
    return {};
}

/// When the newest thing happened that the backup knows of.
Result<std::optional<std::int64_t>> newestEntry(Database& backup) {
    return backup.integer(
        "SELECT max(at) FROM (SELECT max(at_ms) AS at FROM audit"
        " UNION ALL SELECT max(started_at_ms) FROM calls"
        " UNION ALL SELECT max(max(created_at_ms), max(coalesce(last_used_at_ms, 0))) FROM api_keys)");
}

/// A damaged database is copied page by page like any other: a backup that cannot be restored is none.
Result<void> checkCopy(const std::filesystem::path& file) {
    auto copy = Database::open(file, Database::Access::ReadOnly);
    if (!copy) return copy.error();
    return checkDatabase(*copy);
}

}  // namespace

Result<void> checkDatabase(Database& database) {
    std::string problems;
    auto read = database.each("PRAGMA integrity_check(5)", {}, [&](const Row& row) {
        if (row.text(0) != "ok") problems += (problems.empty() ? "" : "; ") + row.text(0);
        return Result<void>{};
    });
    if (!read) return read;
    if (!problems.empty())
        return Error{ErrorKind::Io, "the database is damaged (" + problems + "): restore a backup"};
    read = database.each("PRAGMA foreign_key_check", {}, [&](const Row& row) {
        problems = row.text(0);
        return Result<void>{};
    });
    if (!read) return read;
    if (!problems.empty())
        return Error{ErrorKind::Io, "the database is damaged (rows of " + problems + " belong to nothing)"};
    return {};
}

Result<void> backupTo(const std::filesystem::path& dataDir, const std::filesystem::path& file) {
    std::error_code failure;
    if (!std::filesystem::exists(databaseFile(dataDir), failure) && !hadDatabase(dataDir))
        return Error{ErrorKind::NotFound,
                     "there is no database in " + dataDir.string() + ": name it with --data"};
    auto source = openDatabase(dataDir);
    if (!source) return source.error();
    if (auto created = createFile(file); !created) return created;
    Unfinished copy{file};
    auto copied = copyInto(*source, file);
    if (copied) copied = checkCopy(file);
    if (!copied) return inContext("no backup is made of " + databaseFile(dataDir).string(), copied.error());
    if (auto synced = syncFolder(file.has_parent_path() ? file.parent_path() : "."); !synced) return synced;
    copy.keep();
    return {};
}

Result<Restored> restoreFrom(const std::filesystem::path& file, const std::filesystem::path& dataDir,
                             const AfterStep& afterStep, const Clock& clock) {
    std::error_code failure;
    if (!std::filesystem::is_regular_file(file, failure))
        return Error{ErrorKind::NotFound, "there is no backup " + file.string()};
    auto lock = DataDirLock::take(dataDir);
    if (!lock) return lock.error();
    if (auto finished = finishRestore(*lock, dataDir, afterStep); !finished) return finished.error();

    const auto fresh = restoringFile(dataDir);
    removeWithItsLogs(fresh);  // of a restore that was cut short
    if (auto created = createFile(fresh); !created) return created.error();
    const Unfinished copy{fresh};  // put in place, it has another name
    Restored result;
    {
        auto backup = Database::open(file, Database::Access::ReadOnly);
        if (!backup) return backup.error();
        auto version = schemaVersion(*backup);
        if (!version) return inContext(file.string(), version.error());
        if (*version == 0) return Error{ErrorKind::Rejected, file.string() + " is an empty database"};
        if (auto copied = copyInto(*backup, fresh); !copied) return copied.error();
        auto restored = Database::open(fresh, Database::Access::ReadWrite);
        if (!restored) return restored.error();
        auto checked = checkDatabase(*restored);
        if (checked) checked = migrate(*restored);  // here, where a refusal changes nothing yet
        auto newest = checked ? newestEntry(*restored) : checked.error();
        if (newest) result.newestMs = *newest;
        if (checked) checked = doubtTickets(*restored);
        if (checked) checked = noteRestore(*restored, toEpochMs(clock.now()));
        if (checked) checked = keepKeysShut(*restored, databaseFile(dataDir), result);
        if (!checked) return inContext(file.string(), checked.error());
        result.isTrailKept = takeTrail(*restored, databaseFile(dataDir)) && !hasLostItsEnd(dataDir);
    }
    foldLogIn(dataDir);
    auto kept = putInPlace(*lock, dataDir, afterStep);
    if (!kept) return kept.error();
    result.kept = std::move(*kept);
    return result;
}

}  // namespace ninja3cx::storage
