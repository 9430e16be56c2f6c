#include "server/calls/draft_maker.hpp"
#include "server/calls/hub_impl.hpp"
#include "server/calls/outbox_text.hpp"
#include "server/calls/words.hpp"
#include "shared/protocol/delivery_rules.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

/// After a restart: every open call goes on where the disk says it was.
namespace ninja3cx::calls {
namespace {

using protocol::CallStage;
using protocol::ChannelPositions;
using protocol::DraftState;
using protocol::Recording;

using protocol::isDone;

/// The ticket may be there and its transcript note not yet.
bool isDelivered(const OutboxEntry& entry) {
    const bool lacksNote = entry.delivery.state == protocol::DeliveryState::Created && hasNote(entry) &&
                           !entry.delivery.hasTranscriptNote;
    return isDone(entry.delivery) && !lacksNote;
}

/// What the technician mended and sent had not reached the ticket desk.
bool isToBeAmended(const OutboxEntry& entry) {
    return entry.amended && protocol::isMendable(entry.delivery);
}

/// Where the replay of a late call begins: before it, all is text. Both channels begin at once, since what is echo
/// in the agent's depends on the customer's: half a minute before the earlier of their texts' ends, in which the
/// echo is found once more. What is known is not said again for that (Stream::finalUntilMs).
std::int64_t replayFromMs(const TrackedCall& call) {
    constexpr std::int64_t kLeadMs = 30'000;
    std::array<std::int64_t, 2> textEndMs{};
    for (const auto& [id, utterance] : call.finals) {
        std::int64_t& end = textEndMs[utterance.channel == protocol::Speaker::Agent ? 0 : 1];
        end = std::max(end, utterance.endMs);
    }
    return std::max<std::int64_t>(0, std::min(textEndMs[0], textEndMs[1]) - kLeadMs);
}

}  // namespace

void CallHub::Impl::restoreCall(OpenWork::OpenCall open, const ChannelPositions& audio, bool hasOpenDraft) {
    TrackedCall& call = calls_[open.call.callId];
    call.call = std::move(open.call);
    call.isAnswerStored = call.call.answeredAtMs.has_value();
    // Known calls have somebody at the other end, or are past ringing; whoever knows more will say it.
    call.isTentative = call.call.state == protocol::CallState::Ringing && call.call.remoteNumber.empty() &&
                       call.call.remoteName.empty();
    call.call.watchers = 0;
    call.call.lagMs = 0;
    call.audio.restore(audio);
    call.onDiskAtStart = audio;
    // Its text was complete, unless the previous run could not read all of the audio.
    if (call.call.stage == CallStage::Analysing && !call.audio.isEmpty())
        call.call.stage = CallStage::Transcribing;
    call.hasAskedForAudio = !call.audio.isEmpty();
    call.overAt = now();
    call.lastAudioAt = now();
    call.analysis = std::move(open.analysis);
    for (protocol::Utterance& utterance : open.utterances) {
        if (!utterance.isFinal) continue;
        call.hasWords = call.hasWords || containsWord(utterance.text);
        call.finals.emplace(utterance.utteranceId, std::move(utterance));
    }
    // Of a call that is over the stored insight is the last; erased words leave none.
    if (!call.finals.empty()) call.insight = call.call.insight;
    if (call.call.stage == CallStage::Live || call.call.stage == CallStage::Transcribing) startReader(call);
    takeInsight(call);
    // When the pause began is not known any more: nothing that comes before it ends is recorded.
    if (call.call.recording == Recording::Paused) call.pauses.begin(0);
    call.isAudioIn = call.call.stage != CallStage::Live || call.call.recording == Recording::Blocked;
    if (!open.phoneKey.empty()) {
        if (isOver(call.call.state)) {
            noteEnded(open.phoneKey);
        } else {
            bindKey(call, open.phoneKey);
            links_[call.call.extension].offlineSince = now();
        }
        call.phoneKey = open.phoneKey;
    }
    if (call.call.stage == CallStage::Closed) {
        const std::int64_t overForMs =
            nowMs() - call.call.endedAtMs.value_or(call.call.answeredAtMs.value_or(call.call.startedAtMs));
        call.closedAt = now() - std::chrono::milliseconds{std::max<std::int64_t>(0, overForMs)};
        call.isRemoved = !hasOpenDraft && now() - *call.closedAt >= options_.boardLinger;
    }
    if (call.isRemoved) return;
    showCall(call);
    for (const auto& [id, utterance] : call.finals)
        publish({call.call.extension}, protocol::UtteranceChanged{utterance});
}

/// A countdown does not run while nobody can see it: the popup must be shown again. A paused one waits for who
/// paused it.
void CallHub::Impl::restoreDraft(protocol::Draft draft, std::vector<Change>& changes) {
    TrackedDraft& tracked = drafts_[draft.draftId];
    tracked.draft = std::move(draft);
    tracked.fieldsRevision = tracked.draft.revision;
    tracked.popupDue = faceTime() + options_.popupPatience;
    protocol::Draft& restored = tracked.draft;
    const std::int32_t storedRevision = restored.revision;
    const bool mayCount = restored.state != DraftState::Inbox || restored.countdownLeftMs > 0;
    if (options_.draftsOnly && isOpen(restored) && mayCount) {  // since this start
        restored.state = DraftState::Inbox;
        restored.countdownLeftMs = 0;
        restored.isAutomatic = false;
        restored.heldBecause = wordOf(protocol::HeldReason::DraftsOnly);
        ++restored.revision;
    } else if (restored.state == DraftState::Counting) {
        restored.state = DraftState::Inbox;
        restored.countdownLeftMs = restored.countdownTotalMs;
        tracked.fieldsRevision = ++restored.revision;
    } else if (restored.state == DraftState::Paused) {
        AgentLink& link = links_[restored.extension];
        link.offlineSince = now();
        link.awaitedUntil = faceTime() + options_.popupPatience;
    }
    if (isOpen(restored) && mayBeInNinja(restored) && restored.offers) {  // since the backup was restored
        const auto removed = std::erase_if(*restored.offers, [&](const protocol::TicketOffer& offer) {
            return offer.draftId && offer.draftId != restored.fields.continues;
        });
        if (restored.offers->empty()) restored.offers.reset();
        if (removed > 0) ++restored.revision;
    }
    if (restored.revision != storedRevision) {
        restored.changedAtMs = nowMs();
        changes.emplace_back(SaveDraft{restored});
    }
    publish({restored.extension}, protocol::DraftChanged{restored});
}

/// The outbox knew more than the draft: the server stopped between the two. What became of a ticket the draft alone
/// holds.
void CallHub::Impl::takeDelivery(protocol::Draft& draft, protocol::Delivery delivery,
                                 std::vector<Change>& changes) {
    if (!delivery.progress) delivery.progress = draft.delivery.progress;
    if (draft.delivery == delivery) return;
    draft.delivery = std::move(delivery);
    ++draft.revision;
    draft.changedAtMs = nowMs();
    changes.emplace_back(SaveDraft{draft});
}

/// What the stage was waiting for before the restart.
void CallHub::Impl::resumeCall(TrackedCall& call) {
    const TrackedDraft* tracked = draftOf(call.call.callId);
    const bool isSettled = !tracked || isDone(tracked->draft.delivery) ||
                           (tracked->draft.state == DraftState::Discarded && !isCarried(tracked->draft));
    switch (call.call.stage) {
        case CallStage::Live:
            if (isOver(call.call.state) &&
                (!call.call.answeredAtMs || call.call.recording == Recording::Blocked))
                advance(call, CallEvent::NothingWanted);
            break;
        case CallStage::Transcribing:
            if (!call.isReplaying) finishStreams(call);
            break;
        case CallStage::Analysing:
            call.isDrainReported = true;
            ledger_.then([this, callId = call.call.callId] { startAnalysis(callId); });
            break;
        case CallStage::Drafted:
            if (isSettled) {
                advance(call, CallEvent::DraftSettled);
            } else if (!call.analysis && tracked->draft.state != DraftState::Confirmed && !call.isReplaying) {
                call.isDrainReported = true;
                ledger_.then([this, callId = call.call.callId] { startAnalysis(callId); });
            } else if (!call.isReplaying) {
                call.isDrainReported = true;
            } else if (!call.analysis) {
                call.hasNewText = true;  // read once the replay has drained
            }
            break;
        case CallStage::Closed:
            call.isDrainReported = !call.isReplaying;
            break;
    }
}

std::vector<CallId> CallHub::Impl::restore(OpenWork work, const std::map<CallId, ChannelPositions>& audio,
                                           const std::set<CallId>& lost) {
    restoredAt_ = now();
    backupRestoredAtMs_ = work.restoredAtMs;
    for (const std::string& key : work.closedKeys) noteEnded(key);
    createdToday_ = work.createdToday;
    createdDay_ = dayOf(nowMs());
    for (const protocol::Draft& draft : work.recent | std::views::reverse) recent_.note(draft);
    // Written when all of it is shown: it follows from what is stored, and a store that is slow keeps nobody from seeing
    // what waits.
    std::vector<Change> changes;
    for (OpenWork::OpenCall& open : work.calls) {
        if (open.call.isAudioComplete && lost.contains(open.call.callId)) {
            open.call.isAudioComplete = false;
            changes.emplace_back(SaveCall{open.call, open.phoneKey});
        }
        const auto onDisk = audio.find(open.call.callId);
        const CallId callId = open.call.callId;
        const bool hasOpenDraft =
            std::ranges::any_of(work.drafts, [&](const auto& draft) { return draft.callId == callId; });
        restoreCall(std::move(open), onDisk == audio.end() ? ChannelPositions{} : onDisk->second,
                    hasOpenDraft);
    }
    std::map<DraftId, const OutboxEntry*> outbox;
    for (const OutboxEntry& entry : work.outbox) outbox.emplace(entry.draftId, &entry);
    // Earlier calls went on in these: they come back in the transaction that tells it.
    std::vector<DraftId> givenUp;
    for (protocol::Draft& draft : work.drafts) {
        const DraftId draftId = draft.draftId;
        const auto entry = outbox.find(draftId);
        const bool isSent = draft.state == DraftState::Confirmed && entry != outbox.end();
        const bool hasJoined = isSent && draft.fields.continues && entry->second->joined;
        if (hasJoined && entry->second->delivery.problemCode == wordOf(protocol::DeliveryProblem::GivenUp))
            givenUp.push_back(draftId);
        else if (isSent && !isToBeAmended(*entry->second))
            takeDelivery(draft, entry->second->delivery, changes);
        restoreDraft(std::move(draft), changes);
        if (isSent) drafts_[draftId].sent = withAmendment(*entry->second);
    }
    for (const protocol::Draft& draft : work.recent | std::views::reverse)
        if (nowMs() - draft.changedAtMs < options_.ticketLinger.count()) keepOnBoards(draft);
    refresh();
    if (!changes.empty()) ledger_.write(std::move(changes));
    for (const auto& [callId, positions] : audio)
        if (!calls_.contains(callId)) eraseJournal(callId);

    std::vector<CallId> replayed;
    for (auto& [callId, call] : calls_) {
        // Of a call that is drafted or closed, audio that came late may not be text yet.
        const bool isLate = call.call.stage == CallStage::Drafted || call.call.stage == CallStage::Closed;
        call.isReplaying = !call.audio.isEmpty() && call.call.recording != Recording::Blocked;
        if (call.isReplaying && isLate) call.replayFromMs = replayFromMs(call);
        if (call.isReplaying)
            replayed.push_back(callId);
        else if (!call.audio.isEmpty() && call.call.recording == Recording::Blocked)
            eraseJournal(callId);
        else if (!call.audio.isEmpty() && call.call.isAudioComplete)
            removeJournal(callId);
    }
    for (auto& [callId, call] : calls_) resumeCall(call);
    for (const DraftId& draftId : givenUp) onDelivery(draftId, outbox.at(draftId)->delivery);
    for (const OutboxEntry& entry : work.outbox) {
        if (!isDelivered(entry)) ledger_.then([this, entry] { ports_.tickets.deliver(entry); });
    }
    refresh();
    return replayed;
}

}  // namespace ninja3cx::calls
