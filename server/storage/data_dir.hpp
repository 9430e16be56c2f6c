#pragma once

#include "server/storage/database.hpp"

#include <filesystem>

/// The directory given with --data. Holds the database, the audio journals and the lock; mode 0700.
namespace ninja3cx::storage {

std::filesystem::path databaseFile(const std::filesystem::path& dataDir);
/// Where `restore` keeps the database it replaced, what one that was cut short has left, and logs that were found
/// damaged.
std::vector<std::filesystem::path> replacedDatabases(const std::filesystem::path& dataDir);

/// Creates the directory (0700) where missing. An existing one is made private if it is empty or already
/// ours.
Result<void> prepareDataDir(const std::filesystem::path& dataDir);

/// Whether a database was ever made here; the file `ninja.db.here` tells. It outlives the database itself.
bool hadDatabase(const std::filesystem::path& dataDir);
/// Makes `ninja.db.here`, durably. Done by `openDatabase` and by `restore`, once the database is whole.
Result<void> noteDatabase(const std::filesystem::path& dataDir);
/// Whether the database's file is there with something in it. SQLite deletes the log beside an empty one as
/// soon as it looks, so that file must not be opened.
bool holdsSomething(const std::filesystem::path& databaseFile);
/// NotFound when the database's write-ahead log has pages that SQLite will not see, for its head is damaged.
Result<void> checkLog(const std::filesystem::path& dataDir);

/// Makes durable which files are in `folder`.
Result<void> syncFolder(const std::filesystem::path& folder);

/// Held by the one process that serves, erases or restores.
///
/// Ownership: the lock is gone when this is destroyed or the process ends, however it ends.
class DataDirLock {
public:
    /// Conflict, naming the process, when another one holds it.
    static Result<DataDirLock> take(const std::filesystem::path& dataDir);
    DataDirLock(DataDirLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    DataDirLock& operator=(DataDirLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~DataDirLock();

private:
    explicit DataDirLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

/// Opens the database of a data directory with the journal mode and the guarantees of this product, and
/// brings its tables up to date. Several processes may hold one open; SQLite lets one of them write at a
/// time. A new database is made only where none has ever been: NotFound, saying how to mend it, when there
/// was one and it is missing, empty or lost its log. Nothing is changed then. A restore that was cut short is
/// ended first; Conflict while one is under way. A log that is damaged in its middle is copied aside first: SQLite
/// goes on with what stands before the damage (`damagedLogs`).
Result<Database> openDatabase(const std::filesystem::path& dataDir);
/// The same for whoever holds the lock.
Result<Database> openDatabase(const DataDirLock& lock, const std::filesystem::path& dataDir);

}  // namespace ninja3cx::storage
