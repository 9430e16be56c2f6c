#pragma once

#include "agent/call_tracking/caller.hpp"
#include "shared/core/files.hpp"
#include "shared/core/result.hpp"

#include <chrono>
#include <filesystem>
#include <optional>

namespace ninja3cx::agent {

/// Two agents on one spool would both deliver it: of one folder there is one. Held until the process ends.
class FolderLock {
public:
    /// Empty where another process has it.
    static std::optional<FolderLock> take(const std::filesystem::path& folder);
    /// The same of the folder's lock file that is open already, and stays so where another process has it.
    static std::optional<FolderLock> take(FileDescriptor& file);

private:
    explicit FolderLock(FileDescriptor file) : file_(std::move(file)) {}
    FileDescriptor file_;
};

/// What became of a start with `--ring`: this process is the agent now, or the running one has taken the call.
struct RingStart {
    std::optional<FolderLock> lock;  // empty: handed over
};

/// Tells the running agent who rings, or takes the lock where none runs. One that is just starting is waited for until it
/// listens, and one that ends until it has. Errors: somebody has the lock and does not take the call within `limit`. Blocks.
Result<RingStart> ringOrStart(const std::filesystem::path& folder, const Caller& caller,
                              std::chrono::milliseconds limit);

}  // namespace ninja3cx::agent
