#pragma once

#include "shared/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace ninja3cx::ticketing {

/// Replaces `file` as a whole, readable by this account alone (0600): a reader, and a restart after a power
/// cut, sees the old content or the new one, never a part. On success the new content is on disk.
Result<void> writePrivateFile(const std::filesystem::path& file, std::string_view content);

/// Nothing when there is no such file.
Result<std::optional<std::string>> readPrivateFile(const std::filesystem::path& file, std::size_t maxBytes);

}  // namespace ninja3cx::ticketing
