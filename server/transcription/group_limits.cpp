#include "server/transcription/group_limits.hpp"

#include <algorithm>
#include <fstream>
#include <string>

namespace ninja3cx::transcription {
namespace {

template <typename Number>
void lower(Number& limit, Number found) {
    if (limit == 0 || found < limit) limit = found;
}

/// "max" is no number: it leaves things as they are.
void take(const std::filesystem::path& group, GroupLimits& limits) {
    std::ifstream memory{group / "memory.max"};
    if (std::uint64_t bytes = 0; memory >> bytes) lower(limits.memory, std::max<std::uint64_t>(bytes, 1));
    std::ifstream processor{group / "cpu.max"};
    std::size_t quota = 0;  // of the time of each period
    std::size_t period = 0;
    if (processor >> quota >> period && period > 0)
        lower(limits.cores, std::max<std::size_t>(quota / period + (quota % period > 0 ? 1 : 0), 1));
}

}  // namespace

GroupLimits groupLimits(const std::filesystem::path& membership, const std::filesystem::path& root) {
    GroupLimits limits;
    std::ifstream groups{membership};
    std::string line;
    while (std::getline(groups, line)) {
        if (!line.starts_with("0::/")) continue;
        // Normal, so that it leads nowhere above the root.
        std::filesystem::path group = std::filesystem::path{line.substr(3)}.lexically_normal();
        for (; group.has_relative_path(); group = group.parent_path())
            take(root / group.relative_path(), limits);
        take(root, limits);  // in a container the root is its own group
        break;
    }
    return limits;
}

}  // namespace ninja3cx::transcription
