#pragma once

#include "server/calls/audio_intake.hpp"
#include "server/calls/call_flow.hpp"
#include "server/calls/call_hub.hpp"
#include "server/calls/continuation.hpp"
#include "server/calls/draft_flow.hpp"
#include "server/calls/draft_maker.hpp"
#include "server/calls/ledger.hpp"
#include "server/calls/live_view.hpp"
#include "server/calls/recent_tickets.hpp"
#include "server/calls/said_secrets.hpp"

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// The inside of CallHub, for its hub_*.cpp files only. State in memory is what is decided; `ledger_` brings
/// it to the disk and then to the faces, in this order.
namespace ninja3cx::calls {

/// The lag that is shown of calls and of the server. In steps, since a smaller change is not worth an event;
/// rounded up, so that it is never more than what is shown.
constexpr std::int64_t shownLagMs(std::int64_t lagMs) {
    constexpr std::int64_t kStepMs = 500;
    return (lagMs + kStepMs - 1) / kStepMs * kStepMs;
}

/// Of what may be said without end.
inline const Error kNothingIsStored{ErrorKind::Busy,
                                    "the server cannot write its database, and much waits for that already"};

/// Nobody has confirmed or discarded it.
inline bool isOpen(const protocol::Draft& draft) {
    return draft.state != protocol::DraftState::Confirmed && draft.state != protocol::DraftState::Discarded;
}

/// The transcriber's stream of one channel.
struct ChannelStream {
    bool isOpen = false;
    bool isFinished = false;  // no more audio was announced
    bool isDrained = false;
    std::vector<protocol::AudioFrame> waiting;  // late audio, until the earlier stream has drained
};

/// Of an utterance that is still open.
struct ShownPartial {
    std::int32_t revision = 0;
    std::string stable;  // masked
};

struct TrackedCall {
    protocol::Call call;
    std::string phoneKey;         // the leading source's
    std::set<std::string> keys;   // every source's
    bool isTentative = false;     // direction and number are not known yet
    bool isAnswerStored = false;  // what comes back after a crash knows that there may be audio

    AudioIntake audio;
    std::uint32_t streamId = 0;
    bool hasAskedForAudio = false;  // the agent program has wanted to send
    bool takesRecording = false;    // the PBX's, frame by frame: it is waited for
    bool areWordsErased = false;    // nothing of them may come back
    Pauses pauses;
    std::array<ChannelStream, 2> channels;
    /// What comes in meanwhile is on disk and not held here: it is replayed too, and counted by `audio`.
    bool isReplaying = false;
    protocol::ChannelPositions replayed;       // next sequences
    protocol::ChannelPositions onDiskAtStart;  // what follows came in during the replay
    bool isUnread = false;  // the replay could not read all: this and what follows is left to the next start
    /// Of a replayed call whose text was once complete: call clock, both channels begin there.
    std::optional<std::int64_t> replayFromMs;
    bool isAudioIn = false;        // all audio is in, or no longer waited for
    bool isDrainReported = false;  // since audio last came
    SteadyTime overAt{};
    SteadyTime lastAudioAt{};
    std::int64_t audioEndMs = 0;  // call clock

    std::map<UtteranceId, protocol::Utterance> finals;
    std::map<UtteranceId, ShownPartial> partials;
    SaidSecrets said;
    bool hasWords = false;    // were said and understood, even when they are erased by now
    bool hasNewText = false;  // since the last analysis began

    std::unique_ptr<CallReader> reader;  // while the call goes on; afterwards made anew where a text is late
    std::optional<protocol::CallInsight> insight;  // as read; `call` has what is shown of it

    std::optional<protocol::Analysis> analysis;
    bool hasAnalysisFailed = false;
    bool isAnalysing = false;
    std::uint32_t analysisRound = 0;
    SteadyTime analysisDue{};

    std::set<std::string> watchers;
    std::optional<SteadyTime> closedAt;
    bool isRemoved = false;  // from the live view

