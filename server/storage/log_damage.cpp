#include "server/storage/log_damage.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <fstream>
#include <istream>
#include <system_error>

namespace ninja3cx::storage {
namespace {

constexpr std::size_t kPageSizeAt = 8;
constexpr std::size_t kSaltsAt = 16;  // in the head; in a frame at 8
constexpr std::size_t kSumAt = 24;    // in the head; in a frame at 16
constexpr std::uint32_t kSmallestPage = 512;
constexpr std::uint32_t kLargestPage = 65'536;

std::uint32_t word(std::span<const std::uint8_t> bytes, std::size_t at) {
    return std::uint32_t{bytes[at]} << 24U | std::uint32_t{bytes[at + 1]} << 16U |
           std::uint32_t{bytes[at + 2]} << 8U | std::uint32_t{bytes[at + 3]};
}

bool fill(std::istream& in, std::span<std::uint8_t> bytes) {
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return in.gcount() == static_cast<std::streamsize>(bytes.size());
}

std::filesystem::path logFile(const std::filesystem::path& dataDir) {
    return databaseFile(dataDir).string() + "-wal";
}

/// The salts are drawn anew at each use of the file.
bool isSameLog(const std::filesystem::path& one, const std::filesystem::path& other) {
    std::error_code failure;
    std::error_code otherFailure;
    const auto size = std::filesystem::file_size(one, failure);
    if (size != std::filesystem::file_size(other, otherFailure) || failure || otherFailure) return false;
    std::array<std::uint8_t, kLogHeadBytes> head{};
    std::array<std::uint8_t, kLogHeadBytes> otherHead{};
    std::ifstream in{one, std::ios::binary};
    std::ifstream otherIn{other, std::ios::binary};
    return fill(in, head) && fill(otherIn, otherHead) && head == otherHead;
}

Error notKept(const std::filesystem::path& file, int error) {
    return Error{ErrorKind::Io, "the log of the database is damaged, and no copy of it can be kept as " +
                                    file.string() + ": " + std::system_category().message(error)};
}

Result<void> copyTo(const std::filesystem::path& log, const std::filesystem::path& copy) {
    const int descriptor = ::open(copy.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return notKept(copy, errno);
    bool isWritten = false;
    {
        std::ifstream in{log, std::ios::binary};
        std::ofstream out{copy, std::ios::binary};
        isWritten = static_cast<bool>(out << in.rdbuf() << std::flush);
    }
    const bool isKept = isWritten && ::fsync(descriptor) == 0;
    const int error = isWritten ? errno : ENOSPC;
    ::close(descriptor);
    if (isKept) return {};
    ::unlink(copy.c_str());
    return notKept(copy, error);
}

}  // namespace

LogSum addToSum(LogSum sum, std::span<const std::uint8_t> bytes, bool isBigEndian) {
    const auto swapped = [](std::uint32_t value) {
        return value << 24U | (value & 0xFF00U) << 8U | (value >> 8U & 0xFF00U) | value >> 24U;
    };
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
        const std::uint32_t one = word(bytes, at);
        const std::uint32_t two = word(bytes, at + 4);
        sum.first += (isBigEndian ? one : swapped(one)) + sum.second;
        sum.second += (isBigEndian ? two : swapped(two)) + sum.first;
    }
    return sum;
}

bool isGoodHead(std::span<const std::uint8_t, kLogHeadBytes> head) {
    const std::uint32_t magic = word(head, 0);
    if ((magic & ~1U) != 0x377F0682U) return false;
    return addToSum({}, head.first(kSumAt), (magic & 1U) != 0) ==
           LogSum{word(head, kSumAt), word(head, kSumAt + 4)};
}

std::optional<std::uint64_t> findDamage(std::istream& log) {
    std::array<std::uint8_t, kLogHeadBytes> head{};
    if (!fill(log, head) || !isGoodHead(head)) return std::nullopt;
    const std::uint32_t pageBytes = word(head, kPageSizeAt);
    if (!std::has_single_bit(pageBytes) || pageBytes < kSmallestPage || pageBytes > kLargestPage)
        return std::nullopt;
    const bool isBigEndian = (head[3] & 1U) != 0;
    std::vector<std::uint8_t> bytes(kFrameHeadBytes + pageBytes);
    const std::span<const std::uint8_t> frame{bytes};
    std::optional<std::uint64_t> damage;
    bool isAfterCommit = false;  // behind the damage: the frame before ended a transaction
    LogSum sum{word(head, kSumAt), word(head, kSumAt + 4)};
    for (std::uint64_t offset = kLogHeadBytes; fill(log, bytes); offset += bytes.size()) {
        const bool isOfThisUse =
            word(frame, 0) != 0 && std::equal(frame.begin() + 8, frame.begin() + 16, head.begin() + kSaltsAt);
        const LogSum stored{word(frame, 16), word(frame, 20)};
        sum = addToSum(sum, frame.first(8), isBigEndian);
        // Behind the damage a frame is held to what the one before says of itself.
        const bool isWhole =
            isOfThisUse && addToSum(sum, frame.subspan(kFrameHeadBytes), isBigEndian) == stored;
        if (damage && isAfterCommit && isWhole) return damage;
        if (!damage && !isWhole) damage = offset;
        isAfterCommit = damage && isOfThisUse && word(frame, 4) != 0;
        sum = stored;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> damageOfLog(const std::filesystem::path& dataDir) {
    std::ifstream log{logFile(dataDir), std::ios::binary};
    return findDamage(log);
}

Result<void> keepDamagedLog(const DataDirLock&, const std::filesystem::path& dataDir) {
    const auto damage = damageOfLog(dataDir);
    // The second look is for another command that writes just now.
    if (!damage || damageOfLog(dataDir) != damage) return {};
    const auto log = logFile(dataDir);
    std::filesystem::path copy;
    std::error_code failure;
    for (int number = 1; copy.empty() || std::filesystem::exists(copy, failure); ++number) {
        copy = log.string() + ".damaged-" + std::to_string(number);
        if (isSameLog(log, copy)) return {};
    }
    if (auto copied = copyTo(log, copy); !copied) return copied;
    return syncFolder(dataDir);
}

std::vector<DamagedLog> damagedLogs(const std::filesystem::path& dataDir) {
    const std::string beginning = logFile(dataDir).filename().string() + ".damaged-";
    std::vector<DamagedLog> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator{dataDir, ignored}) {
        if (!entry.path().filename().string().starts_with(beginning)) continue;
        std::ifstream log{entry.path(), std::ios::binary};
        if (const auto damage = findDamage(log)) found.push_back({entry.path(), *damage});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
    return found;
}

std::string describe(const DamagedLog& log) {
    return "the database's log was damaged at byte " + std::to_string(log.offset) +
           ": what was stored behind it is lost, a key's revocation maybe. The log is kept as " +
           log.file.string() + " until the retention time or 'purge'";
}

}  // namespace ninja3cx::storage
