#include "server/calls/hub_impl.hpp"
#include "server/calls/prompt_words.hpp"
#include "shared/protocol/audio_gaps.hpp"

#include <algorithm>
#include <utility>

/// The way of the audio: from the agent to the journal, from the journal to the transcriber, until all is
/// text.
namespace ninja3cx::calls {
namespace {

using protocol::ChannelPositions;
using protocol::Recording;
using protocol::Speaker;

constexpr Speaker kChannels[] = {Speaker::Agent, Speaker::Customer};

std::size_t indexOf(Speaker channel) {
    return channel == Speaker::Agent ? 0 : 1;
}

std::string nameOf(Speaker channel) {
    return channel == Speaker::Agent ? "agent" : "customer";
}

std::int64_t durationMs(const protocol::AudioFrame& frame) {
    return static_cast<std::int64_t>(frame.samples.size()) * 1000 / protocol::kSampleRateHz;
}

/// What a technician's microphone heard because the news of the hang-up could not reach the PC. It is
/// counted, so that the sequence goes on, but never kept. The two clocks may differ a little: last words are
/// not cut. Where the end is an estimate, nobody knows which words were the last: all is kept, for a person to read.
bool isAfterHangUp(const protocol::Call& call, const protocol::AudioFrame& frame) {
    constexpr std::int64_t kToleranceMs = 1'000;
    if (!call.answeredAtMs || !call.endedAtMs || call.isEndEstimated) return false;
    return frame.callClockMs > *call.endedAtMs - *call.answeredAtMs + kToleranceMs;
}

}  // namespace

// ---- from the agent program -------------------------------------------------------------------------------

/// Rejected is for good: the agent program then deletes what it recorded.
Result<TrackedCall*> CallHub::Impl::audioCall(const Extension& extension, const CallId& callId) {
    TrackedCall* call = find(callId);
    // A call of somebody else is answered like one that does not exist: an agent learns of its own calls
    // only.
    if (!call || call->call.extension != extension)
        return Error{ErrorKind::NotFound, "the server does not know call " + callId.value() + " (any more)"};
    if (call->call.recording == Recording::Blocked)
        return Error{ErrorKind::Rejected, "call " + callId.value() + " must not be recorded"};
    if (!call->call.answeredAtMs)
        return Error{ErrorKind::Conflict,
                     "call " + callId.value() + " is not connected: nothing may be captured"};
    if (call->call.isFromRecording.value_or(false))
        return Error{ErrorKind::Conflict, "call " + callId.value() + " is taken from the PBX's recording"};
    return call;
}

/// Not to be guessed or counted: the number alone names a call.
std::uint32_t CallHub::Impl::freshStreamId() const {
    for (;;) {
        const auto id = static_cast<std::uint32_t>(std::stoul(randomHex(4), nullptr, 16));
        if (id != 0 && !callByStream_.contains(id)) return id;
    }
}

Result<AudioGrant> CallHub::Impl::startAudio(const Extension& extension, const CallId& callId) {
    auto allowed = audioCall(extension, callId);
    if (!allowed) return allowed.error();
    TrackedCall& call = **allowed;
    if (call.streamId == 0) {
        call.streamId = freshStreamId();
        callByStream_.emplace(call.streamId, callId);
    }
    call.hasAskedForAudio = true;
    call.lastAudioAt = now();
    if (!isOver(call.call.state)) call.audio.reopen();
    (void)call.audio.takeRewind();  // this sender starts over anyway
    if (call.call.recording == Recording::None) {
        call.call.recording = Recording::Active;
        saveCall(call);
    }
    return grantOf(call);
}

/// What is not on disk yet is asked for again: the agent program forgets what lies below. Without its call, audio on the
/// disk is of no use.
AudioGrant CallHub::Impl::grantOf(const TrackedCall& call) {
    return {call.streamId, call.isAnswerStored ? call.audio.durable() : ChannelPositions{}};
}

Result<void> CallHub::Impl::onAudioFrame(const Extension& extension, protocol::AudioFrame frame) {
    const Error unknownStream{ErrorKind::NotFound, "unknown audio stream " + std::to_string(frame.streamId)};
    const auto stream = callByStream_.find(frame.streamId);
    if (stream == callByStream_.end()) return unknownStream;
    auto allowed = audioCall(extension, stream->second);
    if (!allowed) return allowed.error().kind == ErrorKind::NotFound ? unknownStream : allowed.error();
    TrackedCall& call = **allowed;
    if (frame.callClockMs < 0) return Error{ErrorKind::BadMessage, "audio frame: callClockMs is negative"};

    if (ledger_.isFull()) {  // it would become more text that cannot be stored
        call.audio.rewind();
        return {};
    }
    using enum AudioIntake::Verdict;
    switch (call.audio.offer(frame.channel, frame.sequence)) {
        case Repeat:
        case Stale:
            return {};
        case Gap:
            return Error{ErrorKind::BadMessage, "audio frame: channel " + nameOf(frame.channel) +
                                                    " is at sequence " +
                                                    std::to_string(of(call.audio.received(), frame.channel)) +
                                                    ", got " + std::to_string(frame.sequence)};
        case BeyondEnd:
            return Error{ErrorKind::BadMessage, "audio frame: comes after the announced end of the audio"};
        case Next:
            break;
    }
    call.lastAudioAt = now();
    if (call.pauses.covers(frame.callClockMs, frame.callClockMs + durationMs(frame)) ||
        isAfterHangUp(call.call, frame))
        std::fill(frame.samples.begin(), frame.samples.end(), std::int16_t{0});
    ports_.journal.append(call.call.callId, std::move(frame));
    return {};
}

Result<void> CallHub::Impl::endAudio(const Extension& extension, const protocol::AudioEnd& end) {
    auto allowed = audioCall(extension, end.callId);
    if (!allowed) return allowed.error();
    if (end.frames.agent < 0 || end.frames.customer < 0)
        return Error{ErrorKind::BadMessage, "audioEnd: the numbers of frames are negative"};
    const auto gaps = end.gaps.value_or(std::vector<protocol::AudioGap>{});
    if (gaps.size() > protocol::kMostGaps || std::ranges::any_of(gaps, [](const protocol::AudioGap& gap) {
            return gap.startMs < 0 || gap.startMs >= gap.endMs;
        }))
        return Error{ErrorKind::BadMessage, "audioEnd: the gaps are too many, or one has no length"};
    TrackedCall& call = **allowed;
    call.hasAskedForAudio = true;
    call.lastAudioAt = now();
    noteGaps(call, gaps);
    call.audio.expect(end.frames);
    checkAudioIn(call);
    refresh();
    return {};
}

/// Another program of the extension may have told of others.
void CallHub::Impl::noteGaps(TrackedCall& call, const std::vector<protocol::AudioGap>& gaps) {
    std::vector<protocol::AudioGap> all = call.call.gaps.value_or(std::vector<protocol::AudioGap>{});
    for (const protocol::AudioGap& gap : gaps) protocol::addGap(all, gap);
    if (all == call.call.gaps.value_or(std::vector<protocol::AudioGap>{})) return;
    call.call.gaps = std::move(all);
    saveCall(call);
}

std::int64_t CallHub::Impl::callClock(const TrackedCall& call) const {
    return std::max<std::int64_t>(0, nowMs() - call.call.answeredAtMs.value_or(nowMs()));
}

Result<void> CallHub::Impl::pauseRecording(const Extension& extension,
                                           const protocol::RecordingPause& pause) {
    auto allowed = audioCall(extension, pause.callId);
    if (!allowed) return allowed.error();
    TrackedCall& call = **allowed;
    if (isOver(call.call.state))
        return Error{ErrorKind::Conflict, "the call is over: nothing is being recorded"};
    if (pause.isPaused == (call.call.recording == Recording::Paused)) return {};
    constexpr std::size_t kMaxPauses = 1'000;  // of one call: nobody has that many private moments
    if (pause.isPaused && call.pauses.count() >= kMaxPauses)
        return Error{ErrorKind::Busy, "recordingPause: too many pauses in one call"};
    if (pause.isPaused) {
        call.pauses.begin(callClock(call));
        call.call.recording = Recording::Paused;
    } else {
        call.pauses.end(callClock(call));
        call.call.recording = call.hasAskedForAudio ? Recording::Active : Recording::None;
    }
    takeInsight(call);
    saveCall(call, {audit("agent:" + extension.value(),
                          pause.isPaused ? "recording.pause" : "recording.resume", pause.callId.value())});
    return {};
}

std::optional<ChannelPositions> CallHub::Impl::takeAck(const CallId& callId) {
    TrackedCall* call = find(callId);
    return call && call->isAnswerStored ? call->audio.takeAck() : std::nullopt;
}

std::optional<AudioGrant> CallHub::Impl::takeRewind(const CallId& callId) {
    TrackedCall* call = find(callId);
    if (!call || !call->audio.takeRewind()) return std::nullopt;
    return grantOf(*call);
}

bool CallHub::Impl::isAudioComplete(const CallId& callId) const {
    const auto found = calls_.find(callId);
    return found != calls_.end() && isOver(found->second.call.state) && found->second.isAnswerStored &&
           found->second.call.isAudioComplete;
}

// ---- from the journal -------------------------------------------------------------------------------------

void CallHub::Impl::onAudioDurable(const CallId& callId, protocol::AudioFrame frame) {
    TrackedCall* call = find(callId);
    if (!call || call->call.recording == Recording::Blocked) return;
    if (!call->audio.markDurable(frame.channel, frame.sequence)) return;
    if (call->isReplaying) return;  // the replay comes to it
    if (!call->isUnread) {          // behind a hole, text would pass for all that there is up to its end
        awaitEndAgain(*call);
        toTranscriber(*call, std::move(frame));
    }
    checkAudioIn(*call);
}

void CallHub::Impl::onAudioFailed(const CallId& callId) {
    if (TrackedCall* call = find(callId)) call->audio.rewind();
}

void CallHub::Impl::onAudioReplayed(const CallId& callId, protocol::AudioFrame frame) {
    TrackedCall* call = find(callId);
    if (!call || !call->isReplaying) return;
    const auto sequence = static_cast<std::int64_t>(frame.sequence);
    std::int64_t& next = of(call->replayed, frame.channel);
    if (sequence < next || sequence >= of(call->audio.durable(), frame.channel)) return;
    next = sequence + 1;
    const std::int64_t endMs = frame.callClockMs + durationMs(frame);
    call->audioEndMs = std::max(call->audioEndMs, endMs);
    if (sequence < of(call->onDiskAtStart, frame.channel) && endMs <= call->replayFromMs.value_or(0)) return;
    toTranscriber(*call, std::move(frame));
}

std::optional<ChannelPositions> CallHub::Impl::replayEnd(const CallId& callId) const {
    const auto found = calls_.find(callId);
    if (found == calls_.end() || !found->second.isReplaying) return std::nullopt;
    return found->second.audio.durable();
}

void CallHub::Impl::onReplayDone(const CallId& callId) {
    TrackedCall* call = find(callId);
    if (!call || !call->isReplaying) return;
    call->isReplaying = false;
    call->isUnread = call->replayed != call->audio.durable();
    call->lastAudioAt = now();
    if (call->audio.durable() != call->onDiskAtStart) awaitEndAgain(*call);
    if (call->isAudioIn) finishStreams(*call);
    checkAudioIn(*call);
    refresh();
}

void CallHub::Impl::removeJournal(const CallId& callId) {
    ledger_.then([this, callId] { ports_.journal.remove(callId); });
}

/// All that will come of the call is text.
void CallHub::Impl::removeReadJournal(const TrackedCall& call) {
    if (!call.audio.isEmpty() && !call.isUnread) removeJournal(call.call.callId);
}

void CallHub::Impl::eraseJournal(const CallId& callId) {
    ledger_.then([this, callId] { ports_.journal.erase(callId); });
}

// ---- to the transcriber -----------------------------------------------------------------------------------

/// There is fresh audio. After `audioIn` it is late: the call waits for its end once more.
void CallHub::Impl::awaitEndAgain(TrackedCall& call) {
    call.isDrainReported = false;
    if (!call.isAudioIn) return;
    call.isAudioIn = false;
    if (call.isAnalysing) {  // its answer would know only half of the call
        call.isAnalysing = false;
        call.hasNewText = true;
        ++call.analysisRound;
    }
    advance(call, CallEvent::LateAudio);
}

void CallHub::Impl::toTranscriber(TrackedCall& call, protocol::AudioFrame frame) {
    ChannelStream& stream = call.channels[indexOf(frame.channel)];
    call.audioEndMs = std::max(call.audioEndMs, frame.callClockMs + durationMs(frame));
    if (stream.isFinished && !stream.isDrained) {
        stream.waiting.push_back(std::move(frame));
        return;
    }
    if (!stream.isOpen || stream.isDrained) {
        stream = ChannelStream{};
        stream.isOpen = true;
        Transcriber::Stream opened{call.call.callId, frame.channel,
                                   options_.languageOf(call.call.extension).spoken,
                                   promptWordsOf(call.call.caller)};
        for (const auto& [id, utterance] : call.finals)
            if (utterance.channel == frame.channel)
                opened.finalUntilMs = std::max(opened.finalUntilMs, utterance.endMs);
        ports_.transcriber.open(std::move(opened));
    }
    ports_.transcriber.feed(call.call.callId, frame.channel, frame.callClockMs, std::move(frame.samples));
}

void CallHub::Impl::checkAudioIn(TrackedCall& call) {
    if (!isOver(call.call.state) || call.isReplaying || !call.audio.isComplete()) return;
    if (!call.isAudioIn) {
        audioIn(call);
    } else if (!call.call.isAudioComplete) {
        // It was not waited for any more, and nothing but the word that this is all was missing.
        call.call.isAudioComplete = true;
        saveCall(call);
        if (call.isDrainReported) removeReadJournal(call);
    }
}

void CallHub::Impl::audioIn(TrackedCall& call) {
    call.isAudioIn = true;
    bool hasChanged = false;
    if (call.audio.isComplete() && !call.call.isAudioComplete) {
        call.call.isAudioComplete = true;
        hasChanged = true;
    }
    if (call.call.isEndEstimated && call.call.answeredAtMs) {
        const std::int64_t heardUntilMs = *call.call.answeredAtMs + call.audioEndMs;
        if (heardUntilMs > call.call.endedAtMs.value_or(0) && heardUntilMs <= nowMs()) {
            call.call.endedAtMs = heardUntilMs;
            hasChanged = true;
        }
    }
    if (hasChanged) saveCall(call);
    advance(call, CallEvent::AudioIn);
}

void CallHub::Impl::finishStreams(TrackedCall& call) {
    for (const Speaker channel : kChannels) {
        ChannelStream& stream = call.channels[indexOf(channel)];
        if (!stream.isOpen || stream.isFinished) continue;
        stream.isFinished = true;
        ports_.transcriber.finish(call.call.callId, channel);
    }
    checkDrained(call);
}

void CallHub::Impl::onDrained(const CallId& callId, Speaker channel) {
    TrackedCall* call = find(callId);
    if (!call) return;
    ChannelStream& stream = call->channels[indexOf(channel)];
    if (!stream.isFinished || stream.isDrained) return;
    stream.isDrained = true;
    if (!stream.waiting.empty()) {
        for (protocol::AudioFrame& frame : std::exchange(stream.waiting, {}))
            toTranscriber(*call, std::move(frame));
        if (call->isAudioIn) finishStreams(*call);
        return;
    }
    checkDrained(*call);
    refresh();
}

void CallHub::Impl::checkDrained(TrackedCall& call) {
    const bool areDrained = std::ranges::all_of(
        call.channels, [](const auto& stream) { return !stream.isOpen || stream.isDrained; });
    if (!call.isAudioIn || call.isReplaying || call.isDrainReported || !areDrained) return;
    call.isDrainReported = true;
    // A call with a draft is analysed again only when there is something new to read, and somebody to read
    // it.
    const TrackedDraft* tracked = draftOf(call.call.callId);
    const bool isReread =
        tracked && tracked->draft.state != protocol::DraftState::Confirmed && call.hasNewText;
    if (call.call.stage != protocol::CallStage::Drafted || isReread) advance(call, CallEvent::Drained);
    if (call.call.isAudioComplete) removeReadJournal(call);
}

}  // namespace ninja3cx::calls
