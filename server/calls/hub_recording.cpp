#include "server/calls/do_not_record.hpp"
#include "server/calls/hub_impl.hpp"

#include <algorithm>

/// Calls on a desk phone or the mobile app: the PC heard nothing, and the PBX may have recorded them. What it recorded
/// takes the way of audio that comes late.
namespace ninja3cx::calls {
namespace {

using protocol::ChannelPositions;
using protocol::Recording;

constexpr std::chrono::minutes kLastLook{10};  // at the PBX, which may be busy then
constexpr std::chrono::minutes kReturns{
    5};  // a program that was there during the call, with what it has spooled

bool isFromRecording(const protocol::Call& call) {
    return call.isFromRecording.value_or(false);
}

}  // namespace

/// Nothing of it was heard: not because nobody spoke, but because no audio came. Of a call of before a restart whose
/// audio is complete, that is not known any more.
bool CallHub::Impl::isSilent(const TrackedCall& call) const {
    const bool isWithoutAudio = call.audio.received() == ChannelPositions{} && !call.hasWords &&
                                (!call.call.isAudioComplete || call.hasAskedForAudio);
    const bool isHalfTaken = isFromRecording(call.call) && !call.call.isAudioComplete;
    return mayTakeRecording(call) && (isHalfTaken || isWithoutAudio);
}

/// Whoever paused did not want all of it heard, and the PBX's clock is not the call's.
bool CallHub::Impl::mayTakeRecording(const TrackedCall& call) const {
    return options_.fetchesRecordings && isOver(call.call.state) && call.call.answeredAtMs &&
           call.call.endedAtMs && call.call.recording != Recording::Blocked &&
           call.call.recording != Recording::Paused && call.pauses.count() == 0 && !call.isTentative &&
           !call.areWordsErased;
}

/// Also by what the directory has come to know of the number since the call.
bool CallHub::Impl::isListedByNow(const TrackedCall& call) const {
    protocol::Call known = call.call;
    known.caller = ports_.directory.match(known.remoteNumber);
    return isDoNotRecord(call.call, options_) || isDoNotRecord(known, options_);
}

/// A program that lost its link during the call has what it heard on its disk.
bool CallHub::Impl::mayStillSend(const TrackedCall& call) const {
    if (call.hasAskedForAudio && now() - call.lastAudioAt < options_.audioGrace) return true;
    if (restoredAt_ && now() - *restoredAt_ < options_.audioGrace) return true;  // all are about to come back
    const auto link = links_.find(call.call.extension);
    if (link == links_.end() || link->second.connections > 0) return false;
    const std::chrono::milliseconds length{*call.call.endedAtMs - call.call.startedAtMs};
    return link->second.offlineSince >= call.overAt - length && now() - call.overAt < kReturns;
}

std::vector<SilentCall> CallHub::Impl::silentCalls() const {
    std::vector<SilentCall> silent;
    for (const auto& [callId, call] : calls_) {
        if (!isSilent(call) || call.isReplaying || call.takesRecording || !call.isAudioIn ||
            now() - call.overAt > options_.recordingWait + kLastLook || mayStillSend(call) ||
            isListedByNow(call))
            continue;
        silent.push_back({callId, call.call.extension, call.call.remoteNumber, *call.call.answeredAtMs,
                          *call.call.endedAtMs});
    }
    return silent;
}

void CallHub::Impl::noteRecordingFetch(const CallId& callId) {
    ledger_.write({audit("server", "recording.fetch", callId.value())});
}

void CallHub::Impl::noteRecordingUnreadable(const CallId& callId) {
    ledger_.write({audit("server", "recording.unreadable", callId.value())});
}

Result<RecordingProgress> CallHub::Impl::beginRecording(const CallId& callId) {
    TrackedCall* call = find(callId);
    if (!call || !isSilent(*call) || call->isReplaying || isListedByNow(*call))
        return Error{ErrorKind::NotFound,
                     "the recording of call " + callId.value() + " is not wanted (any more)"};
    call->takesRecording = true;
    call->call.isFromRecording = true;
    call->call.isAudioComplete = false;
    call->audio.reopen();
    call->lastAudioAt = now();
    // Before the first frame: after a crash it must not pass for the technician's own sound.
    saveCall(*call);
    return RecordingProgress{call->audio.received(), call->audio.durable()};
}

TrackedCall* CallHub::Impl::findRecorded(const CallId& callId) {
    TrackedCall* call = find(callId);
    return call && call->takesRecording && mayTakeRecording(*call) ? call : nullptr;
}

std::optional<RecordingProgress> CallHub::Impl::recordingProgress(const CallId& callId) const {
    const auto found = calls_.find(callId);
    if (found == calls_.end() || !found->second.takesRecording || !mayTakeRecording(found->second))
        return std::nullopt;
    return RecordingProgress{found->second.audio.received(), found->second.audio.durable()};
}

void CallHub::Impl::onRecordingFrame(const CallId& callId, protocol::AudioFrame frame) {
    TrackedCall* call = findRecorded(callId);
    if (ledger_.isFull()) return;  // it is offered again
    if (!call || call->audio.offer(frame.channel, frame.sequence) != AudioIntake::Verdict::Next) return;
    call->lastAudioAt = now();
    ports_.journal.append(callId, std::move(frame));
}

void CallHub::Impl::endRecording(const CallId& callId, const ChannelPositions& frames) {
    TrackedCall* call = findRecorded(callId);
    if (!call) return;
    call->takesRecording = false;
    call->lastAudioAt = now();
    call->audio.expect(frames);
    checkAudioIn(*call);
    refresh();
}

}  // namespace ninja3cx::calls
