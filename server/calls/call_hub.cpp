#include "server/calls/call_hub.hpp"

#include "server/calls/draft_maker.hpp"
#include "server/calls/hub_impl.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::calls {

CallLanguage HubOptions::languageOf(const Extension& extension) const {
    const auto own = languages.find(extension.value());
    return own == languages.end() ? CallLanguage{language, analysisLanguage} : own->second;
}

using protocol::CallStage;

namespace {

/// Of what is shown of a call.
std::string keyOf(const CallId& callId) {
    return "call/" + callId.value();
}

}  // namespace

// ---- what every part of the inside uses -------------------------------------------------------------------

CallHub::Impl::Impl(HubOptions options, Ports ports)
    : options_(std::move(options)), ports_(ports), view_(ports.clock), ledger_(ports.store) {
    refresh();
}

TrackedCall* CallHub::Impl::find(const CallId& callId) {
    const auto found = calls_.find(callId);
    return found == calls_.end() ? nullptr : &found->second;
}

TrackedDraft* CallHub::Impl::find(const DraftId& draftId) {
    const auto found = drafts_.find(draftId);
    return found == drafts_.end() ? nullptr : &found->second;
}

TrackedDraft* CallHub::Impl::draftOf(const CallId& callId) {
    return find(draftIdFor(callId));
}

AuditEntry CallHub::Impl::audit(const std::string& actor, const std::string& action,
                                const std::string& about) const {
    return {nowMs(), actor, action, about};
}

void CallHub::Impl::publish(const Audience& audience, protocol::EventBody event) {
    if (const auto* removed = std::get_if<protocol::CallRemoved>(&event))
        if (const auto state = states_.find(keyOf(removed->callId)); state != states_.end())
            state->second.hasLastWord = false;  // what is shown of it from here on comes behind its removal
    ledger_.then([this, audience, event = std::move(event)] { showNow(audience, event); });
}

void CallHub::Impl::publishState(const std::string& key, const Audience& audience,
                                 protocol::EventBody event) {
    ShownState& state = states_[key];
    const auto body = std::make_shared<const protocol::EventBody>(std::move(event));
    state.audience = audience;
    state.latest = body;
    const std::uint64_t number = ++state.asked;
    const bool isAhead = ledger_.isStalled();
    if (isAhead) {
        state.shown = number;
        showNow(audience, *body);
        if (std::exchange(state.hasLastWord, true)) return;
    }
    ++state.queued;
    ledger_.then([this, key, number, isAhead, body = isAhead ? nullptr : body] {
        ShownState& waited = states_.at(key);
        if (isAhead) waited.hasLastWord = false;
        if (isAhead || number >= waited.shown) {
            waited.shown = isAhead ? waited.asked : number;
            showNow(waited.audience, isAhead ? *waited.latest : *body);
        }
        if (--waited.queued == 0) states_.erase(key);
    });
}

void CallHub::Impl::showStatesThatWait() {
    if (!ledger_.isStalled()) return;
    for (auto& [key, state] : states_)
        if (std::exchange(state.shown, state.asked) != state.asked) showNow(state.audience, *state.latest);
}

void CallHub::Impl::showNow(const Audience& audience, const protocol::EventBody& event) {
    view_.apply(audience, event);
    ports_.events.publish(audience, event);
}

void CallHub::Impl::showCall(const TrackedCall& call) {
    if (call.isRemoved) return;
    publishState(keyOf(call.call.callId), {call.call.extension}, protocol::CallChanged{call.call});
}

void CallHub::Impl::saveCall(TrackedCall& call, std::vector<Change> more, Ledger::Effect effect) {
    more.emplace_back(SaveCall{call.call, call.phoneKey});
    Ledger::Effect whenStored;
    if (call.call.answeredAtMs && !call.isAnswerStored)
        whenStored = [this, callId = call.call.callId] {
            if (TrackedCall* stored = find(callId)) stored->isAnswerStored = true;
        };
    ledger_.write(std::move(more), std::move(whenStored));
    showCall(call);
    if (effect) ledger_.then(std::move(effect));
}

void CallHub::Impl::saveDraft(TrackedDraft& tracked, std::vector<Change> more, Ledger::Effect effect) {
    tracked.draft.changedAtMs = nowMs();
    if (tracked.draft.state == protocol::DraftState::Counting)
        tracked.draft.countdownLeftMs =
            std::max<std::int64_t>(0, (tracked.countdownEnd - faceTime()).count());
    more.emplace_back(SaveDraft{tracked.draft});
    ledger_.write(std::move(more));
    publish({tracked.draft.extension}, protocol::DraftChanged{tracked.draft});
    if (effect) ledger_.then(std::move(effect));
}

