#pragma once

#include "shared/core/result.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx {

/// A file descriptor's owner: closes it. -1 is none.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept;
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    ~FileDescriptor();
    int get() const { return fd_; }
    bool isOpen() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

/// Replaces `file` as a whole, readable by this account alone (0600): a reader, and a restart after a power
/// cut, sees the old content or the new one, never a part. On success the new content is on disk.
/// Uses `<file>.new`: one writer at a time.
Result<void> writePrivateFile(const std::filesystem::path& file, std::string_view content);

/// Nothing when there is no such file; BadMessage when it is larger than `maxBytes`.
Result<std::optional<std::string>> readPrivateFile(const std::filesystem::path& file, std::size_t maxBytes);

}  // namespace ninja3cx
