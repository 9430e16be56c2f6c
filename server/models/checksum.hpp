#pragma once

#include "shared/core/result.hpp"

#include <filesystem>
#include <string>

namespace ninja3cx::models {

/// "sha1:…" or "sha256:…" with lower-case hex; the algorithm may be left out, the length tells. BadMessage
/// otherwise.
Result<std::string> normalChecksum(const std::string& text);

/// Rejected when the file's content has another checksum than this normal one.
Result<void> verifyFile(const std::filesystem::path& file, const std::string& checksum);

/// In the algorithm of `likeThis`.
Result<std::string> checksumOf(const std::filesystem::path& file, const std::string& likeThis);

}  // namespace ninja3cx::models