void CallHub::Impl::advance(TrackedCall& call, CallEvent event) {
    const CallStep step = advanceCall(call.call.stage, event);
    const bool hasMoved = step.next != call.call.stage;
    call.call.stage = step.next;
    if (step.next == CallStage::Closed && !call.closedAt) call.closedAt = now();
    if (step.next == CallStage::Drafted || step.next == CallStage::Closed) call.reader.reset();
    const bool makesDraft = std::ranges::find(step.actions, CallAction::MakeDraft) != step.actions.end();
    if (hasMoved && !makesDraft) saveCall(call);
    for (const CallAction action : step.actions) {
        switch (action) {
            case CallAction::FinishStreams:
                finishStreams(call);
                break;
            case CallAction::Analyse:
                ledger_.then([this, callId = call.call.callId] { startAnalysis(callId); });
                break;
            case CallAction::MakeDraft:
                makeDraft(call);
                break;
            case CallAction::UpdateDraft:
                updateDraft(call);
                break;
        }
    }
}

void CallHub::Impl::tick() {
    ledger_.tick(now());
    showStatesThatWait();
    showStandStill();
    recogniseAgain();
    tickCalls();
    tickAgents();
    tickDrafts();
    reviewSome();
    endVanishedDetections();
    refresh();
}

bool CallHub::Impl::owns(const Extension& extension, const DraftId& draftId) const {
    const auto found = drafts_.find(draftId);
    return found != drafts_.end() && found->second.draft.extension == extension;
}

bool CallHub::Impl::owns(const Extension& extension, const CallId& callId) const {
    const auto found = calls_.find(callId);
    return found != calls_.end() && found->second.call.extension == extension;
}

// ---- the face ---------------------------------------------------------------------------------------------

CallHub::CallHub(HubOptions options, Ports ports)
    : impl_(std::make_unique<Impl>(std::move(options), ports)) {}
CallHub::~CallHub() = default;

std::vector<CallId> CallHub::restore(OpenWork work, const std::map<CallId, protocol::ChannelPositions>& audio,
                                     const std::set<CallId>& lost) {
    return impl_->restore(std::move(work), audio, lost);
}
void CallHub::onAudioReplayed(const CallId& callId, protocol::AudioFrame frame) {
    impl_->onAudioReplayed(callId, std::move(frame));
}
std::optional<protocol::ChannelPositions> CallHub::replayEnd(const CallId& callId) const {
    return impl_->replayEnd(callId);
}
void CallHub::onReplayDone(const CallId& callId) {
    impl_->onReplayDone(callId);
}

void CallHub::onPhone(const PhoneEvent& event) {
    impl_->onPhone(event);
}
void CallHub::onPhoneResync(const std::string& keyPrefix, const std::vector<std::string>& liveKeys) {
    impl_->onPhoneResync(keyPrefix, liveKeys);
}
void CallHub::onPbxLink(protocol::LinkState state) {
    impl_->onPbxLink(state);
}
void CallHub::onPbxUsers(std::map<Extension, PbxUser> users) {
    impl_->onPbxUsers(std::move(users));
}
void CallHub::onQueues(std::optional<std::vector<protocol::QueueState>> queues) {
    impl_->onQueues(std::move(queues));
}
void CallHub::onNinjaLink(protocol::LinkState state) {
    impl_->onNinjaLink(state);
}
void CallHub::onStorage(std::optional<protocol::StorageProblem> problem) {
    impl_->onStorage(problem);
}

