#pragma once

#include "server/journal/file_audio_journal.hpp"
#include "shared/core/clock.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::app {

/// Whether audio reaches the disk, as the journal's results tell: not from the first failure on, again when each
/// call that failed has stored a frame and has not failed for three seconds since (on a full disk a frame finds room now
/// and then). A call that has not failed for a minute may be over: it counts no more as soon as another call stores a
/// frame, or a probe of the disk succeeds.
///
/// Threads: network thread only. Must outlive the journal.
class AudioStore {
public:
    AudioStore(std::shared_ptr<spdlog::logger> log, const Clock& clock)
        : log_(std::move(log)), clock_(clock) {}

    /// Looks at what the journal tells before it is passed on to `next`.
    journal::FileAudioJournal::Handlers watching(journal::FileAudioJournal::Handlers next);

    /// On each tick. Answers whether the disk should be probed now: no call has failed for a minute, nor was it probed.
    bool wantsProbe();

    /// For /health, so nothing about calls.
    std::optional<std::string> problem() const;
    std::string metrics() const;

private:
    struct Failing {
        SteadyTime last;
        SteadyTime said;
        bool hasStoredSince = false;
    };
    void noteDurable(const CallId& callId);
    void noteFailed(const CallId& callId, const Error& error);
    void noteProbed(const Result<void>& result);
    void dropCalm();
    void dropOld();
    void sayWhenOver();

    const std::shared_ptr<spdlog::logger> log_;
    const Clock& clock_;
    std::map<CallId, Failing> failing_;
    std::uint64_t failures_ = 0;
    std::optional<SteadyTime> probedAt_;
};

}  // namespace ninja3cx::app
