#include "agent/app/headless_agent.hpp"

#include "agent/app/capture_choice.hpp"
#include "shared/protocol/audio_gaps.hpp"
#include "shared/protocol/call_states.hpp"
#include "shared/protocol/codes.hpp"
#include "shared/protocol/delivery_rules.hpp"
#include "shared/protocol/proposal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kBacklogLimitBytes = 256U << 10;
constexpr double kUsualDriftPpm = 300;  // more than the quartz of any sound card is off
constexpr std::chrono::seconds kUndeliveredEvery{15};
constexpr std::chrono::seconds kLostEvery{15};
constexpr std::int64_t kOnItsWay = 20;         // frames: a second of a call that goes on
constexpr std::chrono::minutes kTidyEvery{1};  // the server has been asked for old recordings by then
/// A word that is said twice by mistake; the draft that it was said of may have left its place to another.
constexpr std::chrono::seconds kDoubleClick{2};
constexpr std::array<std::string_view, 7> kBareDecisions{"confirm", "later",  "pause", "resume",
                                                         "again",   "giveup", "take"};

template <class T>
inline constexpr bool isOptionalType = false;
template <class T>
inline constexpr bool isOptionalType<std::optional<T>> = true;

/// Of a field of DraftFields: it may be absent.
bool isOptional(std::string_view name) {
    bool found = false;
    boost::mp11::mp_for_each<
        boost::describe::describe_members<protocol::DraftFields, boost::describe::mod_public>>([&](auto d) {
        using Value = std::remove_cvref_t<decltype(std::declval<protocol::DraftFields>().*d.pointer)>;
        if (name == d.name) found = isOptionalType<Value>;
    });
    return found;
}

/// Whether a server whose link to the PBX is so hears of a hang-up. Without a PBX the agent itself reports calls.
bool seesCalls(protocol::LinkState pbx) {
    return pbx == protocol::LinkState::Connected || pbx == protocol::LinkState::NotConfigured;
}

}  // namespace

HeadlessAgent::HeadlessAgent(const Clock& clock, Spool& spool, AudioSource* source, Face& face,
                             BlindLimits limits, InternalCalls internalCalls, UplinkCodec codec)
    : clock_(clock),
      spool_(spool),
      source_(source),
      face_(face),
      codec_(codec),
      phone_(clock, face, internalCalls),
      blind_(clock, limits),
      tidyAt_(clock.steady() + kTidyEvery) {
    for (const CallId& callId : spool_.calls()) {
        LiveCall& live = calls_[callId];
        live.call.callId = callId;
        if (const auto label = spool_.labelOf(callId)) live.call.extension = label->extension;
        live.uplink = std::make_unique<CallUplink>(callId, spool_, codec_);
    }
}

LinkHandlers HeadlessAgent::handlers() {
    LinkHandlers handlers;
    handlers.onWelcome = [this](const protocol::Welcome& welcome) {
        face_.showConnected(welcome);
        onWelcome(welcome);
    };
    handlers.onMessage = [this](const protocol::ServerMessage& message) { onMessage(message); };
    handlers.onDown = [this](const Error& why, std::chrono::milliseconds retryIn) { onDown(why, retryIn); };
    handlers.onDistrust = [this](const Distrust& distrust) { face_.showDistrust(distrust); };
    return handlers;
}

void HeadlessAgent::tell(const protocol::ClientMessage& message) {
    const auto draftId = decidedDraft(message);
    KnownDraft* const known = draftId ? &drafts_[*draftId] : nullptr;
    const bool mustWait = known && known->decisions.isInDoubt();
    if (!mustWait && link_->send(message)) {
        if (known) known->decisions.add(message, known->draft);
        return;
    }
    if (!known || !maySayLater(message)) return face_.showProblem(LocalProblem::Offline);
    known->decisions.addUnsaid(message, known->draft);
    link_->askForSnapshot();
    face_.showProblem(LocalProblem::SaidLater);
}

/// What is known of the drafts is as of now.
void HeadlessAgent::tellAgain() {
    for (auto& [draftId, known] : drafts_) {
        const auto again = known.decisions.sayAgain(known.isRemoved ? nullptr : &known.draft);
        for (const protocol::ClientMessage& decision : again.decisions) link_->send(decision);
        if (again.isLeft) face_.showProblem(LocalProblem::DecideAgain);
    }
}

