#include "server/storage/log_damage.hpp"

#include <cstdlib>
#include <sstream>

using namespace ninja3cx::storage;

namespace {

using Bytes = std::vector<std::uint8_t>;

std::optional<std::uint64_t> damageIn(const Bytes& log) {
    std::istringstream in{std::string{log.begin(), log.end()}};
    return findDamage(in);
}

void putSum(Bytes& bytes, std::size_t at, LogSum sum) {
    for (std::size_t i = 0; i < 4; ++i) {
        bytes[at + i] = static_cast<std::uint8_t>(sum.first >> (24 - 8 * i));
        bytes[at + 4 + i] = static_cast<std::uint8_t>(sum.second >> (24 - 8 * i));
    }
}

/// What no fuzzer guesses: a log of the smallest pages whose head and frames belong together.
Bytes repaired(Bytes log) {
    constexpr std::size_t kFrame = kFrameHeadBytes + 512;
    const bool isBigEndian = (log[3] & 1U) != 0;
    const Bytes head{0x37, 0x7F, 0x06, static_cast<std::uint8_t>(isBigEndian ? 0x83 : 0x82)};
    std::copy(head.begin(), head.end(), log.begin());
    const Bytes pageSize{0, 0, 2, 0};
    std::copy(pageSize.begin(), pageSize.end(), log.begin() + 8);
    const std::span<const std::uint8_t> bytes{log};
    LogSum sum = addToSum({}, bytes.first(24), isBigEndian);
    putSum(log, 24, sum);
    for (std::size_t at = kLogHeadBytes; at + kFrame <= log.size(); at += kFrame) {
        log[at] |= 1;  // a page's number
        std::copy(log.begin() + 16, log.begin() + 24, log.begin() + static_cast<std::ptrdiff_t>(at + 8));
        sum = addToSum(sum, bytes.subspan(at, 8), isBigEndian);
        sum = addToSum(sum, bytes.subspan(at + kFrameHeadBytes, 512), isBigEndian);
        putSum(log, at + 16, sum);
    }
    return log;
}

}  // namespace

/// Any bytes may stand in the database's log after a crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes log{data, data + size};
    const auto damage = damageIn(log);
    if (damage && (*damage < kLogHeadBytes || *damage >= size)) std::abort();
    if (size < kLogHeadBytes) return 0;
    Bytes whole = repaired(log);
    if (damageIn(whole)) std::abort();
    // One byte of one frame: never said to be elsewhere.
    const std::size_t at = kLogHeadBytes + log[0] * std::size_t{7};
    if (at >= whole.size()) return 0;
    whole[at] ^= 0x40U;
    const auto found = damageIn(whole);
    if (found && (*found > at || at - *found >= kFrameHeadBytes + 512)) std::abort();
    return 0;
}
