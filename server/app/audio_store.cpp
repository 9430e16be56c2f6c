#include "server/app/audio_store.hpp"

#include <spdlog/logger.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace ninja3cx::app {
namespace {

constexpr std::chrono::minutes kForgottenAfter{1};
constexpr std::chrono::seconds kCalm{3};  // the agent tries again each second

}  // namespace

journal::FileAudioJournal::Handlers AudioStore::watching(journal::FileAudioJournal::Handlers next) {
    return {[this, onDurable = std::move(next.onDurable)](const CallId& callId, protocol::AudioFrame frame) {
                noteDurable(callId);
                onDurable(callId, std::move(frame));
            },
            [this, onFailed = std::move(next.onFailed)](const CallId& callId, const Error& error) {
                noteFailed(callId, error);
                onFailed(callId, error);
            },
            std::move(next.onRemoveFailed),
            [this, onProbed = std::move(next.onProbed)](const Result<void>& result) {
                noteProbed(result);
                if (onProbed) onProbed(result);
            }};
}

void AudioStore::noteDurable(const CallId& callId) {
    if (failing_.empty()) return;
    if (const auto found = failing_.find(callId); found != failing_.end())
        found->second.hasStoredSince = true;
    dropCalm();
    dropOld();
    sayWhenOver();
}

void AudioStore::dropCalm() {
    std::erase_if(failing_, [&](const auto& call) {
        return call.second.hasStoredSince && clock_.steady() - call.second.last >= kCalm;
    });
}

void AudioStore::sayWhenOver() {
    if (failing_.empty()) log_->info("audio can be stored again");
}

/// The agent tries again each second: said once a minute.
void AudioStore::noteFailed(const CallId& callId, const Error& error) {
    ++failures_;
    const SteadyTime now = clock_.steady();
    const auto [found, isNew] = failing_.try_emplace(callId, Failing{now, now});
    Failing& call = found->second;
    call.last = now;
    call.hasStoredSince = false;
    if (isNew || now - call.said >= kForgottenAfter) {
        call.said = now;
        log_->error("{}: audio cannot be stored: {}", callId.value(), error.detail);
    }
    dropOld();
}

void AudioStore::dropOld() {
    std::erase_if(failing_,
                  [&](const auto& call) { return clock_.steady() - call.second.last >= kForgottenAfter; });
}

bool AudioStore::wantsProbe() {
    if (failing_.empty()) return false;
    dropCalm();
    sayWhenOver();
    const SteadyTime now = clock_.steady();
    const auto isOld = [&](const auto& call) { return now - call.second.last >= kForgottenAfter; };
    if (failing_.empty() || !std::all_of(failing_.begin(), failing_.end(), isOld)) return false;
    if (probedAt_ && now - *probedAt_ < kForgottenAfter) return false;
    probedAt_ = now;
    return true;
}

void AudioStore::noteProbed(const Result<void>& result) {
    if (!result || failing_.empty()) return;
    dropOld();
    sayWhenOver();
}

std::optional<std::string> AudioStore::problem() const {
    if (failing_.empty()) return std::nullopt;
    return "audio cannot be stored; the log says why";
}

std::string AudioStore::metrics() const {
    return "# HELP ninja3cx_audio_store_up 1 while audio reaches the disk.\n# TYPE ninja3cx_audio_store_up "
           "gauge\nninja3cx_audio_store_up " +
           std::to_string(failing_.empty() ? 1 : 0) +
           "\n# HELP ninja3cx_audio_store_failures_total Times that the disk refused a call's audio.\n"
           "# TYPE ninja3cx_audio_store_failures_total counter\nninja3cx_audio_store_failures_total " +
           std::to_string(failures_) + "\n";
}

}  // namespace ninja3cx::app
