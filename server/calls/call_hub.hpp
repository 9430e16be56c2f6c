#pragma once

#include "server/calls/ports.hpp"
#include "server/calls/presence.hpp"
#include "shared/protocol/codes.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::calls {

/// Calls that are never captured: any rule that matches blocks the call from the first frame on.
struct DoNotRecordRule {
    std::string number;        // prefix in E.164 or as dialled; empty: any
    std::string organization;  // name; empty: any
    std::string extension;     // empty: any
    std::string direction;     // "inbound", "outbound", "internal"; empty: any
};

/// What a category becomes in NinjaOne; entries in the configuration replace the built-in ones
/// (draft_maker.hpp).
struct CategoryRule {
    protocol::Category category{};
    protocol::TicketType type = protocol::TicketType::Incident;
    std::optional<protocol::Severity> severity;       // absent: by priority
    std::vector<std::string> tags;                    // in addition to the category's own
    std::optional<protocol::Priority> priority = {};  // absent: the analysis'
    std::optional<std::string> status = {};           // of the new ticket
    std::optional<std::int64_t> ticketFormId = {};
    std::vector<protocol::AttributeValue> attributes = {};
    std::string customCategory = {};  // for calls of this one within `category`; empty: for all of `category`
};

/// Of an extension whose calls are in another language than the site's.
struct CallLanguage {
    std::string spoken;    // or "auto"
    std::string analysis;  // or "auto"
    bool operator==(const CallLanguage&) const = default;
};

/// All that a number is called where the site is: as written, "+33612345678", "0612345678".
using NumberForms = std::function<std::vector<std::string>(std::string_view written)>;

