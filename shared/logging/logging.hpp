#pragma once

#include "shared/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

/// Logs for operators. They hold ids, counts, durations and error details; never what was said, never a name,
/// and a telephone number only through `maskedNumber`.
namespace ninja3cx::logging {

enum class Level { Debug, Info, Warning, Error };
enum class Format { Text, Json };

struct Options {
    Level level = Level::Info;
    Format format = Format::Text;
    std::filesystem::path directory;  // empty: standard error only
    std::string fileName = "server.log";
    std::size_t maxFileBytes = 10U << 20;
    std::size_t files = 5;  // the current one and the older ones beside it
    bool toStandardError = true;
};

/// One line for each message, in UTC. Files turn over when full and are readable by this account alone.
///
/// Threads:  may be used from any thread, and never waits: a thread of its own writes and flushes.
/// Overload: when the disk or the terminal is slower than the messages, the oldest of the 4096 that wait are
///           dropped, and a line says how many.
/// Failure:  a disk that is full costs messages, nothing else; a line says how many once there is room. A folder
///           that may not be written to at all is an error here.
/// Stop:     the last owner waits until everything is written.
Result<std::shared_ptr<spdlog::logger>> makeLogger(const Options& options);

/// Messages dropped since the start. Does not wait for the disk either.
std::uint64_t droppedBy(const spdlog::logger& logger);

/// A logger that keeps nothing.
std::shared_ptr<spdlog::logger> silentLogger();

/// "+33612345678" is "+336…78"; short numbers such as extensions stay.
std::string maskedNumber(std::string_view number);

}  // namespace ninja3cx::logging
