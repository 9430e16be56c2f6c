#include "agent/app/capture_choice.hpp"
#include "agent/app/headless_agent.hpp"
#include "shared/protocol/audio_gaps.hpp"
#include "shared/protocol/call_states.hpp"
#include "shared/protocol/codes.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

/// Which call is captured, and the way of its audio to the server.
namespace ninja3cx::agent {
namespace {

constexpr std::size_t kBacklogLimitBytes = 256U << 10;
constexpr double kUsualDriftPpm = 300;  // more than the quartz of any sound card is off
constexpr std::chrono::seconds kLostEvery{15};
constexpr std::int64_t kOnItsWay = 20;  // frames: a second of a call that goes on

}  // namespace

void HeadlessAgent::sayUndelivered() {
    undeliveredAt_ = clock_.steady();
    for (auto& [callId, live] : calls_) {
        const std::int64_t frames = live.uplink ? live.uplink->outstanding() : 0;
        if (frames == 0 || std::exchange(live.undeliveredSaid, frames) == frames) continue;
        face_.showUndelivered(callId, frames, live.isCapturing && !isPaused_);
    }
}

/// While it grows now and then, and once it does not.
void HeadlessAgent::sayLost(LiveCall& live, Lost lost) {
    const std::int64_t lostMs = protocol::totalMs(live.uplink->gaps());
    const bool hasGrown = std::exchange(live.lostMs, lostMs) != lostMs;
    const bool mayWait = lost == Lost::MayGrow && hasGrown && clock_.steady() - live.lostSaidAt < kLostEvery;
    if (lostMs == live.lostSaidMs || mayWait) return;
    live.lostSaidMs = lostMs;
    live.lostSaidAt = clock_.steady();
    face_.showLost(live.call.callId, lostMs, live.uplink->wasRefused());
}

void HeadlessAgent::sayCaughtUp(LiveCall& live) {
    if (live.undeliveredSaid == 0 || live.uplink->outstanding() > kOnItsWay) return;
    live.undeliveredSaid = 0;
    face_.showCaughtUp(live.call.callId);
}

/// What can be delivered is not old; what is being delivered is left to the server's answer.
void HeadlessAgent::tidySpool() {
    for (auto& [callId, live] : calls_)
        if (live.uplink && !live.isCapturing && !live.uplink->isStreaming() && isOld(live))
            eraseAudio(live, "tooOld");
    const std::int64_t oldestMs = toEpochMs(clock_.now() - spool_.limits().maxAge);
    if (const std::size_t erased = spool_.eraseSealed(oldestMs)) face_.showErasedSealed(erased);
    while (spool_.isNearlyFull()) {
        LiveCall* const oldest = oldestUnknown();
        if (!oldest) return;
        eraseAudio(*oldest, "noRoom");
    }
}

HeadlessAgent::LiveCall* HeadlessAgent::oldestUnknown() {
    LiveCall* oldest = nullptr;
    std::int64_t oldestAtMs = 0;
    for (auto& [callId, live] : calls_) {
        if (!live.uplink || live.isCapturing || !live.isUnknown) continue;
        const std::int64_t atMs = spool_.recordedAtMs(callId).value_or(0);
        if (oldest && atMs >= oldestAtMs) continue;
        oldest = &live;
        oldestAtMs = atMs;
    }
    return oldest;
}

/// Audio is given up only where the server of its extension says for certain that it does not want it: it has it all,
/// or it must not be; or when it has not known the call for a long time. Only the answer to AudioStart says so; when
/// something else about the call was refused, that question is asked.
void HeadlessAgent::onRefusal(const protocol::ErrorReply& error) {
    using enum protocol::RefusalCode;
    const auto code = protocol::codeNamed<protocol::RefusalCode>(error.code);
    if (code == Superseded) return;  // AudioReady comes when the other program has gone
    const bool isUnknown = code == NotFound;
    const bool isForGood = code == Delivered || code == Forbidden;
    if (!error.about) return;
    const auto found = calls_.find(CallId{*error.about});
    if (found == calls_.end() || !found->second.uplink) return;
    LiveCall& live = found->second;
    const bool isAnswerToStart = std::exchange(live.isStartUnanswered, false);
    if (isAnswerToStart && (isUnknown || isForGood)) live.isRefused = true;
    if (!isAnswerToStart) onPauseRefused(live);
    if ((!isUnknown && !isForGood) || !isOurs(live)) return;
    if (!isAnswerToStart) return startStream(live);
    if (!isOfThisServer(live)) return sayKept(live, "otherServer");
    if (isForGood) return dropAudio(live);
    if (isOld(live)) return eraseAudio(live, "tooOld");
    stopCapture(live);
    live.isUnknown = true;
    sayKept(live, "unknownCall");
}

HeadlessAgent::LiveCall* HeadlessAgent::toCapture() {
    std::vector<LiveCall*> calls;
    std::vector<CaptureCandidate> candidates;
    for (auto& [callId, live] : calls_) {
        if (live.isRemoved || live.isRefused) continue;
        calls.push_back(&live);
        candidates.push_back(
            {live.call.state, live.call.recording, live.turn, live.call.answeredAtMs.value_or(0)});
    }
    const auto chosen = callToCapture(candidates);
    return chosen ? calls[*chosen] : nullptr;
}

void HeadlessAgent::followCapture() {
    if (!source_) return;
    LiveCall* const wanted = toCapture();
    if (capturing_ && (!wanted || wanted->call.callId != *capturing_)) stopCapture(calls_.at(*capturing_));
    if (!wanted) return;
    if (const auto why = unseenTooLong()) {
        if (!wanted->isCapturing) return;
        stopCapture(*wanted);
        wanted->isStoppedUnseen = true;
        return sayStoppedUnseen(*wanted, *why);
    }
    if (!wanted->isCapturing) openAudio(*wanted);
    isPaused_ = wanted->pauseWish.value_or(wanted->call.recording == protocol::Recording::Paused);
    source_->setPaused(isPaused_);
    if (std::exchange(wanted->isStoppedUnseen, false) && !isPaused_) face_.showSeenAgain(wanted->call.callId);
}

std::optional<BlindEnd> HeadlessAgent::unseenTooLong() {
    // Where nobody listens nobody is silent.
    if (!capturing_ || isPaused_) blind_.onHeard();
    return blind_.reached();
}

void HeadlessAgent::sayStoppedUnseen(const LiveCall& live, BlindEnd why) {
    const BlindLimits& limits = blind_.limits();
    face_.showStoppedUnseen(live.call.callId, why, why == BlindEnd::Silent ? limits.silence : limits.longest);
}

bool HeadlessAgent::pauseRecording(bool isPaused) {
    LiveCall* const live = source_ ? toCapture() : nullptr;  // also one that was stopped unseen
    if (live) pauseRecording(*live, isPaused);
    return live != nullptr;
}

/// The wish holds on this PC at once, and against what the server says, until the server has followed it: private
/// words are not captured because a message is late or lost.
void HeadlessAgent::pauseRecording(LiveCall& live, bool isPaused) {
    const bool isNews = live.pauseWish || isPaused != (live.call.recording == protocol::Recording::Paused);
    const bool isSent = link_->send(protocol::RecordingPause{live.call.callId, isPaused});
    if (isNews || !isSent) live.pauseWish = isPaused;
    followCapture();
    const auto why = live.isStoppedUnseen && !isPaused ? blind_.reached() : std::nullopt;
    if (why)
        sayStoppedUnseen(live, *why);  // it does not go on yet
    else if (!isSent)
        face_.showPausedHere(live.call.callId, isPaused);
}

/// A refused pause still holds here: the technician has asked for it. A refused resumption would capture what the
/// server silences.
void HeadlessAgent::onPauseRefused(LiveCall& live) {
    if (!live.pauseWish) return;
    if (*live.pauseWish)
        face_.showPausedHere(live.call.callId, true);
    else
        live.pauseWish.reset();
}

void HeadlessAgent::openAudio(LiveCall& live) {
    const CallId callId = live.call.callId;
    if (!live.uplink) live.uplink = std::make_unique<CallUplink>(callId, spool_, codec_);
    if (!spool_.labelOf(callId)) {
        const SpoolLabel label{live.call.extension, toEpochMs(clock_.now()), serverId_};
        (void)spool_.label(callId, label);  // the spool's notice tells of a failure
    }
    const std::int64_t nowMs = toEpochMs(clock_.now()) + serverAheadMs_;
    const std::int64_t elapsed = std::max<std::int64_t>(0, nowMs - live.call.answeredAtMs.value_or(nowMs));
    live.isCapturing = true;
    capturing_ = callId;
    blind_.onHeard();
    face_.showAudio(callId, "open");
    startStream(live);
    source_->start(std::chrono::milliseconds{elapsed},
                   [this, callId](CapturedPiece piece) { onPiece(callId, std::move(piece)); });
}

void HeadlessAgent::onPiece(const CallId& callId, CapturedPiece piece) {
    const auto found = calls_.find(callId);
    if (found == calls_.end() || !found->second.uplink) return;
    const bool isCustomer = piece.channel == protocol::Speaker::Customer;
    CapturedChannel& channel = isCustomer ? found->second.customer : found->second.agent;
    if (isCustomer) blind_.onCustomer(piece.samples);
    channel.drift.add(piece.deviceTimeUs, piece.callClockMs);
    const auto place = channel.placer.place(piece.callClockMs, piece.samples);
    if (!place) return;
    protocol::AudioFrame frame;
    frame.channel = piece.channel;
    frame.callClockMs = *place;
    frame.deviceTimeUs = piece.deviceTimeUs;
    frame.samples = std::move(piece.samples);
    found->second.uplink->add(std::move(frame));
    pump();
}

bool HeadlessAgent::isOurs(const LiveCall& live) const {
    return extension_ && (live.call.extension.value().empty() || live.call.extension == *extension_);
}

bool HeadlessAgent::isOfThisServer(const LiveCall& live) const {
    const auto label = spool_.labelOf(live.call.callId);
    return !label || !label->serverId || !serverId_ || *label->serverId == *serverId_;
}

bool HeadlessAgent::isOld(const LiveCall& live) const {
    const auto recordedAtMs = spool_.recordedAtMs(live.call.callId);
    return recordedAtMs && toEpochMs(clock_.now()) - *recordedAtMs >=
                               std::chrono::milliseconds{spool_.limits().maxAge}.count();
}

void HeadlessAgent::sayKept(LiveCall& live, const std::string& why) {
    if (!std::exchange(live.isKeptSaid, true)) face_.showKept(live.call.callId, why, spool_.limits().maxAge);
}

void HeadlessAgent::startStream(LiveCall& live) {
    if (!isOurs(live)) return isOld(live) ? eraseAudio(live, "tooOld") : sayKept(live, "otherExtension");
    live.isStartUnanswered = link_->send(protocol::AudioStart{live.call.callId});
}

void HeadlessAgent::stopCapture(LiveCall& live) {
    if (!live.isCapturing) return;
    source_->stop();
    live.isCapturing = false;
    capturing_.reset();
    face_.showAudio(live.call.callId, "closed");
    for (const auto& [name, channel] : {std::pair{protocol::Speaker::Agent, &live.agent},
                                        std::pair{protocol::Speaker::Customer, &live.customer}})
        if (const auto ppm = channel->drift.ppm(); ppm && std::abs(*ppm) > kUsualDriftPpm)
            face_.showDrift(name, *ppm);
}

void HeadlessAgent::dropAudio(LiveCall& live) {
    stopCapture(live);
    if (!live.uplink) return;
    live.uplink.reset();
    spool_.forget(live.call.callId);
    face_.showAudio(live.call.callId, "deleted");
}

void HeadlessAgent::eraseAudio(LiveCall& live, const std::string& why) {
    face_.showErased(live.call.callId, why, spool_.limits().maxAge);
    dropAudio(live);
}

void HeadlessAgent::closeAudio(LiveCall& live) {
    stopCapture(live);
    live.pauseWish.reset();
    if (live.uplink && !spool_.hasEnded(live.call.callId)) live.uplink->end();
    pump();
}

void HeadlessAgent::pump() {
    if (const auto news = spool_.takeNotice()) {
        if (news->isWell)
            face_.showDiskWell();
        else
            face_.showProblem(LocalProblem::Spool, news->detail);
    }
    for (auto& [callId, live] : calls_) {
        if (!live.uplink) continue;
        while (link_->backlogBytes() < kBacklogLimitBytes) {
            const auto frame = live.uplink->nextFrame();
            if (!frame) break;
            link_->send(*frame);
        }
        if (const auto loss = live.uplink->takeLoss()) face_.showProblem(LocalProblem::Spool, loss->detail);
        if (auto end = live.uplink->endMessage()) link_->send(*end);
        if (live.uplink->isDelivered()) {
            sayLost(live, Lost::IsAll);
            face_.showAudio(callId, "delivered");
            live.uplink.reset();
            spool_.forget(callId);
        }
    }
}

}  // namespace ninja3cx::agent
