#pragma once

#include "server/calls/ports.hpp"
#include "server/storage/sqlite_store.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::app {

/// Has the retention rules applied at start and once a day, and what storage cannot reach removed with it:
/// the audio of erased calls, that of calls which nobody knows once it is as old as words may be, and what the hub still holds of their words.
///
/// Threads: network thread only; the work is done by the storage, journal and small-files threads.
class Retention {
public:
    struct Ports {
        const Clock& clock;
        storage::SqliteStore& store;
        calls::AudioJournal& journal;
        std::function<void(const std::set<CallId>&)> forgetWords;
        std::function<void(const std::set<CallId>&)> forgetCalls;
        std::function<void(std::int64_t beforeMs)> eraseUnknownAudio;  // of calls that storage does not know
        std::shared_ptr<spdlog::logger> log;
        std::function<void()> retryRemovals = {};  // once an hour: of audio that the disk would not remove
    };
    Retention(storage::RetentionRules rules, Ports ports);

    void start();
    void tick();

    /// Why nothing is erased at present; for /health, so nothing about calls.
    std::optional<std::string> problem() const;

private:
    void sweep();
    void swept(const Result<storage::ErasureReport>& report);

    const storage::RetentionRules rules_;
    const Ports ports_;
    SteadyTime sweptAt_{};
    SteadyTime retriedAt_{};
    bool isClockDoubted_ = false;
};

}  // namespace ninja3cx::app
