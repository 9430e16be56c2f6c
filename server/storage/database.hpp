#pragma once

#include "shared/core/c_handle.hpp"
#include "shared/core/result.hpp"
#include "shared/core/strong.hpp"

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ninja3cx::storage {

/// A value given to a statement in place of a '?'.
using Bound = std::variant<std::nullptr_t, std::int64_t, std::string>;

inline Bound bound(std::integral auto value) {
    return static_cast<std::int64_t>(value);
}
inline Bound bound(std::string_view value) {
    return std::string{value};
}
template <class Tag, class T>
Bound bound(const Strong<Tag, T>& value) {
    return bound(value.value());
}
template <class T>
Bound bound(const std::optional<T>& value) {
    return value ? bound(*value) : Bound{nullptr};
}

/// One row of a result; only inside the function that is shown it. Columns count from 0.
class Row {
public:
    explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    bool isNull(int column) const;
    std::optional<std::int64_t> optionalInteger(int column) const;
    std::optional<std::string> optionalText(int column) const;

private:
    sqlite3_stmt* statement_;
};

/// A connection to one SQLite file.
///
/// Threads: one at a time.
/// Errors:  Io (disk full, damaged, unreadable; says what to do), Busy (another process writes), Conflict (a
///          rule of the tables is broken). Never a value from the tables.
class Database {
public:
    enum class Access { ReadOnly, ReadWrite };
    using OnRow = std::function<Result<void>(const Row&)>;

    /// Opens an existing file, or creates it with mode 0600. Sets no journal mode; see `openDatabase`.
    static Result<Database> open(const std::filesystem::path& file, Access access);

    /// One statement. Answers how many rows it changed.
    template <class... Values>
    Result<std::int64_t> run(const char* sql, const Values&... values) {
        return runBound(sql, {bound(values)...});
    }
    Result<std::int64_t> runBound(const char* sql, const std::vector<Bound>& values);
    /// Shows every row of the result; stops at the first row that answers an error and gives that.
    Result<void> each(const char* sql, const std::vector<Bound>& values, const OnRow& onRow);
    /// The first column of the first row; empty if there is no row.
    Result<std::optional<std::int64_t>> integer(const char* sql, const std::vector<Bound>& values = {});
    Result<std::optional<std::string>> text(const char* sql, const std::vector<Bound>& values = {});
    /// Several statements separated by ';'.
    Result<void> script(const char* sql);
    /// Everything `work` does, durably, or nothing of it.
    Result<void> atomically(const std::function<Result<void>()>& work);

    /// At first, statements wait a few seconds for another process that writes; from here on they do not.
    void neverWait();
    /// Brings what the write-ahead log holds into the file itself, as far as others' reading lets it.
    Result<void> checkpoint() { return script("PRAGMA wal_checkpoint(TRUNCATE)"); }
    /// Closing folds the log in and deletes it, also one that SQLite cannot read. After this it stays.
    void keepLog();

    sqlite3* handle() const { return handle_.get(); }

private:
    using Handle = CHandle<sqlite3, sqlite3_close_v2>;
    explicit Database(Handle handle) : handle_(std::move(handle)) {}
    Handle handle_;
};

/// The error of the connection's last call that failed, in our words.
Error lastError(sqlite3* handle, const std::string& doing);

}  // namespace ninja3cx::storage
