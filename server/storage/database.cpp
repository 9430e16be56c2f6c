#include "server/storage/database.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace ninja3cx::storage {
namespace {

using Statement = CHandle<sqlite3_stmt, sqlite3_finalize>;

constexpr int kWaitForOthersMs = 5'000;

Result<Statement> prepare(sqlite3* handle, const char* sql, const std::vector<Bound>& values) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(handle, sql, -1, &raw, nullptr);
    Statement statement{raw};
    if (code != SQLITE_OK) return lastError(handle, "preparing a statement");
    int index = 0;
    for (const Bound& value : values) {
        ++index;
        int bindCode = SQLITE_OK;
        if (const auto* number = std::get_if<std::int64_t>(&value))
            bindCode = sqlite3_bind_int64(raw, index, *number);
        else if (const auto* text = std::get_if<std::string>(&value))
            bindCode =
                sqlite3_bind_text64(raw, index, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
        else
            bindCode = sqlite3_bind_null(raw, index);
        if (bindCode != SQLITE_OK) return lastError(handle, "filling in a statement");
    }
    return statement;
}

/// Database files belong to this account alone. SQLite gives its -wal and -shm files the same mode.
/// An existing file is never opened here: closing any descriptor of it would drop the POSIX locks that this
/// process's other connections hold, and another process would then delete the -wal under them.
Result<void> createPrivately(const std::filesystem::path& file) {
    const auto failed = [&](const char* doing) {
        return Error{ErrorKind::Io, std::string{"cannot "} + doing + " " + file.string() + ": " +
                                        std::system_category().message(errno)};
    };
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor >= 0) {
        ::close(descriptor);
        return {};
    }
    if (errno != EEXIST) return failed("create");
    struct stat facts {};
    if (::lstat(file.c_str(), &facts) != 0) return failed("look at");
    if (!S_ISREG(facts.st_mode)) return Error{ErrorKind::Io, file.string() + " is no regular file"};
    if ((facts.st_mode & 0777) != 0600 && ::chmod(file.c_str(), 0600) != 0)
        return failed("protect (mode 0600)");
    return {};
}

}  // namespace

Error lastError(sqlite3* handle, const std::string& doing) {
    const int code = handle ? sqlite3_errcode(handle) : SQLITE_NOMEM;
    const std::string said = handle ? sqlite3_errmsg(handle) : "out of memory";
    const std::string where = "database, " + doing + ": ";
    switch (code & 0xff) {
        case SQLITE_FULL:
            return {ErrorKind::Io,
                    where + "the disk is full: nothing of this change is stored; free some space"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorKind::Busy, where + "another process writes to it; try again"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorKind::Io, where + "the file is damaged or no database (" + said +
                                       "): restore a backup (3cx-ninja-server restore FILE)"};
        case SQLITE_CONSTRAINT:
            return {ErrorKind::Conflict, where + said};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
        case SQLITE_AUTH:
            return {ErrorKind::Io, where + said + ": check owner and mode of the data directory"};
        default:
            return {ErrorKind::Io, where + said};
    }
}

std::int64_t Row::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Row::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (!text) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Row::isNull(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::optional<std::int64_t> Row::optionalInteger(int column) const {
    if (isNull(column)) return std::nullopt;
    return integer(column);
}

std::optional<std::string> Row::optionalText(int column) const {
    if (isNull(column)) return std::nullopt;
    return text(column);
}

Result<Database> Database::open(const std::filesystem::path& file, Access access) {
    int flags = SQLITE_OPEN_READONLY;
    if (access == Access::ReadWrite) {
        flags = SQLITE_OPEN_READWRITE;
        if (auto created = createPrivately(file); !created) return created.error();
    }
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Handle handle{raw};
    if (code != SQLITE_OK) return lastError(raw, "opening " + file.string());
    sqlite3_busy_timeout(raw, kWaitForOthersMs);
    return Database{std::move(handle)};
}

Result<void> Database::each(const char* sql, const std::vector<Bound>& values, const OnRow& onRow) {
    auto statement = prepare(handle(), sql, values);
    if (!statement) return statement.error();
    for (;;) {
        const int code = sqlite3_step(statement->get());
        if (code == SQLITE_DONE) return {};
        if (code != SQLITE_ROW) return lastError(handle(), "running a statement");
        if (auto shown = onRow(Row{statement->get()}); !shown) return shown;
    }
}

Result<std::int64_t> Database::runBound(const char* sql, const std::vector<Bound>& values) {
    auto ran = each(sql, values, [](const Row&) { return Result<void>{}; });
    if (!ran) return ran.error();
    return std::int64_t{sqlite3_changes64(handle())};
}

Result<std::optional<std::int64_t>> Database::integer(const char* sql, const std::vector<Bound>& values) {
    std::optional<std::int64_t> first;
    bool isFirst = true;
    auto ran = each(sql, values, [&](const Row& row) {
        if (isFirst) first = row.optionalInteger(0);
        isFirst = false;
        return Result<void>{};
    });
    if (!ran) return ran.error();
    return first;
}

Result<std::optional<std::string>> Database::text(const char* sql, const std::vector<Bound>& values) {
    std::optional<std::string> first;
    bool isFirst = true;
    auto ran = each(sql, values, [&](const Row& row) {
        if (isFirst) first = row.optionalText(0);
        isFirst = false;
        return Result<void>{};
    });
    if (!ran) return ran.error();
    return first;
}

void Database::neverWait() {
    sqlite3_busy_timeout(handle(), 0);
}

Result<void> Database::script(const char* sql) {
    if (sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return lastError(handle(), "running a script");
    return {};
}

void Database::keepLog() {
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<void> Database::atomically(const std::function<Result<void>()>& work) {
    if (auto begun = script("BEGIN IMMEDIATE"); !begun) return begun;
    auto done = work();
    if (done) done = script("COMMIT");
    // Some errors (a full disk) have rolled back already: asking again would hide their text.
    if (!done && sqlite3_get_autocommit(handle()) == 0) (void)script("ROLLBACK");
    return done;
}

}  // namespace ninja3cx::storage
