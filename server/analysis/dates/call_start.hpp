#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace ninja3cx::analysis {

/// When a call began, on the wall clock of the place where it was held.
struct CallStart {
    std::chrono::local_days day;
    std::optional<std::chrono::minutes> clock;  // since midnight; absent where only the day is known
    bool operator==(const CallStart&) const = default;
};

/// ISO 8601: "2026-11-30T14:05:00.000+01:00", with or without seconds and offset, or the day alone. The offset
/// is only checked: it is the written clock that counts.
std::optional<CallStart> parseCallStart(std::string_view iso8601);

}  // namespace ninja3cx::analysis
