#include "server/app/audio_store.hpp"

#include <spdlog/logger.h>

#include <utility>

namespace ninja3cx::app {

journal::FileAudioJournal::Handlers AudioStore::watching(journal::FileAudioJournal::Handlers next) {
    return {[this, onDurable = std::move(next.onDurable)](const CallId& callId, protocol::AudioFrame frame) {
                if (std::exchange(isFailing_, false)) log_->info("audio can be stored again");
                onDurable(callId, std::move(frame));
            },
            [this, onFailed = std::move(next.onFailed)](const CallId& callId, const Error& error) {
                isFailing_ = true;
                ++failures_;
                log_->error("{}: audio cannot be stored: {}", callId.value(), error.detail);
                onFailed(callId, error);
            }};
}

std::optional<std::string> AudioStore::problem() const {
    if (!isFailing_) return std::nullopt;
    return "audio cannot be stored; the log says why";
}

std::string AudioStore::metrics() const {
    return "# HELP ninja3cx_audio_store_up 1 while audio reaches the disk.\n# TYPE ninja3cx_audio_store_up "
           "gauge\nninja3cx_audio_store_up " +
           std::to_string(isFailing_ ? 0 : 1) +
           "\n# HELP ninja3cx_audio_store_failures_total Times that the disk refused a call's audio.\n"
           "# TYPE ninja3cx_audio_store_failures_total counter\nninja3cx_audio_store_failures_total " +
           std::to_string(failures_) + "\n";
}

}  // namespace ninja3cx::app
