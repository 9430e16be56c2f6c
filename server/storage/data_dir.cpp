#include "server/storage/data_dir.hpp"

#include "server/storage/log_damage.hpp"
#include "server/storage/migrations.hpp"
#include "server/storage/swap.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <span>
#include <string_view>
#include <system_error>

namespace ninja3cx::storage {
namespace {

constexpr const char* kDatabaseName = "ninja.db";
constexpr const char* kHereName = "ninja.db.here";
constexpr const char* kLockName = "lock";
constexpr std::string_view kHereText =
    "A database was made in this folder: ninja.db. While this file is here, no empty one is put in\n"
    "its place when it is lost or damaged. Remove this file only to begin anew.\n";

Error failed(const std::string& doing, const std::filesystem::path& path, int error) {
    return Error{ErrorKind::Io,
                 "cannot " + doing + " " + path.string() + ": " + std::system_category().message(error)};
}

Error lost(const std::filesystem::path& dataDir, const std::string& how) {
    return Error{ErrorKind::NotFound, databaseFile(dataDir).string() + " " + how +
                                          ": it was lost or damaged. Put a backup in its place "
                                          "(3cx-ninja-server restore FILE), or remove " +
                                          (dataDir / kHereName).string() + " to begin anew without it"};
}

/// Up to where its first page begins. SQLite takes a log without a good head for an empty one.
using LogStart = std::array<std::uint8_t, kLogHeadBytes + kFrameHeadBytes>;

/// Before SQLite looks: it would delete the log of an empty file.
Result<void> checkPresence(const std::filesystem::path& dataDir) {
    const auto file = databaseFile(dataDir);
    std::error_code failure;
    if (holdsSomething(file)) return checkLog(dataDir);
    if (!hadDatabase(dataDir)) return {};
    return lost(dataDir, std::filesystem::exists(file, failure) ? "is empty" : "is missing");
}

}  // namespace

std::filesystem::path databaseFile(const std::filesystem::path& dataDir) {
    return dataDir / kDatabaseName;
}

std::vector<std::filesystem::path> replacedDatabases(const std::filesystem::path& dataDir) {
    std::vector<std::filesystem::path> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator{dataDir, ignored}) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(std::string{kDatabaseName} + ".replaced-") ||
            name.starts_with(std::string{kDatabaseName} + ".restoring") ||
            name.starts_with(std::string{kDatabaseName} + "-wal.damaged-"))
            found.push_back(entry.path());
    }
    return found;
}

bool hadDatabase(const std::filesystem::path& dataDir) {
    std::error_code ignored;
    return std::filesystem::exists(dataDir / kHereName, ignored);
}

Result<void> noteDatabase(const std::filesystem::path& dataDir) {
    const auto file = dataDir / kHereName;
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0 && errno == EEXIST) return {};
    if (descriptor < 0) return failed("create", file, errno);
    // That it is there says it all; the words are for whoever finds it.
    (void)!::write(descriptor, kHereText.data(), kHereText.size());
    const int code = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    if (code != 0) return failed("sync", file, error);
    return syncFolder(dataDir);
}

bool holdsSomething(const std::filesystem::path& databaseFile) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(databaseFile, failure);
    return !failure && size > 0;
}

/// What was committed lately may be in the log alone, and SQLite would start without it and without a word.
/// A log of zeros is one whose first page never reached the disk before the power went: nothing is missing.
Result<void> checkLog(const std::filesystem::path& dataDir) {
    const std::filesystem::path log = databaseFile(dataDir).string() + "-wal";
    // A server that works beside us may be writing the head anew just now: then it is whole at once.
    for (int tries = 0; tries < 3; ++tries) {
        LogStart start{};
        const int descriptor = ::open(log.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0 && errno == ENOENT) return {};
        if (descriptor < 0) return failed("open", log, errno);
        const auto size = ::pread(descriptor, start.data(), start.size(), 0);
        ::close(descriptor);
        if (size < static_cast<ssize_t>(start.size()) || start == LogStart{} ||
            isGoodHead(std::span{start}.first<kLogHeadBytes>()))
            return {};
    }
    return Error{ErrorKind::NotFound,
                 log.string() +
                     " is damaged, and with it what was stored last. Put a backup in place "
                     "(3cx-ninja-server restore FILE), or move that file away to go on with what " +
                     databaseFile(dataDir).string() + " holds"};
}

Result<void> syncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return failed("open", folder, errno);
    const int code = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    if (code != 0) return failed("sync", folder, error);
    return {};
}

