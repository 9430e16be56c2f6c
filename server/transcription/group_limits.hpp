#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace ninja3cx::transcription {

/// What a container, or a service manager, leaves to this process. 0: no limit.
struct GroupLimits {
    std::size_t cores = 0;     // time of so many, rounded up
    std::uint64_t memory = 0;  // bytes
    bool operator==(const GroupLimits&) const = default;
};

/// Of the group of processes (cgroup v2) that `membership` names, and of all that it is in: the least counts. `root` is
/// where the groups are mounted. Groups of version 1 have no limits here.
GroupLimits groupLimits(const std::filesystem::path& membership = "/proc/self/cgroup",
                        const std::filesystem::path& root = "/sys/fs/cgroup");

}  // namespace ninja3cx::transcription
