#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ninja3cx {

using SystemTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

/// Where time comes from. `now` is for what people read and what is stored (UTC); `steady` for durations,
/// because a computer's date may jump. Safe from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual SystemTime now() const = 0;
    virtual SteadyTime steady() const = 0;
};

class RealClock final : public Clock {
public:
    SystemTime now() const override;
    SteadyTime steady() const override;
};

/// A clock that moves only when a test says so. One thread.
class ManualClock final : public Clock {
public:
    SystemTime now() const override { return now_; }
    SteadyTime steady() const override { return steady_; }
    void advance(std::chrono::milliseconds by) {
        now_ += by;
        steady_ += by;
    }
    /// The date jumps (time server, daylight saving); durations do not.
    void jumpDate(std::chrono::milliseconds by) { now_ += by; }

private:
    SystemTime now_{std::chrono::milliseconds{1'767'225'600'000}};  // 2026-01-01T00:00:00Z
    SteadyTime steady_{std::chrono::milliseconds{1'000'000}};
};

/// Milliseconds since 1970-01-01T00:00:00Z: how a moment is written in messages and in the database.
inline std::int64_t toEpochMs(SystemTime time) {
    return time.time_since_epoch().count();
}
inline SystemTime fromEpochMs(std::int64_t ms) {
    return SystemTime{std::chrono::milliseconds{ms}};
}

/// The midnight before, where this computer stands.
SystemTime startOfDay(SystemTime time);

/// ISO 8601 in UTC with milliseconds, e.g. "2026-01-12T09:00:00.000Z".
std::string toIso8601(SystemTime time);

}  // namespace ninja3cx