    std::vector<protocol::Utterance> texts() const {
        std::vector<protocol::Utterance> all;
        for (const auto& [id, utterance] : finals) all.push_back(utterance);
        return all;
    }
};

struct TrackedDraft {
    protocol::Draft draft;
    std::int32_t fieldsRevision = 0;  // the revision that brought the present fields
    SteadyTime countdownEnd{};        // of faceTime, like popupDue
    SteadyTime popupDue{};
    std::optional<OutboxEntry> sent;  // until it is delivered or given up
};

struct AgentLink {
    int connections = 0;
    SteadyTime offlineSince{};
    SteadyTime heardAt{};                    // of faceTime, like awaitedUntil
    std::optional<SteadyTime> awaitedUntil;  // out of reach, and its popups wait for it
};

/// What is shown of one thing as it is now, each time in place of the time before, and waits for the disk.
struct ShownState {
    Audience audience;
    std::shared_ptr<const protocol::EventBody> latest;
    std::uint64_t asked = 0;   // to be shown, so often
    std::uint64_t shown = 0;   // the number of the one that is
    std::size_t queued = 0;    // in the ledger
    bool hasLastWord = false;  // one of those shows the latest there is by then
};

class CallHub::Impl {
public:
    Impl(HubOptions options, Ports ports);

    // hub_restore.cpp
    std::vector<CallId> restore(OpenWork work, const std::map<CallId, protocol::ChannelPositions>& audio,
                                const std::set<CallId>& lost);

    // hub_phone.cpp
    void onPhone(const PhoneEvent& event);
    void onPhoneResync(const std::string& keyPrefix, const std::vector<std::string>& liveKeys);
    Result<void> onCallDetected(const Extension& extension, const protocol::CallDetected& detected);
    Result<void> watchCall(const std::string& actor, const protocol::CallWatch& watch);

    // hub_audio.cpp
    Result<AudioGrant> startAudio(const Extension& extension, const CallId& callId);
    Result<void> onAudioFrame(const Extension& extension, protocol::AudioFrame frame);
    Result<void> endAudio(const Extension& extension, const protocol::AudioEnd& end);
    Result<void> pauseRecording(const Extension& extension, const protocol::RecordingPause& pause);
    void onAudioDurable(const CallId& callId, protocol::AudioFrame frame);
    void onAudioFailed(const CallId& callId);
    void onAudioReplayed(const CallId& callId, protocol::AudioFrame frame);
    std::optional<protocol::ChannelPositions> replayEnd(const CallId& callId) const;
    void onReplayDone(const CallId& callId);
    void onDrained(const CallId& callId, protocol::Speaker channel);
    std::optional<protocol::ChannelPositions> takeAck(const CallId& callId);
    std::optional<AudioGrant> takeRewind(const CallId& callId);
    bool isAudioComplete(const CallId& callId) const;

    // hub_recording.cpp
    std::vector<SilentCall> silentCalls() const;
    void noteRecordingFetch(const CallId& callId);
    void noteRecordingUnreadable(const CallId& callId);
    Result<RecordingProgress> beginRecording(const CallId& callId);
    void onRecordingFrame(const CallId& callId, protocol::AudioFrame frame);
    std::optional<RecordingProgress> recordingProgress(const CallId& callId) const;
    void endRecording(const CallId& callId, const protocol::ChannelPositions& frames);

    // hub_text.cpp
    void onUtterance(protocol::Utterance utterance);
    void onLag(const CallId& callId, std::chrono::milliseconds lag);
    void onEcho(const CallId& callId, std::optional<protocol::Echo> echo);
    void showLag(TrackedCall& call, std::int64_t lagMs);
    void onWordsErased(const std::set<CallId>& callIds);
    void onCallsErased(const std::set<CallId>& callIds);

