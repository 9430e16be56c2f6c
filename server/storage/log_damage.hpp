#pragma once

#include "server/storage/data_dir.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// SQLite's write-ahead log, `ninja.db-wal`, as its "WAL file format" describes it: a head of 32 bytes, then frames
/// of 24 bytes and a page, each with the head's salts and a checksum over all before it. SQLite takes the first
/// frame that is not whole for the log's end and says nothing.
namespace ninja3cx::storage {

inline constexpr std::size_t kLogHeadBytes = 32;
inline constexpr std::size_t kFrameHeadBytes = 24;

struct LogSum {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    bool operator==(const LogSum&) const = default;
};
/// The checksum after these bytes, whose number is a multiple of 8.
LogSum addToSum(LogSum sum, std::span<const std::uint8_t> bytes, bool isBigEndian);
/// Of the first 32 bytes.
bool isGoodHead(std::span<const std::uint8_t, kLogHeadBytes> head);

/// Where the first damaged frame begins, when SQLite will cut off with it what was surely stored: a transaction
/// behind it had begun, which happens only once the one before is on disk. Nothing for what a kill or a power cut
/// leaves: a torn last transaction, or pages of an earlier use of the file behind the end. Takes any bytes.
std::optional<std::uint64_t> findDamage(std::istream& log);
/// Of a data directory's log. While somebody writes it, what is found may be an illusion.
std::optional<std::uint64_t> damageOfLog(const std::filesystem::path& dataDir);

/// Copies a damaged log aside, as `ninja.db-wal.damaged-N`, before SQLite cuts it.
Result<void> keepDamagedLog(const DataDirLock& lock, const std::filesystem::path& dataDir);

struct DamagedLog {
    std::filesystem::path file;
    std::uint64_t offset = 0;  // of the damage
};
/// What was kept aside and not purged yet.
std::vector<DamagedLog> damagedLogs(const std::filesystem::path& dataDir);
/// For whoever looks after the server.
std::string describe(const DamagedLog& log);

}  // namespace ninja3cx::storage