void HeadlessAgent::onWelcome(const protocol::Welcome& welcome) {
    extension_ = welcome.extension;
    serverId_ = welcome.serverId;
    downSince_.reset();
    for (auto& [callId, live] : calls_)
        if (live.uplink) startStream(live);
    for (auto& [callId, live] : calls_)
        if (live.pauseWish && isOurs(live)) link_->send(protocol::RecordingPause{callId, *live.pauseWish});
    phone_.onWelcome();
}

void HeadlessAgent::onDown(const Error& why, std::chrono::milliseconds retryIn) {
    const bool stopsCountdown = std::any_of(drafts_.begin(), drafts_.end(), [](const auto& item) {
        const protocol::Draft& draft = item.second.draft;
        return !item.second.isRemoved && draft.state == protocol::DraftState::Counting && draft.isAutomatic;
    });
    face_.showDown(why, retryIn.count(), stopsCountdown);
    isCaughtUp_ = false;
    phone_.onDown();
    const bool isNews = !downSince_;  // each attempt that fails comes here
    if (isNews) downSince_ = clock_.steady();
    blind_.setBlind(true);
    for (auto& [draftId, known] : drafts_) {
        const auto doubt = known.decisions.onDown(known.isRemoved);
        if (doubt.isSaidAgain) face_.showProblem(LocalProblem::Unanswered);
        if (doubt.isLeft) face_.showProblem(LocalProblem::DecideAgain);
        // Events that were missed would not show which of them is the last.
        if (known.decisions.isInDoubt()) link_->askForSnapshot();
    }
    for (auto& [callId, live] : calls_) {
        live.isStartUnanswered = false;
        if (!live.uplink) continue;
        live.uplink->onDisconnected();
    }
    if (isNews) sayUndelivered();
}

/// After a reconnect the events that were missed come first: all else shows that they have been told.
void HeadlessAgent::noteSight(const protocol::ServerMessage& message) {
    if (const auto* event = std::get_if<protocol::Event>(&message)) {
        if (const auto* changed = std::get_if<protocol::SystemChanged>(&event->event)) note(changed->system);
    } else {
        isCaughtUp_ = true;
    }
    if (const auto* snapshot = std::get_if<protocol::Snapshot>(&message)) note(snapshot->system);
    blind_.setBlind(!isCaughtUp_ || !seesCalls(pbx_));
}

void HeadlessAgent::note(const protocol::SystemStatus& system) {
    pbx_ = system.pbx;
    face_.showNinja(system.ninja);
    face_.showStorage(system.storageProblem);
}

void HeadlessAgent::tick() {
    phone_.tick();
    if (capturing_) followCapture();
    if (downSince_ && clock_.steady() - undeliveredAt_ >= kUndeliveredEvery) sayUndelivered();
    for (auto& [callId, live] : calls_)
        if (live.uplink) sayLost(live, Lost::MayGrow);
    if (clock_.steady() < tidyAt_) return;
    tidyAt_ = clock_.steady() + kTidyEvery;
    tidySpool();
}

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

