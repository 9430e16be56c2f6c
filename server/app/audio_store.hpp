#pragma once

#include "server/journal/file_audio_journal.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace spdlog {
class logger;
}

namespace ninja3cx::app {

/// Whether audio reaches the disk, as the journal's results tell: not from the first failure on, again with the
/// next frame that is stored.
///
/// Threads: network thread only. Must outlive the journal.
class AudioStore {
public:
    explicit AudioStore(std::shared_ptr<spdlog::logger> log) : log_(std::move(log)) {}

    /// Looks at what the journal tells before it is passed on to `next`.
    journal::FileAudioJournal::Handlers watching(journal::FileAudioJournal::Handlers next);

    /// For /health, so nothing about calls.
    std::optional<std::string> problem() const;
    std::string metrics() const;

private:
    const std::shared_ptr<spdlog::logger> log_;
    bool isFailing_ = false;
    std::uint64_t failures_ = 0;
};

}  // namespace ninja3cx::app
