#include "server/directory/directory_store.hpp"

#include <array>
#include <fstream>
#include <memory>
#include <sstream>
#include <system_error>
#include <utility>

namespace ninja3cx::directory {
namespace {

using storage::Bound;
using storage::bound;
using storage::Database;
using storage::Row;

constexpr const char* kName = "ninja-directory.db";
constexpr std::int64_t kVersion = 3;
constexpr std::int64_t kApplicationId = 0x4E334358;  // "N3CX", in the file's head
constexpr std::size_t kApplicationIdAt = 68;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
/// What was there before the database.
constexpr std::array kOldNames{"ninja-directory.json", "ninja-directory.json.new"};
/// Set aside: files of somebody else, found under our name.
constexpr int kMostAside = 9;
/// A journal that is left beside another database would be played into it.
constexpr std::array kLogEnds{"-journal", "-wal", "-shm"};

std::string written(const std::vector<std::int64_t>& numbers) {
    std::string text;
    for (const std::int64_t number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
    return text;
}

std::vector<std::int64_t> numbersIn(const std::string& text) {
    std::vector<std::int64_t> numbers;
    if (text.empty()) return numbers;
    std::istringstream in{text};
    for (std::int64_t number = 0; in >> number;) numbers.push_back(number);
    return numbers;
}

/// How a record lies in its table; the first column is its key.
template <class Record>
struct Shape;

template <>
struct Shape<OrganizationRecord> {
    static constexpr const char* kColumns = "id INTEGER PRIMARY KEY, name TEXT NOT NULL";
    static constexpr const char* kNames = "id, name";
    static constexpr const char* kMarks = "?, ?";
    static std::vector<Bound> values(const OrganizationRecord& record) {
        return {bound(record.id), bound(record.name)};
    }
    static OrganizationRecord record(const Row& row) { return {row.integer(0), row.text(1)}; }
};

template <>
struct Shape<PersonRecord> {
    static constexpr const char* kColumns =
        "uid TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL, e164 TEXT, "
        "tail TEXT, organization_id INTEGER NOT NULL, is_enabled INTEGER NOT NULL, device_ids TEXT NOT NULL";
    static constexpr const char* kNames =
        "uid, name, email, phone, e164, tail, organization_id, is_enabled, device_ids";
    static constexpr const char* kMarks = "?, ?, ?, ?, nullif(?, ''), nullif(?, ''), ?, ?, ?";
    static std::vector<Bound> values(const PersonRecord& record) {
        return {bound(record.uid),
                bound(record.name),
                bound(record.email),
                bound(record.phone),
                bound(record.number.e164),
                bound(record.number.tail),
                bound(record.organizationId),
                bound(record.isEnabled),
                bound(written(record.deviceIds))};
    }
    static PersonRecord record(const Row& row) {
        return {row.text(0),
                row.text(1),
                row.text(2),
                row.text(3),
                {row.text(4), row.text(5)},
                row.integer(6),
                row.integer(7) != 0,
                numbersIn(row.text(8))};
    }
};

template <>
struct Shape<OrganizationNumberRecord> {
    static constexpr const char* kColumns = "organization_id INTEGER PRIMARY KEY, phone TEXT NOT NULL";
    static constexpr const char* kNames = "organization_id, phone";
    static constexpr const char* kMarks = "?, ?";
    static std::vector<Bound> values(const OrganizationNumberRecord& record) {
        return {bound(record.organizationId), bound(record.phone)};
    }
    static OrganizationNumberRecord record(const Row& row) { return {row.integer(0), row.text(1)}; }
};

template <>
struct Shape<TechnicianRecord> {
    static constexpr const char* kColumns =
        "id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, is_active INTEGER NOT NULL";
    static constexpr const char* kNames = "id, name, email, is_active";
    static constexpr const char* kMarks = "?, ?, ?, ?";
    static std::vector<Bound> values(const TechnicianRecord& record) {
        return {bound(record.id), bound(record.name), bound(record.email), bound(record.isActive)};
    }
    static TechnicianRecord record(const Row& row) {
        return {row.integer(0), row.text(1), row.text(2), row.integer(3) != 0};
    }
};

template <>
struct Shape<LocationRecord> {
    static constexpr const char* kColumns =
        "id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL, name TEXT NOT NULL";
    static constexpr const char* kNames = "id, organization_id, name";
    static constexpr const char* kMarks = "?, ?, ?";
    static std::vector<Bound> values(const LocationRecord& record) {
        return {bound(record.id), bound(record.organizationId), bound(record.name)};
    }
    static LocationRecord record(const Row& row) { return {row.integer(0), row.integer(1), row.text(2)}; }
};

template <>
struct Shape<DeviceRecord> {
    static constexpr const char* kColumns =
        "id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL, location_id INTEGER NOT NULL, "
        "name TEXT NOT NULL, owner_uid TEXT NOT NULL, is_offline INTEGER NOT NULL";
    static constexpr const char* kNames = "id, organization_id, location_id, name, owner_uid, is_offline";
    static constexpr const char* kMarks = "?, ?, ?, ?, ?, ?";
    static std::vector<Bound> values(const DeviceRecord& record) {
        return {bound(record.id),   bound(record.organizationId), bound(record.locationId),
                bound(record.name), bound(record.ownerUid),       bound(record.isOffline)};
    }
    static DeviceRecord record(const Row& row) {
        return {row.integer(0), row.integer(1), row.integer(2),
                row.text(3),    row.text(4),    row.integer(5) != 0};
    }
};

template <>
struct Shape<HealthRecord> {
    static constexpr const char* kColumns =
        "device_id INTEGER PRIMARY KEY, status TEXT NOT NULL, reboot_reason TEXT NOT NULL";
    static constexpr const char* kNames = "device_id, status, reboot_reason";
    static constexpr const char* kMarks = "?, ?, ?";
    static std::vector<Bound> values(const HealthRecord& record) {
        return {bound(record.deviceId), bound(record.status), bound(record.rebootReason)};
    }
    static HealthRecord record(const Row& row) { return {row.integer(0), row.text(1), row.text(2)}; }
};

template <>
struct Shape<AlertRecord> {
    static constexpr const char* kColumns =
        "uid TEXT PRIMARY KEY, device_id INTEGER NOT NULL, message TEXT NOT NULL";
    static constexpr const char* kNames = "uid, device_id, message";
    static constexpr const char* kMarks = "?, ?, ?";
    static std::vector<Bound> values(const AlertRecord& record) {
        return {bound(record.uid), bound(record.deviceId), bound(record.message)};
    }
    static AlertRecord record(const Row& row) { return {row.text(0), row.integer(1), row.text(2)}; }
};

template <>
struct Shape<LoggedOnRecord> {
    static constexpr const char* kColumns =
        "device_id INTEGER PRIMARY KEY, user_name TEXT NOT NULL, at_s INTEGER NOT NULL";
    static constexpr const char* kNames = "device_id, user_name, at_s";
    static constexpr const char* kMarks = "?, ?, ?";
    static std::vector<Bound> values(const LoggedOnRecord& record) {
        return {bound(record.deviceId), bound(record.userName), bound(record.atS)};
    }
    static LoggedOnRecord record(const Row& row) { return {row.integer(0), row.text(1), row.integer(2)}; }
};

template <class Record>
Result<std::vector<Record>> readRows(Database& database, List list) {
    using Of = Shape<Record>;
    std::vector<Record> rows;
    const std::string sql =
        std::string{"SELECT "} + Of::kNames + " FROM " + nameOf(list).table + " ORDER BY 1";
    auto read = database.each(sql.c_str(), {}, [&](const Row& row) {
        rows.push_back(Of::record(row));
        return Result<void>{};
    });
    if (!read) return read.error();
    return rows;
}

template <class Record>
Result<std::size_t> writeRows(Database& database, List list, const std::vector<Record>& rows) {
    using Of = Shape<Record>;
    auto held = readRows<Record>(database, list);
    if (!held) return held.error();
    const auto difference = differenceOf(*held, rows);
    const std::string table = nameOf(list).table;
    const std::string_view names{Of::kNames};
    const std::string keyName{names.substr(0, names.find(','))};
    const std::string remove = "DELETE FROM " + table + " WHERE " + keyName + " = ?";
    for (const Record* row : difference.gone)
        if (auto ran = database.run(remove.c_str(), row->key()); !ran) return ran.error();
    const std::string put =
        "INSERT OR REPLACE INTO " + table + "(" + Of::kNames + ") VALUES (" + Of::kMarks + ")";
    for (const Record* row : difference.changed)
        if (auto ran = database.runBound(put.c_str(), Of::values(*row)); !ran) return ran.error();
    return difference.gone.size() + difference.changed.size();
}

template <class Record>
Result<void> createTable(Database& database, List list) {
    const std::string sql =
        std::string{"CREATE TABLE IF NOT EXISTS "} + nameOf(list).table + "(" + Shape<Record>::kColumns + ")";
    return database.script(sql.c_str());
}

Result<void> createPeople(Database& database, List list) {
    if (auto made = createTable<PersonRecord>(database, list); !made) return made;
    const std::string table = nameOf(list).table;
    const std::string sql = "CREATE INDEX IF NOT EXISTS " + table + "_e164 ON " + table +
                            "(e164);CREATE INDEX IF NOT EXISTS " + table + "_tail ON " + table + "(tail)";
    return database.script(sql.c_str());
}

Result<void> createTables(Database& database) {
    auto made = database.script(R"sql(
        CREATE TABLE IF NOT EXISTS lists(
            list TEXT PRIMARY KEY, read_at_ms INTEGER NOT NULL, is_offered INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS facts(name TEXT PRIMARY KEY, value TEXT NOT NULL);
    )sql");
    if (made) made = createTable<OrganizationRecord>(database, List::Organizations);
    if (made) made = createPeople(database, List::EndUsers);
    if (made) made = createPeople(database, List::Contacts);
    if (made) made = createTable<OrganizationNumberRecord>(database, List::OrganizationNumbers);
    if (made) made = createTable<TechnicianRecord>(database, List::Technicians);
    if (made) made = createTable<LocationRecord>(database, List::Locations);
    if (made) made = createTable<DeviceRecord>(database, List::Devices);
    if (made) made = createTable<HealthRecord>(database, List::DeviceHealth);
    if (made) made = createTable<AlertRecord>(database, List::Alerts);
    if (made) made = createTable<LoggedOnRecord>(database, List::LoggedOnUsers);
    return made;
}

/// What the numbers in the file were read by.
std::string textOf(const DialPlan& plan) {
    return "libphonenumber " + plan.country;
}

Result<void> removeFile(const std::filesystem::path& file) {
    std::error_code failure;
    std::filesystem::remove(file, failure);
    if (failure) return Error{ErrorKind::Io, "cannot remove " + file.string() + ": " + failure.message()};
    return {};
}

Result<void> removeWithLogs(const std::filesystem::path& file) {
    auto removed = removeFile(file);
    for (const char* end : kLogEnds)
        if (removed) removed = removeFile(file.string() + end);
    return removed;
}

/// `ninja-directory.db.aside`, then `.aside-2` and so on.
std::filesystem::path asideOf(const std::filesystem::path& file, int number) {
    return file.string() + ".aside" + (number == 1 ? "" : "-" + std::to_string(number));
}

/// Over nothing that was set aside before.
Result<std::filesystem::path> setAside(const std::filesystem::path& file) {
    std::error_code failure;
    for (int number = 1; number <= kMostAside; ++number) {
        const auto aside = asideOf(file, number);
        const auto status = std::filesystem::symlink_status(aside, failure);
        if (status.type() != std::filesystem::file_type::not_found) continue;
        std::filesystem::rename(file, aside, failure);
        if (failure) return Error{ErrorKind::Io, "cannot rename " + file.string() + ": " + failure.message()};
        return aside;
    }
    return Error{ErrorKind::Io, file.string() + " is not this program's, and " + std::to_string(kMostAside) +
                                    " such files are set aside already: move them elsewhere"};
}

enum class Whose { Nobodys, Ours, Foreign };

/// By its head, before SQLite looks at it.
Whose whoseIs(const std::filesystem::path& file) {
    std::array<char, kApplicationIdAt + 4> head{};
    std::ifstream in{file, std::ios::binary};
    if (!in.read(head.data(), 1)) return Whose::Nobodys;
    in.read(head.data() + 1, static_cast<std::streamsize>(head.size()) - 1);
    std::int64_t id = 0;
    for (std::size_t i = 0; i < 4; ++i)
        id = id * 256 + static_cast<unsigned char>(head[kApplicationIdAt + i]);
    const bool isDatabase = std::string_view{head.data(), kMagic.size()} == kMagic;
    return isDatabase && id == kApplicationId ? Whose::Ours : Whose::Foreign;
}

/// That the disk is full, or that somebody else holds the file, is no damage.
bool isDamaged(Database& database) {
    const auto checked = database.text("PRAGMA quick_check(1)");
    if (checked) return checked->value_or("") != "ok";
    const int code = sqlite3_errcode(database.handle()) & 0xff;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

}  // namespace

Result<void> eraseCopy(const std::filesystem::path& folder) {
    auto removed = removeWithLogs(folder / kName);
    for (int number = 1; number <= kMostAside; ++number)
        if (removed) removed = removeFile(asideOf(folder / kName, number));
    for (const char* name : kOldNames)
        if (removed) removed = removeFile(folder / name);
    return removed;
}

std::vector<std::filesystem::path> setAsideIn(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code failure;
    for (int number = 1; number <= kMostAside; ++number)
        if (auto aside = asideOf(folder / kName, number); std::filesystem::exists(aside, failure))
            files.push_back(std::move(aside));
    return files;
}

DirectoryStore::DirectoryStore(std::filesystem::path folder, DialPlan plan,
                               std::function<void(const std::string&)> onRemark)
    : file_(std::move(folder) / kName), plan_(std::move(plan)), onRemark_(std::move(onRemark)) {}

void DirectoryStore::remark(const std::string& line) const {
    if (onRemark_) onRemark_(line);
}

Result<void> DirectoryStore::startAnew(const std::string& why) {
    database_.reset();
    remark(file_.string() + " " + why + ": it is made anew, and NinjaOne is read again");
    return removeWithLogs(file_);
}

/// In one transaction: a file that carries our mark has our tables.
Result<void> DirectoryStore::prepare(Database& database) {
    // secure_delete: who is gone from NinjaOne is gone from here. temp_store: sorting would otherwise use /tmp.
    auto ready = database.script("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
    if (!ready) return ready;
    return database.atomically([&] {
        auto made = createTables(database);
        const std::string mark = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                                 "; PRAGMA user_version = " + std::to_string(kVersion);
        if (made) made = database.script(mark.c_str());
        return made;
    });
}

Result<void> DirectoryStore::open() {
    if (database_) return {};
    for (const char* name : kOldNames)
        if (auto removed = removeFile(file_.parent_path() / name); !removed) return removed;
    if (whoseIs(file_) == Whose::Foreign) {
        const auto aside = setAside(file_);
        if (!aside) return aside.error();
        remark(file_.string() + " is not this program's: it is set aside as " + aside->string() +
               ", and NinjaOne is read again");
        if (auto removed = removeWithLogs(file_); !removed) return removed;
    }
    for (bool isRepeat = false;; isRepeat = true) {
        auto opened = Database::open(file_, Database::Access::ReadWrite);
        if (!opened) return opened.error();
        opened->neverWait();
        const auto version = opened->integer("PRAGMA user_version");
        const bool isBad = isDamaged(*opened);
        const bool isOther = version && version->value_or(0) != 0 && **version != kVersion;
        if ((isBad || isOther) && !isRepeat) {
            opened = Error{ErrorKind::Io, ""};  // closed before it is removed
            auto cleared = startAnew(isBad ? "is damaged" : "is of another version of this program");
            if (!cleared) return cleared;
            continue;
        }
        if (!version) return version.error();
        if (auto ready = prepare(*opened); !ready) return ready;
        database_ = std::move(*opened);
        return {};
    }
}

/// Runs `work` on the open database; once more on a new one where this one turns out to be damaged.
template <class Work>
Result<void> DirectoryStore::mending(Work work) {
    for (bool isRepeat = false;; isRepeat = true) {
        if (auto opened = open(); !opened) return opened;
        auto done = work(*database_);
        if (done || isRepeat || !isDamaged(*database_)) return done;
        if (auto cleared = startAnew("is damaged"); !cleared) return cleared;
    }
}

Result<void> DirectoryStore::readNumbersAnew() {
    auto& database = *database_;
    const auto known = database.text("SELECT value FROM facts WHERE name = 'dialPlan'");
    if (!known) return known.error();
    if (known->value_or("") == textOf(plan_)) return {};
    return database.atomically([&]() -> Result<void> {
        for (const List list : {List::EndUsers, List::Contacts}) {
            auto people = readRows<PersonRecord>(database, list);
            if (!people) return people.error();
            for (PersonRecord& person : *people) person.number = numberOf(person.phone, plan_);
            if (auto written = writeRows(database, list, *people); !written) return written.error();
        }
        auto noted =
            database.run("INSERT OR REPLACE INTO facts(name, value) VALUES ('dialPlan', ?)", textOf(plan_));
        if (!noted) return noted.error();
        return {};
    });
}

Result<DirectoryStore::Held> DirectoryStore::load() {
    Held held;
    auto done = mending([&](Database& database) -> Result<void> {
        held = {};
        if (auto read = readNumbersAnew(); !read) return read;
        auto stamps =
            database.each("SELECT list, read_at_ms, is_offered FROM lists", {}, [&](const Row& row) {
                for (const List list : kLists)
                    if (nameOf(list).table == row.text(0))
                        held.stamps[list] = {row.integer(1), row.integer(2) != 0};
                return Result<void>{};
            });
        if (!stamps) return stamps;
        const auto take = [&]<class Record>(List list, Lists::Rows<Record>& into) -> Result<void> {
            auto rows = readRows<Record>(database, list);
            if (!rows) return rows.error();
            into = std::make_shared<const std::vector<Record>>(std::move(*rows));
            return {};
        };
        auto taken = take(List::Organizations, held.lists.organizations);
        if (taken) taken = take(List::EndUsers, held.lists.endUsers);
        if (taken) taken = take(List::Contacts, held.lists.contacts);
        if (taken) taken = take(List::OrganizationNumbers, held.lists.organizationNumbers);
        if (taken) taken = take(List::Technicians, held.lists.technicians);
        if (taken) taken = take(List::Locations, held.lists.locations);
        if (taken) taken = take(List::Devices, held.lists.devices);
        if (taken) taken = take(List::DeviceHealth, held.lists.health);
        if (taken) taken = take(List::Alerts, held.lists.alerts);
        if (taken) taken = take(List::LoggedOnUsers, held.lists.loggedOn);
        return taken;
    });
    if (!done) return done.error();
    return held;
}

template <class Record>
Result<std::size_t> DirectoryStore::replace(List list, const std::vector<Record>& rows, Stamp stamp) {
    std::size_t count = 0;
    auto done = mending([&](Database& database) {
        return database.atomically([&]() -> Result<void> {
            auto written = writeRows(database, list, rows);
            if (!written) return written.error();
            count = *written;
            auto stamped =
                database.run("INSERT OR REPLACE INTO lists(list, read_at_ms, is_offered) VALUES (?, ?, ?)",
                             nameOf(list).table, stamp.readAtMs, stamp.isOffered);
            if (!stamped) return stamped.error();
            return {};
        });
    });
    if (!done) return done.error();
    return count;
}

template Result<std::size_t> DirectoryStore::replace(List, const std::vector<OrganizationRecord>&, Stamp);
template Result<std::size_t> DirectoryStore::replace(List, const std::vector<PersonRecord>&, Stamp);
template Result<std::size_t> DirectoryStore::replace(List, const std::vector<OrganizationNumberRecord>&,
                                                     Stamp);
template Result<std::size_t> DirectoryStore::replace(List, const std::vector<TechnicianRecord>&, Stamp);
template Result<std::size_t> DirectoryStore::replace(List, const std::vector<LocationRecord>&, Stamp);
template Result<std::size_t> DirectoryStore::replace(List, const std::vector<DeviceRecord>&, Stamp);
template Result<std::size_t> DirectoryStore::replace(List, const std::vector<HealthRecord>&, Stamp);
template Result<std::size_t> DirectoryStore::replace(List, const std::vector<AlertRecord>&, Stamp);
template Result<std::size_t> DirectoryStore::replace(List, const std::vector<LoggedOnRecord>&, Stamp);

}  // namespace ninja3cx::directory