void HeadlessAgent::onMessage(const protocol::ServerMessage& message) {
    noteSight(message);
    if (const auto* snapshot = std::get_if<protocol::Snapshot>(&message)) {
        onSnapshot(*snapshot);
    } else if (const auto* event = std::get_if<protocol::Event>(&message)) {
        onEvent(event->event);
    } else if (const auto* ready = std::get_if<protocol::AudioReady>(&message)) {
        face_.showAudio(ready->callId, "ready");
        if (const auto found = calls_.find(ready->callId); found != calls_.end()) {
            found->second.isStartUnanswered = false;
            if (found->second.uplink) {
                found->second.uplink->onReady(*ready);
                sayCaughtUp(found->second);
            }
        }
    } else if (const auto* ack = std::get_if<protocol::AudioAck>(&message)) {
        if (const auto found = calls_.find(ack->callId); found != calls_.end() && found->second.uplink) {
            found->second.uplink->onAck(*ack);
            sayCaughtUp(found->second);
        }
    } else if (const auto* error = std::get_if<protocol::ErrorReply>(&message)) {
        const auto draft = error->about ? drafts_.find(DraftId{*error->about}) : drafts_.end();
        if (draft == drafts_.end())
            face_.showRefused(*error, nullptr);
        else
            face_.showRefused(*error, &draft->second.draft, markOf(draft->second.draft));
        if (draft != drafts_.end()) draft->second.decisions.onRefused(error->code);
        onRefusal(*error);
    }
    followCapture();
    pump();
    followChoice();
    sweep();
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

void HeadlessAgent::onSnapshot(const protocol::Snapshot& snapshot) {
    serverAheadMs_ = snapshot.serverTimeMs - toEpochMs(clock_.now());
    ++turn_;
    for (const protocol::Call& call : snapshot.calls) onCall(call);
    for (const protocol::Utterance& utterance : snapshot.utterances) face_.showUtterance(utterance);
    for (const protocol::Draft& draft : snapshot.drafts) onDraft(draft);
    // What ended while nobody told us is not in the snapshot.
    for (auto& [callId, live] : calls_) {
        live.isRemoved =
            std::none_of(snapshot.calls.begin(), snapshot.calls.end(),
                         [&callId = callId](const protocol::Call& call) { return call.callId == callId; });
        if (!live.isRemoved) continue;
        closeAudio(live);
        phone_.onServerCallRemoved(callId);
    }
    for (auto& [draftId, known] : drafts_)
        known.isRemoved = std::none_of(
            snapshot.drafts.begin(), snapshot.drafts.end(),
            [&draftId = draftId](const protocol::Draft& draft) { return draft.draftId == draftId; });
    tellAgain();
}

void HeadlessAgent::onEvent(const protocol::EventBody& event) {
    if (const auto* changed = std::get_if<protocol::CallChanged>(&event)) {
        ++turn_;
        onCall(changed->call);
    } else if (const auto* removed = std::get_if<protocol::CallRemoved>(&event)) {
        if (const auto found = calls_.find(removed->callId); found != calls_.end()) {
            closeAudio(found->second);
            found->second.isRemoved = true;
        }
        phone_.onServerCallRemoved(removed->callId);
        removeDraftsOf(removed->callId);
    } else if (const auto* uttered = std::get_if<protocol::UtteranceChanged>(&event)) {
        face_.showUtterance(uttered->utterance);
    } else if (const auto* draft = std::get_if<protocol::DraftChanged>(&event)) {
        onDraft(draft->draft);
    }
}

void HeadlessAgent::onCall(const protocol::Call& call) {
    using enum protocol::CallState;
    LiveCall& live = calls_[call.callId];
    const bool wasConnected = live.call.state == Connected && !live.isRemoved;
    if (call.state == Connected && !wasConnected) live.turn = turn_;
    live.call = call;
    live.isRemoved = false;
    live.isRefused = false;
    live.isUnknown = false;
    if (live.pauseWish == (call.recording == protocol::Recording::Paused)) live.pauseWish.reset();
    face_.showCall(call);
    phone_.onServerCall(call);
    if (call.recording == protocol::Recording::Blocked)
        dropAudio(live);
    else if (!isConnected(call.state))
        closeAudio(live);
}

void HeadlessAgent::onDraft(const protocol::Draft& draft) {
    KnownDraft& known = drafts_[draft.draftId];
    known.draft = draft;
    known.heardAt = clock_.steady();
    known.decisions.onDraft(draft);
    known.isRemoved = false;
    face_.showDraft(draft, markOf(draft));
    const bool isOpen = draft.state == protocol::DraftState::Inbox ||
                        draft.state == protocol::DraftState::Counting ||
                        draft.state == protocol::DraftState::Paused;
    // Inbox with time left is a popup the server waits for: a restarted server has forgotten that it was
    // shown.
    const bool isAwaited = draft.state == protocol::DraftState::Inbox && draft.countdownLeftMs > 0;
    const bool wasShown = std::exchange(known.wasShown, true);
    if (isOpen && (!wasShown || isAwaited)) {
        known.popsUp = true;
        tell(protocol::DraftShown{draft.draftId});
    }
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

void HeadlessAgent::removeDraftsOf(const CallId& callId) {
    for (auto& [draftId, known] : drafts_)
        if (known.draft.callId == callId) known.isRemoved = true;
}

void HeadlessAgent::sweep() {
    std::erase_if(calls_, [&](const auto& item) {
        const bool isOver = item.second.isRemoved && !item.second.uplink;
        if (isOver) face_.forget(item.first);
        return isOver;
    });
    std::erase_if(drafts_, [&](const auto& item) {
        const bool isOver = item.second.isRemoved && choice_.current() != item.first;
        if (isOver) face_.forget(item.first);
        return isOver;
    });
}

/// The server says when a countdown starts and stops; between, it runs, and stands still where it cannot be seen.
/// After an outage that the server has not noticed it has run on.
protocol::Draft HeadlessAgent::asOfNow(const KnownDraft& known) const {
    const SteadyTime seenUntil = downSince_.value_or(clock_.steady());
    protocol::Draft draft = known.draft;
    if (draft.state == protocol::DraftState::Counting)
        draft.countdownLeftMs =
            std::max<std::int64_t>(0, draft.countdownLeftMs - (seenUntil - known.heardAt).count());
    return draft;
}

DraftMark HeadlessAgent::markOf(const protocol::Draft& draft) {
    const auto call = calls_.find(draft.callId);
    const bool isSeen = call != calls_.end() && call->second.call.startedAtMs != 0;
    return {choice_.numberOf(draft.draftId), isSeen ? &call->second.call : nullptr,
            choice_.current() == draft.draftId};
}

void HeadlessAgent::followChoice() {
    std::vector<SeenDraft> seen;
    for (auto& [draftId, known] : drafts_)
        seen.push_back({draftId, needOf(known.draft), known.isRemoved, std::exchange(known.popsUp, false)});
    const std::vector<DraftId> waitedBefore = choice_.waiting();
    const std::optional<DraftId> before = choice_.current();
    choice_.follow(seen);
    const std::vector<DraftId> waiting = choice_.waiting();
    const std::optional<DraftId>& now = choice_.current();
    if (!now && waiting.size() > 1 && (before || waitedBefore.size() < 2)) return sayWaiting(false);
    if (!now || now == before) return;
    const bool isNew = std::find(waitedBefore.begin(), waitedBefore.end(), *now) == waitedBefore.end();
    if (!isNew || waiting.size() > 1) sayChoice();  // a lone new draft needs no word
}

void HeadlessAgent::sayChoice() {
    if (!choice_.current()) return;
    const protocol::Draft& draft = drafts_.at(*choice_.current()).draft;
    face_.showChoice(draft, markOf(draft));
}

void HeadlessAgent::sayWaiting(bool isAsked) {
    std::vector<std::pair<protocol::Draft, DraftMark>> waiting;
    for (const DraftId& draftId : choice_.waiting()) {
        const KnownDraft& known = drafts_.at(draftId);
        waiting.emplace_back(asOfNow(known), markOf(known.draft));
    }
    face_.showSeveral(waiting, isAsked);
}

void HeadlessAgent::use(const std::string& number) {
    const std::string digits = number.substr(number.starts_with('#') ? 1 : 0);
    int wanted = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), wanted);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return face_.showUsage("use");
    if (!choice_.use(wanted)) return face_.showProblem(LocalProblem::NoSuchDraft);
    lastWord_.reset();
    sayChoice();
}

