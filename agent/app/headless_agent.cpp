#include "agent/app/headless_agent.hpp"

#include "shared/protocol/call_states.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::agent {
namespace {

constexpr std::chrono::seconds kUndeliveredEvery{15};
constexpr std::chrono::minutes kTidyEvery{1};  // the server has been asked for old recordings by then

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

}  // namespace ninja3cx::agent