struct HubOptions {
    std::string language = "fr";
    std::string analysisLanguage = "fr";            // "auto": as it was spoken
    std::map<std::string, CallLanguage> languages;  // by extension
    CallLanguage languageOf(const Extension& extension) const;
    std::chrono::milliseconds countdown{15'000};
    bool createsAutomatically = true;  // ticket.auto
    bool draftsOnly = false;           // silent mode
    std::chrono::milliseconds audioGrace{
        15'000};  // after the end of a call, for audio of an agent that is away
    std::chrono::milliseconds boardLinger{60'000};          // how long a settled call stays in the live view
    std::chrono::milliseconds ticketLinger{8 * 3'600'000};  // and its ticket on the boards
    std::chrono::milliseconds noAudioGrace{3'000};  // the same for an agent that is there and sends nothing
    std::chrono::milliseconds analysisPatience{3'000};  // then the draft opens with what there is
    std::chrono::milliseconds popupPatience{
        30'000};  // a popup not shown by then: the draft goes to the inbox
    /// An agent program out of reach for so long has left: more than its first tries to reconnect take.
    std::chrono::milliseconds agentPatience{10'000};
    /// A countdown stands still once its agent program was not heard for so long: its link may be dead already.
    std::chrono::milliseconds agentSilence{3'000};
    std::chrono::hours lateAudioLimit{24};  // audio that is still missing then is given up
    bool recordsInternalCalls = false;
    std::vector<DoNotRecordRule> doNotRecord;
    NumberForms numberForms = [](std::string_view written) {
        return std::vector<std::string>{std::string{written}};
    };
    std::vector<CategoryRule> categoryRules;
    std::chrono::minutes continuationLimit{30};  // between two calls of one caller that may be one matter
    std::chrono::seconds longWait{60};           // in a queue: from then on it is too long
    bool fetchesRecordings = false;              // of calls without a sound from the PC
    std::chrono::minutes recordingWait{15};      // after their end
    bool logsTime = false;                       // the call's length becomes a time entry, unless edited
    bool isDemo = false;
    std::string serverVersion;
    std::string model;
    std::map<std::string, std::string> technicians;  // extension to display name, when the PBX does not say
};

/// A call that ended, and of which the technician's PC sent no sound. Its recording is looked for at the PBX.
struct SilentCall {
    CallId callId;
    Extension extension{""};
    std::string remoteNumber;
    std::int64_t answeredAtMs = 0;
    std::int64_t endedAtMs = 0;
    bool operator==(const SilentCall&) const = default;
};

/// How far a recording has come into the journal: the next sequences to hand over, and those that are not on disk yet.
struct RecordingProgress {
    protocol::ChannelPositions next;
    protocol::ChannelPositions durable;
    bool operator==(const RecordingProgress&) const = default;
};

/// What an accepted audio stream may do.
struct AudioGrant {
    std::uint32_t streamId = 0;
    protocol::ChannelPositions next;
};

/// The life of every call, from its ring to its ticket. Holds the state of all live calls and open drafts;
/// decides with the pure tables in call_flow.hpp and draft_flow.hpp; acts through the ports.
///
/// Threads:  network thread only.
/// Time:     `tick` at least every 100 ms; nothing else measures time. While the program stood still, so did countdowns.
/// Crash:    whatever must survive is committed to the Store before it is shown or acted upon. While the Store takes
///           nothing, calls are shown all the same, as they are; their audio is acknowledged once they are stored.
class CallHub {
public:
    struct Ports {
        const Clock& clock;
        Store& store;
        AudioJournal& journal;
        Transcriber& transcriber;
        Analyser& analyser;
        Directory& directory;
        TicketDesk& tickets;
        EventSink& events;
    };
    CallHub(HubOptions options, Ports ports);
    ~CallHub();

    /// Takes up what a previous run left: `audio` says, for each call, what its journal holds (next
    /// sequences). Before anything else. Answers the calls whose journal must be read once more: for each of
    /// them hand every frame, each channel in order, to `onAudioReplayed` up to `replayEnd`, then say
    /// `onReplayDone`. Meanwhile everything else works: agents may resume, and what becomes durable moves `replayEnd`,
    /// for it is not held in memory.
    /// Utterances already stored are not decoded again. Journals of calls that are no longer open are
    /// removed: whoever calls this has left out those of calls that the store does not know. Of the calls in
    /// `lost` the journal could not be read: their audio is incomplete, and they go on with the text that there
    /// is.
    std::vector<CallId> restore(OpenWork work, const std::map<CallId, protocol::ChannelPositions>& audio,
                                const std::set<CallId>& lost = {});
    void onAudioReplayed(const CallId& callId, protocol::AudioFrame frame);
    /// How much of the call there is to replay by now (next sequences). None: nothing, or nothing more.
    std::optional<protocol::ChannelPositions> replayEnd(const CallId& callId) const;
    /// All of it has been handed over, or what is missing cannot be read. What becomes durable from here on goes to the
    /// transcriber at once, so nothing may come between the last look at `replayEnd` and this.
    void onReplayDone(const CallId& callId);

    // -- from the telephone
    void onPhone(const PhoneEvent& event);
    /// The source is certain that only these keys live on these extensions: every other call of the source
    /// ends (estimated).
    void onPhoneResync(const std::string& keyPrefix, const std::vector<std::string>& liveKeys);
    void onPbxLink(protocol::LinkState state);
    /// All of whom the PBX tells, as they are now; nobody: it does not tell (any more).
    void onPbxUsers(std::map<Extension, PbxUser> users);
    /// Absent: the PBX does not show its queues (any more). What is a long wait, the hub says.
    void onQueues(std::optional<std::vector<protocol::QueueState>> queues);
    void onNinjaLink(protocol::LinkState state);
    /// What the disk does not take now; nothing: it takes all.
    void onStorage(std::optional<protocol::StorageProblem> problem);

    // -- from agent programs and boards; `actor` is for the audit trail, e.g. "agent:201"
    /// Busy: there are more extensions than any site has. Before `onAgentOnline`.
    Result<void> mayJoin(const Extension& extension) const;
    void onAgentOnline(const Extension& extension);
    void onAgentOffline(const Extension& extension);
    /// Something came from a program of this extension, be it an answer to a ping.
    void onAgentHeard(const Extension& extension);
    /// A countdown runs on this extension: ask its programs for a sign of life every second.
    bool isCounting(const Extension& extension) const;
    /// Refuses texts that are too long (BadMessage) and more calls than one technician can have (Busy).
    Result<void> onCallDetected(const Extension& extension, const protocol::CallDetected& detected);
    Result<AudioGrant> startAudio(const Extension& extension, const CallId& callId);
    /// Refuses (BadMessage) a gap, naming the sequence wanted; repeats are accepted and ignored.
    Result<void> onAudioFrame(const Extension& extension, protocol::AudioFrame frame);
    Result<void> endAudio(const Extension& extension, const protocol::AudioEnd& end);
    Result<void> pauseRecording(const Extension& extension, const protocol::RecordingPause& pause);
    Result<void> draftShown(const Extension& extension, const DraftId& draftId);
    Result<void> pauseDraft(const Extension& extension, const protocol::DraftPause& pause);
    Result<void> editDraft(const std::string& actor, const protocol::DraftEdit& edit);
    Result<void> confirmDraft(const std::string& actor, const protocol::DraftConfirm& confirm);
    Result<void> postponeDraft(const std::string& actor, const DraftId& draftId);
    Result<void> discardDraft(const std::string& actor, const protocol::DraftDiscard& discard);
    Result<void> decideDelivery(const std::string& actor, const protocol::DeliveryDecide& decide);
    Result<void> watchCall(const std::string& actor, const protocol::CallWatch& watch);
    /// Whether this draft or call is one of `extension`'s: checked before any of the above for an agent's
    /// key.
    bool owns(const Extension& extension, const DraftId& draftId) const;
    bool owns(const Extension& extension, const CallId& callId) const;

    // -- of calls on a desk phone or the mobile app: what the PBX recorded
    /// Those whose recording is wanted: from when no audio is waited for any more, until some minutes after
    /// `recordingWait`, for a last look at the PBX; after a restart once more. None where `fetchesRecordings` is off.
    std::vector<SilentCall> silentCalls() const;
    /// It is about to be fetched: into the audit trail.
    void noteRecordingFetch(const CallId& callId);
    /// It was fetched whole and is no sound: into the audit trail, which the call shows.
    void noteRecordingUnreadable(const CallId& callId);
    /// From now on the call's text is of the recording, for good. NotFound: it is not wanted any more, as where the
    /// PC's audio came after all.
    Result<RecordingProgress> beginRecording(const CallId& callId);
    /// The next frame of its channel; others are not taken. The same frames again after a restart: `beginRecording` says
    /// where to go on.
    void onRecordingFrame(const CallId& callId, protocol::AudioFrame frame);
    /// None: no longer wanted, as after an erasure.
    std::optional<RecordingProgress> recordingProgress(const CallId& callId) const;
    /// All of it was handed over.
    void endRecording(const CallId& callId, const protocol::ChannelPositions& frames);

    // -- from the ports' work
    void onAudioDurable(const CallId& callId, protocol::AudioFrame frame);
    void onAudioFailed(const CallId& callId, const Error& error);
    void onUtterance(protocol::Utterance utterance);
    /// How long the call's speech has been waiting for its text.
    void onLag(const CallId& callId, std::chrono::milliseconds lag);
    /// The customer is heard in the agent's microphone; absent: no longer.
    void onEcho(const CallId& callId, std::optional<protocol::Echo> echo);
    /// The retention time is over and the store holds none of their words any more. A draft that waits stays
    /// as it is, but its ticket will carry no transcript. One pass, however many calls there are.
    void onWordsErased(const std::set<CallId>& callIds);
    /// Nor the calls themselves: nothing of them comes back either.
    void onCallsErased(const std::set<CallId>& callIds);
    void onDrained(const CallId& callId, protocol::Speaker channel);
    void onDelivery(const DraftId& draftId, const protocol::Delivery& delivery);
    /// A look at NinjaOne showed that a ticket has changed.
    void onProgress(const TicketId& ticketId, const protocol::TicketProgress& progress);
    /// What the ticket desk or the directory answer is no longer what it was: drafts that wait are judged anew. So many
    /// at once that it takes a moment; the rest of a thousand with the next ticks.
    void onNinjaNews();
    void tick();

    /// What may be seen by this extension's agent, or by boards when absent. `epoch`, `sequence` are the
    /// caller's.
    protocol::Snapshot snapshot(const std::optional<Extension>& extension) const;
    protocol::SystemStatus status() const;
    /// So much waits for the database that no more audio is taken: agent programs keep it.
    bool isFull() const;
    /// The durable positions to acknowledge for this call, and whether they moved since last asked.
    std::optional<protocol::ChannelPositions> takeAck(const CallId& callId);
    /// The journal lost frames that are not acknowledged: where to start over, once for each such loss.
    std::optional<AudioGrant> takeRewind(const CallId& callId);
    /// The call is over and all its audio is on disk.
    bool isAudioComplete(const CallId& callId) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ninja3cx::calls
