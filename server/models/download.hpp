#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace ninja3cx::models {

struct Download {
    std::string url;       // https; http is for tests and mirrors in the building
    std::string checksum;  // normal, see checksum.hpp
    std::filesystem::path file;
    /// Bytes so far and altogether (0: unknown). May be empty.
    std::function<void(std::int64_t, std::int64_t)> onProgress;
    std::function<bool()> isCancelled;  // may be empty
};

/// Fetches into FILE.part, goes on where an earlier attempt stopped, verifies, then renames. Blocks.
/// Redirects are followed, from https only to https. Errors: Unreachable (try again: it resumes), Rejected
/// (the server refused, or the checksum is wrong; the part is deleted), Io, Cancelled.
Result<void> fetchFile(const Download& download);

}  // namespace ninja3cx::models