    // hub_drafts.cpp
    Result<void> draftShown(const Extension& extension, const DraftId& draftId);
    Result<void> pauseDraft(const Extension& extension, const protocol::DraftPause& pause);
    Result<void> editDraft(const std::string& actor, const protocol::DraftEdit& edit);
    Result<void> confirmDraft(const std::string& actor, const protocol::DraftConfirm& confirm);
    Result<void> postponeDraft(const std::string& actor, const DraftId& draftId);
    Result<void> discardDraft(const std::string& actor, const protocol::DraftDiscard& discard);
    Result<void> decideDelivery(const std::string& actor, const protocol::DeliveryDecide& decide);
    void onDelivery(const DraftId& draftId, const protocol::Delivery& delivery);
    void onProgress(const TicketId& ticketId, const protocol::TicketProgress& progress);
    void onNinjaNews();

    // hub_status.cpp
    void onPbxLink(protocol::LinkState state);
    void onPbxUsers(std::map<Extension, PbxUser> users);
    void onQueues(std::optional<std::vector<protocol::QueueState>> queues);
    void onNinjaLink(protocol::LinkState state);
    void onStorage(std::optional<protocol::StorageProblem> problem);
    Result<void> mayJoin(const Extension& extension) const;
    void onAgentOnline(const Extension& extension);
    void onAgentOffline(const Extension& extension);
    void onAgentHeard(const Extension& extension);
    bool isCounting(const Extension& extension) const;
    protocol::SystemStatus status() const;
    bool isFull() const { return ledger_.isFull(); }
    protocol::Snapshot snapshot(const std::optional<Extension>& extension) const {
        return view_.snapshot(extension);
    }

    void tick();
    bool owns(const Extension& extension, const DraftId& draftId) const;
    bool owns(const Extension& extension, const CallId& callId) const;

private:
    // call_hub.cpp: what every part uses
    TrackedCall* find(const CallId& callId);
    TrackedDraft* find(const DraftId& draftId);
    TrackedDraft* draftOf(const CallId& callId);
    SteadyTime now() const { return ports_.clock.steady(); }
    std::int64_t nowMs() const { return toEpochMs(ports_.clock.now()); }
    AuditEntry audit(const std::string& actor, const std::string& action, const std::string& about) const;
    void publish(const Audience& audience, protocol::EventBody event);
    /// What is the way things are, and not words or decisions, is shown though the disk takes nothing: a technician's
    /// program must know that a call is there. What has waited until then does not come after it.
    void publishState(const std::string& key, const Audience& audience, protocol::EventBody event);
    void showStatesThatWait();
    /// Past what waits for the disk.
    void showNow(const Audience& audience, const protocol::EventBody& event);
    /// Commits `more` and the call in one transaction, then shows it, then `effect`.
    void saveCall(TrackedCall& call, std::vector<Change> more = {}, Ledger::Effect effect = {});
    void saveDraft(TrackedDraft& tracked, std::vector<Change> more = {}, Ledger::Effect effect = {});
    void showCall(const TrackedCall& call);
    /// Puts an event through the table and performs the actions.
    void advance(TrackedCall& call, CallEvent event);

    // hub_restore.cpp
    void restoreCall(OpenWork::OpenCall open, const protocol::ChannelPositions& audio, bool hasOpenDraft);
    void restoreDraft(protocol::Draft draft, std::vector<Change>& changes);
    void takeDelivery(protocol::Draft& draft, protocol::Delivery delivery, std::vector<Change>& changes);
    void resumeCall(TrackedCall& call);

    // hub_phone.cpp
    TrackedCall* findByKey(const std::string& key);
    TrackedCall* sameCallOfOtherSource(const PhoneEvent& event);
    void bindKey(TrackedCall& call, const std::string& key);
    TrackedCall& createCall(const PhoneEvent& event, protocol::CallState state);
    bool takeDetails(TrackedCall& call, const PhoneEvent& event);
    bool recognise(TrackedCall& call);  // true: that is news
    void recogniseAgain();
    void noteEnded(const std::string& key);
    void moveTo(TrackedCall& call, protocol::CallState state, const PhoneEvent& event);
    void blockIfListed(TrackedCall& call);
    Result<void> hasRoomFor(const PhoneEvent& detected);
    void endVanishedDetections();