protocol::Draft* HeadlessAgent::chosenDraft(Concern concern) {
    if (const auto meant = choice_.meant(concern))
        if (const auto found = drafts_.find(*meant); found != drafts_.end()) return &found->second.draft;
    if (choice_.waiting().empty())
        face_.showProblem(LocalProblem::NoDraft);
    else
        sayWaiting(true);
    return nullptr;
}

protocol::Draft* HeadlessAgent::decidedBy(const std::string& verb, Concern concern) {
    protocol::Draft* const draft = chosenDraft(concern);
    if (!draft) return nullptr;
    const SteadyTime now = clock_.steady();
    const bool isRepeated = lastWord_ && lastWord_->verb == verb && now - lastWord_->saidAt < kDoubleClick;
    if (isRepeated && lastWord_->draftId != draft->draftId) {
        sayWaiting(true);
        return nullptr;
    }
    lastWord_ = LastWord{verb, draft->draftId, now};
    const bool isSent = draft->state == protocol::DraftState::Confirmed;
    const bool isToBeSent = verb == "confirm" && isMendable(draft->delivery);
    if (isSent && concern != Concern::Delivery && !isToBeSent) {
        face_.showProblem(LocalProblem::IsSent);
        return nullptr;
    }
    return draft;
}

bool HeadlessAgent::onPhoneCommand(const std::string& verb, const std::string& rest) {
    const bool isBare = rest.empty();
    if (verb == "ring" && !isBare)
        phone_.onHook(Source::Ring, callerOf(rest, ""));
    else if (verb == "start")
        phone_.start(rest);
    else if (verb == "stop" && isBare)
        phone_.stop();
    else if (verb == "dial" && !isBare)
        phone_.dial(rest);
    else if (verb == "ring" || verb == "stop" || verb == "dial")
        face_.showUsage(verb);
    else
        return false;
    return true;
}