Result<void> CallHub::mayJoin(const Extension& extension) const {
    return impl_->mayJoin(extension);
}
void CallHub::onAgentOnline(const Extension& extension) {
    impl_->onAgentOnline(extension);
}
void CallHub::onAgentOffline(const Extension& extension) {
    impl_->onAgentOffline(extension);
}
void CallHub::onAgentHeard(const Extension& extension) {
    impl_->onAgentHeard(extension);
}
bool CallHub::isCounting(const Extension& extension) const {
    return impl_->isCounting(extension);
}
Result<void> CallHub::onCallDetected(const Extension& extension, const protocol::CallDetected& detected) {
    return impl_->onCallDetected(extension, detected);
}
Result<AudioGrant> CallHub::startAudio(const Extension& extension, const CallId& callId) {
    return impl_->startAudio(extension, callId);
}
Result<void> CallHub::onAudioFrame(const Extension& extension, protocol::AudioFrame frame) {
    return impl_->onAudioFrame(extension, std::move(frame));
}
Result<void> CallHub::endAudio(const Extension& extension, const protocol::AudioEnd& end) {
    return impl_->endAudio(extension, end);
}
Result<void> CallHub::pauseRecording(const Extension& extension, const protocol::RecordingPause& pause) {
    return impl_->pauseRecording(extension, pause);
}
Result<void> CallHub::draftShown(const Extension& extension, const DraftId& draftId) {
    return impl_->draftShown(extension, draftId);
}
Result<void> CallHub::pauseDraft(const Extension& extension, const protocol::DraftPause& pause) {
    return impl_->pauseDraft(extension, pause);
}
Result<void> CallHub::editDraft(const std::string& actor, const protocol::DraftEdit& edit) {
    return impl_->editDraft(actor, edit);
}
Result<void> CallHub::confirmDraft(const std::string& actor, const protocol::DraftConfirm& confirm) {
    return impl_->confirmDraft(actor, confirm);
}
Result<void> CallHub::postponeDraft(const std::string& actor, const DraftId& draftId) {
    return impl_->postponeDraft(actor, draftId);
}
Result<void> CallHub::discardDraft(const std::string& actor, const protocol::DraftDiscard& discard) {
    return impl_->discardDraft(actor, discard);
}
Result<void> CallHub::decideDelivery(const std::string& actor, const protocol::DeliveryDecide& decide) {
    return impl_->decideDelivery(actor, decide);
}
Result<void> CallHub::watchCall(const std::string& actor, const protocol::CallWatch& watch) {
    return impl_->watchCall(actor, watch);
}
bool CallHub::owns(const Extension& extension, const DraftId& draftId) const {
    return impl_->owns(extension, draftId);
}
bool CallHub::owns(const Extension& extension, const CallId& callId) const {
    return impl_->owns(extension, callId);
}

std::vector<SilentCall> CallHub::silentCalls() const {
    return impl_->silentCalls();
}
void CallHub::noteRecordingFetch(const CallId& callId) {
    impl_->noteRecordingFetch(callId);
}
void CallHub::noteRecordingUnreadable(const CallId& callId) {
    impl_->noteRecordingUnreadable(callId);
}
Result<RecordingProgress> CallHub::beginRecording(const CallId& callId) {
    return impl_->beginRecording(callId);
}
void CallHub::onRecordingFrame(const CallId& callId, protocol::AudioFrame frame) {
    impl_->onRecordingFrame(callId, std::move(frame));
}
std::optional<RecordingProgress> CallHub::recordingProgress(const CallId& callId) const {
    return impl_->recordingProgress(callId);
}
void CallHub::endRecording(const CallId& callId, const protocol::ChannelPositions& frames) {
    impl_->endRecording(callId, frames);
}

void CallHub::onAudioDurable(const CallId& callId, protocol::AudioFrame frame) {
    impl_->onAudioDurable(callId, std::move(frame));
}
void CallHub::onAudioFailed(const CallId& callId, const Error&) {
    impl_->onAudioFailed(callId);
}
void CallHub::onUtterance(protocol::Utterance utterance) {
    impl_->onUtterance(std::move(utterance));
}
void CallHub::onLag(const CallId& callId, std::chrono::milliseconds lag) {
    impl_->onLag(callId, lag);
}
void CallHub::onEcho(const CallId& callId, std::optional<protocol::Echo> echo) {
    impl_->onEcho(callId, echo);
}
void CallHub::onWordsErased(const std::set<CallId>& callIds) {
    impl_->onWordsErased(callIds);
}
void CallHub::onCallsErased(const std::set<CallId>& callIds) {
    impl_->onCallsErased(callIds);
}
void CallHub::onDrained(const CallId& callId, protocol::Speaker channel) {
    impl_->onDrained(callId, channel);
}
void CallHub::onDelivery(const DraftId& draftId, const protocol::Delivery& delivery) {
    impl_->onDelivery(draftId, delivery);
}
void CallHub::onProgress(const TicketId& ticketId, const protocol::TicketProgress& progress) {
    impl_->onProgress(ticketId, progress);
}
void CallHub::onNinjaNews() {
    impl_->onNinjaNews();
}
void CallHub::tick() {
    impl_->tick();
}

protocol::Snapshot CallHub::snapshot(const std::optional<Extension>& extension) const {
    return impl_->snapshot(extension);
}
protocol::SystemStatus CallHub::status() const {
    return impl_->status();
}
bool CallHub::isFull() const {
    return impl_->isFull();
}
std::optional<protocol::ChannelPositions> CallHub::takeAck(const CallId& callId) {
    return impl_->takeAck(callId);
}
std::optional<AudioGrant> CallHub::takeRewind(const CallId& callId) {
    return impl_->takeRewind(callId);
}
bool CallHub::isAudioComplete(const CallId& callId) const {
    return impl_->isAudioComplete(callId);
}

}  // namespace ninja3cx::calls