    // hub_audio.cpp
    static AudioGrant grantOf(const TrackedCall& call);
    Result<TrackedCall*> audioCall(const Extension& extension, const CallId& callId);
    std::uint32_t freshStreamId() const;
    std::int64_t callClock(const TrackedCall& call) const;
    void noteGaps(TrackedCall& call, const std::vector<protocol::AudioGap>& gaps);
    void awaitEndAgain(TrackedCall& call);
    void toTranscriber(TrackedCall& call, protocol::AudioFrame frame);
    void finishStreams(TrackedCall& call);
    void checkAudioIn(TrackedCall& call);
    void audioIn(TrackedCall& call);
    void checkDrained(TrackedCall& call);
    void removeJournal(const CallId& callId);
    void removeReadJournal(const TrackedCall& call);
    void eraseJournal(const CallId& callId);

    // hub_recording.cpp
    bool isSilent(const TrackedCall& call) const;
    bool mayStillSend(const TrackedCall& call) const;
    bool isListedByNow(const TrackedCall& call) const;
    bool mayTakeRecording(const TrackedCall& call) const;
    TrackedCall* findRecorded(const CallId& callId);

    // hub_text.cpp
    void forgetWords(const std::set<CallId>& callIds);
    void startReader(TrackedCall& call);
    void readFinal(TrackedCall& call, const protocol::Utterance& utterance);
    bool takeInsight(TrackedCall& call);  // true: that is news
    void forgetInsight(TrackedCall& call);
    void startAnalysis(const CallId& callId);
    void onAnalysis(const CallId& callId, std::uint32_t round, Result<protocol::Analysis> result);
    void maskWhatWasFound(TrackedCall& call, protocol::Analysis& analysis);
    void showMasked(TrackedCall& call, std::vector<protocol::Utterance> masked);
    void onBetterAnalysis(const CallId& callId, std::uint32_t round, protocol::Analysis better);

    // hub_drafts.cpp
    void makeDraft(TrackedCall& call);
    void proposeAnalysis(TrackedCall& call, const protocol::Analysis& better);
    void updateDraft(TrackedCall& call);
    bool checkFields(protocol::Draft& draft);
    void judge(TrackedDraft& tracked);
    void review(TrackedDraft& tracked, bool renewsOffers = true);
    void reviewSome();
    bool isAgentExpected(const Extension& extension) const;
    Result<void> step(TrackedDraft& tracked, DraftEvent event, const std::string& actor,
                      std::optional<protocol::HeldReason> holdReason = std::nullopt,
                      std::vector<Change> more = {});
    std::vector<Change> auditOf(DraftEvent event, const std::string& actor, const DraftId& draftId) const;
    void hold(TrackedDraft& tracked, std::optional<protocol::HeldReason> reason);
    std::int64_t mayExistSince(const protocol::Draft& draft);
    void createTicket(TrackedDraft& tracked, const std::string& actor);
    OutboxEntry entryOf(const protocol::Draft& draft, const std::vector<TrackedDraft*>& continued = {});
    void amendTicket(TrackedDraft& tracked, const std::string& actor);
    OutboxEntry amendedEntry(const TrackedDraft& tracked);
    void settle(const TrackedDraft& tracked);
    void tickDrafts();

    // hub_offers.cpp
    Matter matterOf(const protocol::Draft& draft);
    std::vector<protocol::TicketOffer> offersOf(const protocol::Draft& draft);
    bool renewOffers(protocol::Draft& draft);
    bool mayBeSameCaller(const Matter& matter, const protocol::Draft& draft);
    std::vector<OpenTicket> openTicketsOf(const protocol::Draft& draft) const;
    bool hasTickets(const protocol::Draft& draft) const;
    bool isClosed(const protocol::DraftFields& fields, TicketId ticketId) const;
    bool mayBelongTo(const protocol::Draft& draft, TicketId ticketId) const;
    void renewOffersOfOthers(const protocol::Draft& settled);
    void forgetOffersOf(const std::set<CallId>& callIds);
    bool mayBeInNinja(const protocol::Draft& draft);
    bool isContinuable(const protocol::Draft& draft);
    bool mayGoOnWith(const protocol::Draft& draft, const TrackedDraft* earlier);
    Error dropContinuation(TrackedDraft& tracked);
    std::vector<TrackedDraft*> continuedBy(const protocol::Draft& draft);
    std::vector<Change> discardContinued(const std::vector<TrackedDraft*>& continued,
                                         const protocol::Draft& by, const std::string& actor);