void HeadlessAgent::editDraft(const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos) return face_.showUsage("edit");
    protocol::Draft* draft = chosenDraft(Concern::Content);
    if (!draft) return;
    const std::string name = assignment.substr(0, equals);
    const std::string text = assignment.substr(equals + 1);
    boost::json::value fields = json::encode(draft->fields);
    boost::json::object& object = fields.get_object();
    // The value is JSON where it can be (numbers, true, ["a","b"]), else plain text; the field's type
    // decides.
    object[name] = boost::json::string_view{text};
    if (text.empty() && isOptional(name)) object.erase(name);
    auto edited = json::decode<protocol::DraftFields>(fields, "", json::UnknownFields::Refused);
    if (!edited) {
        if (auto parsed = json::parse(text)) {
            object[name] = *parsed;
            edited = json::decode<protocol::DraftFields>(fields, "", json::UnknownFields::Refused);
        }
    }
    if (!edited) return face_.showBadEdit(name, text, edited.error().detail);
    // Alone it names the organisation as well, which the server knows.
    const bool isOther = name == "requesterUid" && edited->requesterUid != draft->fields.requesterUid;
    if (isOther && edited->requesterUid) edited->organizationId.reset();
    if (isOther && !edited->requesterUid) edited->requesterName.clear();
    if (name == "organizationId" && !edited->organizationId) edited->organizationName.clear();
    if (*edited == draft->fields) face_.showUnchanged(*draft, name, markOf(*draft));
    tell(protocol::DraftEdit{draft->draftId, draft->revision, std::move(*edited)});
}

void HeadlessAgent::takeProposal() {
    const protocol::Draft* draft = chosenDraft(Concern::Content);
    if (!draft) return;
    if (!draft->proposed) return face_.showProblem(LocalProblem::NoProposal);
    protocol::DraftFields fields = protocol::withProposal(draft->fields, *draft->proposed);
    tell(protocol::DraftEdit{draft->draftId, draft->revision, std::move(fields)});
}

/// Who called, of those that were last shown with the draft.
void HeadlessAgent::takeCandidate(const std::string& which) {
    std::size_t number = 0;
    const auto read = std::from_chars(which.data(), which.data() + which.size(), number);
    if (read.ec != std::errc{} || read.ptr != which.data() + which.size())
        return face_.showUsage("requester");
    const protocol::Draft* draft = chosenDraft(Concern::Content);
    if (!draft) return;
    const auto call = calls_.find(draft->callId);
    const std::size_t count = call == calls_.end() ? 0 : call->second.call.caller.contacts.size();
    if (number == 0 || number > count) return face_.showProblem(LocalProblem::NoSuchCandidate);
    const protocol::Contact& contact = call->second.call.caller.contacts[number - 1];
    protocol::DraftFields fields = draft->fields;
    fields.requesterUid = contact.uid;
    fields.requesterName = contact.name;
    fields.organizationId = contact.organizationId;
    fields.organizationName = contact.organizationName;
    tell(protocol::DraftEdit{draft->draftId, draft->revision, std::move(fields)});
}

