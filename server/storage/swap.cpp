#include "server/storage/swap.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace ninja3cx::storage {
namespace {

/// What SQLite would take for the log of whatever database has the first name.
constexpr const char* kLogs[] = {"-wal", "-journal"};

Error failed(const std::string& doing, const std::filesystem::path& path, int error) {
    return Error{ErrorKind::Io,
                 "cannot " + doing + " " + path.string() + ": " + std::system_category().message(error)};
}

std::filesystem::path restoredFile(const std::filesystem::path& dataDir) {
    return databaseFile(dataDir).string() + ".restored";
}

bool isThere(const std::filesystem::path& file) {
    std::error_code failure;
    return std::filesystem::exists(std::filesystem::symlink_status(file, failure));
}

void tell(const AfterStep& afterStep) {
    if (afterStep) afterStep();
}

Result<void> removeFile(const std::filesystem::path& file) {
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) return failed("remove", file, errno);
    return {};
}

std::filesystem::path freeName(const std::filesystem::path& present) {
    for (int number = 1;; ++number) {
        std::filesystem::path name = present.string() + ".replaced-" + std::to_string(number);
        bool isFree = !isThere(name);
        for (const char* end : kLogs) isFree = isFree && !isThere(name.string() + end);
        if (isFree) return name;
    }
}

/// Second names, not new ones: until the restored one is in place, the old one is where it was.
Result<std::filesystem::path> keepReplaced(const std::filesystem::path& dataDir, const AfterStep& afterStep) {
    const auto present = databaseFile(dataDir);
    const auto kept = freeName(present);
    std::filesystem::path answer;
    for (const char* end : kLogs) {
        const std::string log = present.string() + end;
        const std::string keptLog = kept.string() + end;
        if (!holdsSomething(log)) continue;
        if (::link(log.c_str(), keptLog.c_str()) != 0) return failed("keep", log, errno);
        if (answer.empty()) answer = keptLog;
        tell(afterStep);
    }
    if (isThere(present)) {
        if (::link(present.c_str(), kept.c_str()) != 0) return failed("keep", present, errno);
        answer = kept;
        tell(afterStep);
    }
    if (auto synced = syncFolder(dataDir); !synced) return synced.error();
    return answer;
}

/// Second names of what is still in use: of a restore that was cut short before it was made.
Result<void> dropSecondNames(const std::filesystem::path& dataDir, const AfterStep& afterStep) {
    const auto present = databaseFile(dataDir);
    for (const auto& file : replacedDatabases(dataDir)) {
        std::error_code failure;
        bool isInUse = std::filesystem::equivalent(file, present, failure);
        for (const char* end : kLogs)
            isInUse = isInUse || std::filesystem::equivalent(file, present.string() + end, failure);
        if (!isInUse) continue;
        if (auto removed = removeFile(file); !removed) return removed;
        tell(afterStep);
    }
    return {};
}

}  // namespace

std::filesystem::path restoringFile(const std::filesystem::path& dataDir) {
    return databaseFile(dataDir).string() + ".restoring";
}

bool isRestoreUnfinished(const std::filesystem::path& dataDir) {
    return isThere(restoredFile(dataDir));
}

Result<std::filesystem::path> putInPlace(const DataDirLock& lock, const std::filesystem::path& dataDir,
                                         const AfterStep& afterStep) {
    auto kept = keepReplaced(dataDir, afterStep);
    if (!kept) return kept;
    const auto fresh = restoringFile(dataDir);
    if (::rename(fresh.c_str(), restoredFile(dataDir).c_str()) != 0)
        return failed("put in place", fresh, errno);
    tell(afterStep);
    auto finished = syncFolder(dataDir);
    if (finished) finished = finishRestore(lock, dataDir, afterStep);
    if (!finished)
        return inContext("the restore is made, and the next command or start puts it in place",
                         finished.error());
    return kept;
}

Result<void> finishRestore(const DataDirLock&, const std::filesystem::path& dataDir,
                           const AfterStep& afterStep) {
    if (!isRestoreUnfinished(dataDir)) return dropSecondNames(dataDir, afterStep);
    const auto present = databaseFile(dataDir);
    for (const char* end : {"-wal", "-journal", "-shm"}) {
        if (auto removed = removeFile(present.string() + end); !removed) return removed;
        tell(afterStep);
    }
    // SQLite would put the old log's pages into the restored database.
    if (auto synced = syncFolder(dataDir); !synced) return synced;
    const auto restored = restoredFile(dataDir);
    if (::rename(restored.c_str(), present.c_str()) != 0) return failed("put in place", restored, errno);
    tell(afterStep);
    if (auto synced = syncFolder(dataDir); !synced) return synced;
    auto noted = noteDatabase(dataDir);
    tell(afterStep);
    return noted;
}

}  // namespace ninja3cx::storage
