#pragma once

#include "server/storage/database.hpp"

#include <filesystem>

/// The directory given with --data. Holds the database, the audio journals and the lock; mode 0700.
namespace ninja3cx::storage {

std::filesystem::path databaseFile(const std::filesystem::path& dataDir);
/// Where `restore` keeps the database it replaced, and what one that was cut short has left.
std::vector<std::filesystem::path> replacedDatabases(const std::filesystem::path& dataDir);

/// Creates the directory (0700) where missing. An existing one is made private if it is empty or already
/// ours.
Result<void> prepareDataDir(const std::filesystem::path& dataDir);

/// Opens the database of a data directory with the journal mode and the guarantees of this product, and
/// brings its tables up to date. Several processes may hold one open; SQLite lets one of them write at a
/// time.
Result<Database> openDatabase(const std::filesystem::path& dataDir);

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

}  // namespace ninja3cx::storage