/// Which of the draft's offers the call belongs to, as they were last shown.
void HeadlessAgent::joinOffer(const std::string& which) {
    std::size_t number = 0;
    const auto read = std::from_chars(which.data(), which.data() + which.size(), number);
    const bool isNumber = read.ec == std::errc{} && read.ptr == which.data() + which.size();
    if (!isNumber && which != "none") return face_.showUsage("join");
    const protocol::Draft* draft = chosenDraft(Concern::Content);
    if (!draft) return;
    protocol::DraftFields fields = draft->fields;
    fields.commentOn.reset();
    fields.continues.reset();
    if (isNumber) {
        const std::size_t count = draft->offers ? draft->offers->size() : 0;
        if (number == 0 || number > count) return face_.showProblem(LocalProblem::NoSuchOffer);
        const protocol::TicketOffer& offer = (*draft->offers)[number - 1];
        fields.commentOn = offer.ticketId;
        fields.continues = offer.draftId;
    }
    if (fields == draft->fields)
        face_.showUnchanged(*draft, fields.continues ? "continues" : "commentOn", markOf(*draft));
    tell(protocol::DraftEdit{draft->draftId, draft->revision, std::move(fields)});
}

bool HeadlessAgent::onCommand(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string verb = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    using protocol::DeliveryDecision;
    if (verb.empty()) return true;
    if (verb == "quit") return false;
    if (verb == "help") {
        face_.showHelp();
    } else if (verb == "drafts") {
        std::map<int, const KnownDraft*> numbered;
        for (const auto& [draftId, known] : drafts_) numbered[choice_.numberOf(draftId)] = &known;
        for (const auto& [number, known] : numbered) {
            face_.forget(known->draft.draftId);  // so that all of it is shown, not only what is new
            face_.showDraft(asOfNow(*known), markOf(known->draft));
        }
    } else if (verb == "use") {
        use(rest);
    } else if (onPhoneCommand(verb, rest)) {
        return true;
    } else if (verb == "record") {
        LiveCall* const live = source_ ? toCapture() : nullptr;  // also one that was stopped unseen
        if (rest != "on" && rest != "off")
            face_.showUsage("record");
        else if (!live)
            face_.showProblem(LocalProblem::NoCall);
        else
            pauseRecording(*live, rest == "off");
    } else if (verb == "edit") {
        editDraft(rest);
    } else if (verb == "take" && rest.empty()) {
        takeProposal();
    } else if (verb == "requester") {
        takeCandidate(rest);
    } else if (verb == "join") {
        joinOffer(rest);
    } else if (!rest.empty() && std::count(kBareDecisions.begin(), kBareDecisions.end(), verb) > 0) {
        face_.showUsage(verb);  // a number there would be taken for the draft's
    } else if (verb == "confirm") {
        if (auto* draft = decidedBy(verb, Concern::Content))
            tell(protocol::DraftConfirm{draft->draftId, draft->revision});
    } else if (verb == "later") {
        if (auto* draft = decidedBy(verb, Concern::Draft)) tell(protocol::DraftLater{draft->draftId});
    } else if (verb == "pause" || verb == "resume") {
        if (auto* draft = decidedBy(verb, Concern::Draft))
            tell(protocol::DraftPause{draft->draftId, verb == "pause"});
    } else if (verb == "discard") {
        if (rest.empty())
            face_.showUsage("discard");
        else if (auto* draft = decidedBy(verb, Concern::Draft))
            tell(protocol::DraftDiscard{draft->draftId, rest});
    } else if (verb == "again" || verb == "giveup") {
        if (auto* draft = decidedBy(verb, Concern::Delivery))
            tell(protocol::DeliveryDecide{
                draft->draftId, verb == "again" ? DeliveryDecision::SendAgain : DeliveryDecision::GiveUp,
                std::nullopt});
    } else if (verb == "exists") {
        std::int64_t number = 0;
        const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (read.ec != std::errc{} || read.ptr != rest.data() + rest.size() || number <= 0)
            face_.showUsage("exists");
        else if (auto* draft = decidedBy(verb, Concern::Delivery))
            tell(protocol::DeliveryDecide{draft->draftId, DeliveryDecision::AlreadyThere, TicketId{number}});
    } else {
        face_.showUnknownCommand(verb);
    }
    return true;
}

}  // namespace ninja3cx::agent
