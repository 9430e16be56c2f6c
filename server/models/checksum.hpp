#pragma once

#include "shared/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace ninja3cx::models {

/// "sha1:…" or "sha256:…" with lower-case hex; the algorithm may be left out, the length tells. BadMessage
/// otherwise.
Result<std::string> normalChecksum(const std::string& text);

/// Rejected when the file's content has another checksum than this normal one.
Result<void> verifyFile(const std::filesystem::path& file, const std::string& checksum);

/// Beside a file that no catalogue knows, in FILE.checksum, so that it can be verified later. `source` is the checksum of
/// the file that it was made from, if it was made here.
Result<void> noteChecksum(const std::filesystem::path& file, const std::string& checksum,
                          const std::string& source = "");
/// Nothing when none was noted, or when it is no checksum.
std::optional<std::string> notedChecksum(const std::filesystem::path& file);
std::optional<std::string> notedSource(const std::filesystem::path& file);

/// Puts what was made from a file with the checksum `source` in its place, its own checksum noted beside it. Whatever
/// happens in between, `file` is the old one or the new one, whole.
Result<void> installMade(const std::filesystem::path& made, const std::filesystem::path& file,
                         const std::string& source);

/// In the algorithm of `likeThis`.
Result<std::string> checksumOf(const std::filesystem::path& file, const std::string& likeThis);

}  // namespace ninja3cx::models