Result<void> prepareDataDir(const std::filesystem::path& dataDir) {
    std::error_code failure;
    std::filesystem::create_directories(dataDir.parent_path(), failure);
    if (::mkdir(dataDir.c_str(), 0700) == 0) return {};
    if (errno != EEXIST) return failed("create the data directory", dataDir, errno);
    struct stat status {};
    if (::stat(dataDir.c_str(), &status) != 0) return failed("read", dataDir, errno);
    if (!S_ISDIR(status.st_mode))
        return Error{ErrorKind::Io, dataDir.string() + " is no directory: name another with --data"};
    if ((status.st_mode & 077) == 0) return {};
    // Somebody's own folder, say /tmp, is left as it is: the files in it are private in any case.
    const bool isOurs = std::filesystem::exists(databaseFile(dataDir), failure) || hadDatabase(dataDir) ||
                        std::filesystem::is_empty(dataDir, failure);
    if (isOurs && ::chmod(dataDir.c_str(), 0700) != 0) return failed("protect (mode 0700)", dataDir, errno);
    return {};
}

namespace {

Result<Database> openSettled(const std::filesystem::path& dataDir) {
    // Before all else: another process that makes the database notes it only when it is whole.
    const bool wasHere = hadDatabase(dataDir);
    if (auto present = checkPresence(dataDir); !present) return present.error();
    auto database = Database::open(databaseFile(dataDir), Database::Access::ReadWrite);
    if (!database) return database.error();
    auto version = schemaVersion(*database);
    if (!version) return inContext(databaseFile(dataDir).string(), version.error());
    if (wasHere && *version == 0) {
        database->keepLog();
        return lost(dataDir, "has no tables");
    }
    // temp_store: sorting and VACUUM would otherwise write transcripts to /tmp.
    auto ready = database->script(R"sql(
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY;
    )sql");
    if (ready) ready = migrate(*database);
    // New tables are not left to the log alone: with it the whole database would be gone.
    if (ready && *version < newestSchemaVersion()) ready = database->checkpoint();
    if (!ready) return inContext(databaseFile(dataDir).string(), ready.error());
    if (!wasHere)
        if (auto noted = noteDatabase(dataDir); !noted) return noted.error();
    return database;
}

}  // namespace

Result<Database> openDatabase(const std::filesystem::path& dataDir) {
    if (auto prepared = prepareDataDir(dataDir); !prepared) return prepared.error();
    if (isRestoreUnfinished(dataDir)) {
        const auto lock = DataDirLock::take(dataDir);
        if (!lock) return lock.error();  // it goes on just now
        if (auto finished = finishRestore(*lock, dataDir); !finished) return finished.error();
    }
    if (damageOfLog(dataDir)) {
        // A server that runs has looked itself, and writes the log just now.
        const auto lock = DataDirLock::take(dataDir);
        if (!lock && lock.error().kind != ErrorKind::Conflict) return lock.error();
        if (auto kept = lock ? keepDamagedLog(*lock, dataDir) : Result<void>{}; !kept) return kept.error();
    }
    return openSettled(dataDir);
}

Result<Database> openDatabase(const DataDirLock& lock, const std::filesystem::path& dataDir) {
    if (auto finished = finishRestore(lock, dataDir); !finished) return finished.error();
    if (auto kept = keepDamagedLog(lock, dataDir); !kept) return kept.error();
    return openSettled(dataDir);
}

Result<DataDirLock> DataDirLock::take(const std::filesystem::path& dataDir) {
    if (auto prepared = prepareDataDir(dataDir); !prepared) return prepared.error();
    const auto file = dataDir / kLockName;
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return failed("open", file, errno);
    DataDirLock lock{descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return failed("lock", file, errno);
        std::array<char, 32> holder{};
        const auto bytes = ::read(descriptor, holder.data(), holder.size() - 1);
        std::string process{holder.data(), bytes > 0 ? static_cast<std::size_t>(bytes) : 0};
        while (!process.empty() && process.back() == '\n') process.pop_back();
        return Error{ErrorKind::Conflict, dataDir.string() + " is in use by process " +
                                              (process.empty() ? std::string{"?"} : process) +
                                              ": stop it first, or name another directory with --data"};
    }
    const std::string self = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, self.data(), self.size(), 0) != static_cast<ssize_t>(self.size())) {
        // The number only helps the message above; the lock itself holds without it.
    }
    return lock;
}

DataDirLock::~DataDirLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace ninja3cx::storage
