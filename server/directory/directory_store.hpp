#pragma once

#include "server/directory/directory_lists.hpp"
#include "server/storage/database.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::directory {

/// Removes the copy on disk, with what is left of earlier ones. The next start reads NinjaOne again; until then no
/// caller is known. Not while a server runs.
Result<void> eraseCopy(const std::filesystem::path& folder);

/// Files of somebody else that lay in the copy's place and were set aside; nothing reads them again.
std::vector<std::filesystem::path> setAsideIn(const std::filesystem::path& folder);

/// What is known of a list that came whole.
struct Stamp {
    std::int64_t readAtMs = 0;  // 0: never
    bool isOffered = true;      // false: NinjaOne does not give it to this account; it has no rows
    bool operator==(const Stamp&) const = default;
};

/// The copy of NinjaOne's lists on disk: `<folder>/ninja-directory.db`, 0600. A cache: it is in no backup, and what
/// cannot be used of it is read again.
///
/// Durable: a list is replaced in one transaction, of which only the rows that differ are written. A crash and a full
///          disk leave the old list or the new one, with its own stamp.
/// Damage:  a file that is damaged or of another version of this program is removed and made anew; one that is not ours
///          is set aside (`ninja-directory.db.aside`, `.aside-2` to `.aside-9`, then no more: there is no copy until
///          somebody has cleared them). `onRemark` says so in one line.
/// Threads: one at a time. `onRemark` is called within the other calls.
class DirectoryStore {
public:
    DirectoryStore(std::filesystem::path folder, DialPlan plan,
                   std::function<void(const std::string&)> onRemark = {});

    struct Held {
        Lists lists;
        std::map<List, Stamp> stamps;
    };
    /// All of it. Numbers that were read by another dial plan are read anew.
    Result<Held> load();
    /// `rows`: sorted by key, no key twice. Answers how many rows were written or removed.
    template <class Record>
    Result<std::size_t> replace(List list, const std::vector<Record>& rows, Stamp stamp);

private:
    template <class Work>
    Result<void> mending(Work work);
    Result<void> open();
    Result<void> prepare(storage::Database& database);
    Result<void> readNumbersAnew();
    Result<void> startAnew(const std::string& why);
    void remark(const std::string& line) const;

    std::filesystem::path file_;
    DialPlan plan_;
    std::function<void(const std::string&)> onRemark_;
    std::optional<storage::Database> database_;
};

}  // namespace ninja3cx::directory
