#include "server/storage/data_dir.hpp"

#include "server/storage/migrations.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace ninja3cx::storage {
namespace {

constexpr const char* kDatabaseName = "ninja.db";
constexpr const char* kLockName = "lock";

Error failed(const std::string& doing, const std::filesystem::path& path, int error) {
    return Error{ErrorKind::Io,
                 "cannot " + doing + " " + path.string() + ": " + std::system_category().message(error)};
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
            name.starts_with(std::string{kDatabaseName} + ".restoring"))
            found.push_back(entry.path());
    }
    return found;
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
    const bool isOurs = std::filesystem::exists(databaseFile(dataDir), failure) ||
                        std::filesystem::is_empty(dataDir, failure);
    if (isOurs && ::chmod(dataDir.c_str(), 0700) != 0) return failed("protect (mode 0700)", dataDir, errno);
    return {};
}

Result<Database> openDatabase(const std::filesystem::path& dataDir) {
    if (auto prepared = prepareDataDir(dataDir); !prepared) return prepared.error();
    auto database = Database::open(databaseFile(dataDir), Database::Access::ReadWrite);
    if (!database) return database.error();
    // temp_store: sorting and VACUUM would otherwise write transcripts to /tmp.
    auto ready = database->script(R"sql(
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA temp_store = MEMORY;
    )sql");
    if (ready) ready = migrate(*database);
    if (!ready) return inContext(databaseFile(dataDir).string(), ready.error());
    return database;
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
