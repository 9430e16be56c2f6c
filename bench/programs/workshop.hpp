#pragma once

#include "shared/core/result.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

/// What a benchmark that starts the real programs works with.
namespace ninja3cx::bench {

/// A folder of its own, 0700, gone in the end unless it is kept; then its name is told.
class TemporaryFolder {
public:
    explicit TemporaryFolder(bool isKept);
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    const std::filesystem::path& path() const { return path_; }  // empty: there is none

private:
    const bool isKept_;
    std::filesystem::path path_;
};

/// Of loopback, and free a moment ago. Throws boost::system::system_error when there is none.
std::uint16_t freePort();

Result<void> writeJson(const std::filesystem::path& file, const boost::json::object& content);

/// The last line that is not empty; empty when there is no such file.
std::string lastLineOf(const std::filesystem::path& file);

/// Where this program lies, and with it the others of its build.
std::filesystem::path programsFolder();

}  // namespace ninja3cx::bench