    // hub_joined.cpp
    std::vector<JoinedCall> joinedCallsOf(const protocol::Draft& draft,
                                          const std::vector<TrackedDraft*>& continued);
    std::vector<TrackedDraft*> joinedIn(const TrackedDraft& tracked);
    bool isCarried(const protocol::Draft& discarded);
    bool isOfAnotherCaller(const TrackedDraft& tracked, const protocol::Draft& edited);
    std::vector<Change> reopen(const std::vector<TrackedDraft*>& parted, const std::string& actor);
    void showReopened(const std::vector<TrackedDraft*>& parted);
    static std::vector<JoinedCall> withoutErased(std::vector<JoinedCall> fresh,
                                                 const std::vector<JoinedCall>& sent);
    void forgetJoinedWords(const std::set<CallId>& callIds);
    void forgetJoined(const std::set<CallId>& callIds);

    // hub_status.cpp
    SteadyTime faceTime();
    void showStandStill();
    void tickAgents();
    void tickCalls();
    void removeFromView(TrackedCall& call);
    void keepOnBoards(const protocol::Draft& draft);
    void takeOffBoards(const std::function<bool(const protocol::Draft&)>& isMeant);
    void showProgress(const TicketId& ticketId, const protocol::TicketProgress& progress);
    bool isAgentConnected(const Extension& extension) const;
    bool isAgentSilent(const Extension& extension);
    SteadyTime lastHeard(const Extension& extension);
    /// Publishes the presence of technicians and the system's counters where they changed.
    void refresh();
    void refreshAgent(const Extension& extension, const std::vector<CallAndDraft>& items);
    std::string technicianOf(const Extension& extension) const;
    std::optional<std::vector<protocol::QueueState>> queuesNow() const;
    std::optional<std::string> storageProblem() const;  // its word
    void countCreated();
    static std::int64_t dayOf(std::int64_t epochMs);  // grows with each local midnight

    HubOptions options_;
    Ports ports_;
    LiveView view_;
    std::map<CallId, TrackedCall> calls_;
    std::map<std::string, CallId> callByKey_;
    std::set<std::string> endedKeys_;  // never reused; bounded by `endedOrder_`
    std::deque<std::string> endedOrder_;
    std::map<std::uint32_t, CallId> callByStream_;
    std::map<DraftId, TrackedDraft> drafts_;
    std::set<DraftId> toReview_;  // since the last news
    std::optional<DraftId> lastReviewed_;
    RecentTickets recent_;
    std::map<Extension, AgentLink> links_;
    std::map<Extension, protocol::Agent> agents_;
    std::map<Extension, PbxUser> pbxUsers_;
    std::optional<std::vector<protocol::QueueState>> queues_;
    std::optional<protocol::SystemStatus> shownStatus_;
    std::optional<protocol::SystemStatus> shownAgentStatus_;
    protocol::LinkState pbx_ = protocol::LinkState::NotConfigured;
    protocol::LinkState ninja_ = protocol::LinkState::NotConfigured;
    std::optional<protocol::StorageProblem> storage_;
    std::int32_t createdToday_ = 0;
    std::int64_t createdDay_ = 0;
    std::deque<protocol::Draft> boardTickets_;   // of calls that have left the view, the oldest first
    std::optional<std::int64_t> directoryAtMs_;  // when it was last asked again
    std::optional<SteadyTime> restoredAt_;
    std::optional<SteadyTime> seenAt_;
    SteadyTime::duration stoodStill_{};
    bool hasStoodStill_ = false;
    std::optional<std::int64_t> backupRestoredAtMs_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    std::map<std::string, ShownState> states_;  // those of which something is in the ledger
    Ledger ledger_;
};

}  // namespace ninja3cx::calls
