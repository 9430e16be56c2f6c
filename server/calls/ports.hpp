#pragma once

#include "shared/core/clock.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/protocol/audio_frame.hpp"
#include "shared/protocol/masks.hpp"
#include "shared/protocol/messages.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What the life of a call needs from the outside world. Implemented by the neighbouring folders, replaced by
/// doubles in tests. Unless a comment says otherwise: called on the network thread, return at once, never
/// block; every callback and handler comes back on the network thread.
namespace ninja3cx::calls {

// ---- storage ----------------------------------------------------------------------------------------------

/// What an entry says of an earlier call that goes on in it: apart, since that call may be erased or parted from it.
struct JoinedCall {
    CallId callId;
    std::string marker;  // the earlier call's own: it is found in the ticket by it
    std::int64_t startedAtMs = 0;
    std::string description;  // its paragraph
    std::string transcript;   // its lines, masked; empty: none spoken, or none wanted
    bool operator==(const JoinedCall&) const = default;
};

/// What a technician made of an entry that NinjaOne refused, and had sent again.
struct Amendment {
    protocol::DraftFields fields;
    std::string description;
    std::string transcriptNote;
    std::optional<std::string> unwantedNote = {};
    std::optional<std::vector<JoinedCall>> joined = {};
    bool operator==(const Amendment&) const = default;
};

/// A ticket to be made, kept until NinjaOne has it or a technician has settled it. One for each draft, for
/// ever: the draft's id is the key. `step` belongs to server/ticketing.
struct OutboxEntry {
    DraftId draftId;
    CallId callId;
    Extension extension;
    std::string marker;  // "3CX-7f3a9c21": put into the ticket, looked up before any repeat
    protocol::DraftFields fields;
    std::string description;     // plain text of its own call: summary, facts, marker's line
    std::string transcriptNote;  // of its own call, masked; empty: none wanted
    protocol::Delivery delivery;
    std::string step;              // JSON of the delivery's own state: what was sent when, look-ups made
    std::int64_t createdAtMs = 0;  // nothing was sent before: a look-up goes back so far
    // Entries stored by earlier versions lack these.
    std::optional<std::string> unwantedNote = {};        // not sent, but kept in case it is wanted after all
    std::optional<Amendment> amended = {};               // not begun yet: goes in place of what was refused
    std::optional<std::vector<JoinedCall>> joined = {};  // the last call first
    bool operator==(const OutboxEntry&) const = default;
};

/// As it is to be sent now.
inline OutboxEntry withAmendment(OutboxEntry entry) {
    if (!entry.amended) return entry;
    entry.fields = std::move(entry.amended->fields);
    entry.description = std::move(entry.amended->description);
    entry.transcriptNote = std::move(entry.amended->transcriptNote);
    entry.unwantedNote = std::move(entry.amended->unwantedNote);
    entry.joined = std::move(entry.amended->joined);
    entry.amended.reset();
    return entry;
}

struct AuditEntry {
    std::int64_t atMs = 0;
    std::string actor;   // "agent:201", "supervisor:key-3fa2", "server"
    std::string action;  // "call.watch", "draft.confirm", "recording.pause", "purge", …
    std::string about;   // an id, a count, a network address; never a name, a number or a text of a caller
    bool operator==(const AuditEntry&) const = default;
};

struct SaveCall {
    protocol::Call call;
    std::string phoneKey;  // PhoneEvent::key while the PBX may still speak of it; empty afterwards
};
struct SaveUtterance {
    protocol::Utterance utterance;  // final, masked
};
/// In place of the stored one: the whole call showed some of its words to be personal data.
struct MaskUtterance {
    protocol::Utterance utterance;  // a revision later
};
struct SaveAnalysis {
    CallId callId;
    protocol::Analysis analysis;  // personal data as kind and position only
};
struct SaveDraft {
    protocol::Draft draft;
};
struct SaveOutbox {
    OutboxEntry entry;
};
/// Into the stored entry, which is otherwise the ticket desk's: the next SaveOutbox takes it away.
struct SaveAmendment {
    DraftId draftId;
    Amendment amendment;
};
struct DeleteCall {
    CallId callId;
};
/// A whole call as another model heard it later. The final texts of the call stay what they were: version 1.
struct TranscriptVersion {
    std::int32_t version = 2;
    std::string model;
    std::int64_t madeAtMs = 0;
    std::vector<protocol::Utterance> utterances;  // masked, in the order of speech
    bool operator==(const TranscriptVersion&) const = default;
};
/// Stores nothing where that version exists, or where the call or its words were erased meanwhile.
struct SaveVersion {
    CallId callId;
    TranscriptVersion version;
};
/// How often the call began to be heard again without an end: whoever finds several has seen crashes.
struct NoteHearing {
    CallId callId;
    std::int32_t begun = 0;
};
/// What became of a ticket in NinjaOne, into the drafts that it came of, open or settled.
struct SaveProgress {
    TicketId ticketId{0};
    protocol::TicketProgress progress;
};
using Change = std::variant<SaveCall, SaveUtterance, MaskUtterance, SaveAnalysis, SaveDraft, SaveOutbox,
                            SaveAmendment, DeleteCall, SaveVersion, NoteHearing, SaveProgress, AuditEntry>;

/// What decides whether a call is heard again after its end.
struct HearingFacts {
    Extension extension{""};
    std::int64_t overAtMs = 0;                  // its end, or the last that is known of it
    bool isWanted = false;                      // it may be recorded, and its words are kept
    bool hasVersion = false;                    // from before a restart
    std::int32_t begun = 0;                     // NoteHearing
    std::vector<std::string> promptWords = {};  // as of Transcriber::Stream
};

/// What was unfinished when the server stopped.
struct OpenWork {
    struct OpenCall {
        protocol::Call call;
        std::string phoneKey;
        std::vector<protocol::Utterance> utterances;
        std::optional<protocol::Analysis> analysis;
    };
    /// Stage other than Closed, or with an open draft, or with audio on disk or still to come.
    std::vector<OpenCall> calls;
    /// Not delivered, and Discarded only where its call is not closed: it may go on in one that is not delivered.
    std::vector<protocol::Draft> drafts;
    std::vector<OutboxEntry>
        outbox;  // not Created, not given up; or of one of these drafts, for what became of it
    std::int32_t createdToday = 0;  // tickets, since midnight
    /// Settled with a ticket not long ago, the newest first: what a next call may belong to. Not more than an offer
    /// needs.
    std::vector<protocol::Draft> recent = {};
    /// When a backup was last restored: calls that began until then may have a ticket that the store does not
    /// know of.
    std::optional<std::int64_t> restoredAtMs;
    /// Of calls that are closed, began not long ago and were told by agent programs, which may say them again.
    std::vector<std::string> closedKeys = {};
    /// The tickets of all that settled in that time, the newest first: what became of them is asked for.
    struct Ticket {
        TicketId ticketId{0};
        std::int64_t changedAtMs = 0;  // its draft
        std::optional<protocol::TicketProgress> progress = {};
        bool operator==(const Ticket&) const = default;
    };
    std::vector<Ticket> tickets = {};
};

class Store {
public:
    virtual ~Store() = default;
    using Done = std::function<void(Result<void>)>;
    /// All changes in one durable transaction, in the order of the calls. On failure nothing of it is stored.
    virtual void commit(std::vector<Change> changes, Done done) = 0;
};

// ---- audio ------------------------------------------------------------------------------------------------

class AudioJournal {
public:
    virtual ~AudioJournal() = default;
    /// Appends to the call's channel. When it is on disk the journal calls the hub's `onAudioDurable` with
    /// it, in order. The caller has checked the sequence.
    virtual void append(const CallId& callId, protocol::AudioFrame frame) = 0;
    /// The call's audio has become text: deletes it. What could not be read and was set aside stays.
    virtual void remove(const CallId& callId) = 0;
    /// Deletes all audio of the call, with what was set aside.
    virtual void erase(const CallId& callId) = 0;
};

// ---- speech to text ---------------------------------------------------------------------------------------

class Transcriber {
public:
    virtual ~Transcriber() = default;
    struct Stream {
        CallId callId;
        protocol::Speaker channel{};
        std::string language;  // "fr", "auto"
        /// Names that may be said: whom the call is with, the most telling first. They steer spelling.
        std::vector<std::string> promptWords = {};
        /// Where the last final text that is known already ends. They come in the order of speech, so what was said
        /// before it is known and what was said behind it is not, however it is cut now.
        std::int64_t finalUntilMs = 0;
    };
    /// Utterances come back through the hub's `onUtterance`; a stream's final texts in the order of speech.
    /// A channel that has drained may be opened again for audio that arrives late: a new stream, whose first
    /// feed starts where the earlier one ended (the time before it is silence).
    virtual void open(Stream stream) = 0;
    /// In order. A jump of `callClockMs` beyond the samples fed so far is silence of that length.
    virtual void feed(const CallId& callId, protocol::Speaker channel, std::int64_t callClockMs,
                      std::vector<std::int16_t> samples) = 0;
    /// No more audio: ends the last utterance. `onDrained` follows when every final text has been given.
    virtual void finish(const CallId& callId, protocol::Speaker channel) = 0;
    /// Forgets the call; running work is aborted.
    virtual void drop(const CallId& callId) = 0;
};

// ---- analysis ---------------------------------------------------------------------------------------------

/// A text in which personal data is replaced, e.g. by "[card]".
using Masked = protocol::MaskedText;

/// Follows one call while it goes on. Network thread; well below a millisecond for each text.
class CallReader {
public:
    virtual ~CallReader() = default;
    /// A final text; each once. What the call is taken to be now.
    virtual protocol::CallInsight read(const protocol::Utterance& utterance) = 0;
};

class Analyser {
public:
    virtual ~Analyser() = default;
    using Done = std::function<void(Result<protocol::Analysis>)>;
    using Better = std::function<void(protocol::Analysis)>;
    /// `done` once; `better` at most once and after it: what a language model made of the call, later than `done` was due.
    virtual void analyse(protocol::AnalysisInput input, Done done, Better better) = 0;
    /// The words of a call were erased: they are sent nowhere any more, and what comes of them is no `better`.
    virtual void forget(const CallId& /*callId*/) {}
    /// None: calls are not followed.
    virtual std::unique_ptr<CallReader> follow(const std::string& /*language*/) const { return nullptr; }
    /// Personal data replaced by "[card]", "[password]" …; 0.1 to 0.2 ms for a sentence, on the calling thread. `before`: what was said
    /// before it, masked, one text a line, the oldest first; it may announce what follows.
    virtual Masked mask(const std::string& text, const std::string& language,
                        const std::string& before) const = 0;
    /// What, said next, may change what `mask` makes of the last words of a text; each begins with a blank.
    virtual std::span<const std::string_view> revealingEndings() const = 0;
};

// ---- directory, tickets, events ---------------------------------------------------------------------------

class Directory {
public:
    virtual ~Directory() = default;
    /// From memory. Empty, internal and withheld numbers match nothing.
    virtual protocol::CallerMatch match(const std::string& number) const = 0;
    /// The contact of this uid, active or not. From memory, also while it is stale; none while there is none.
    virtual std::optional<protocol::Contact> contact(const std::string& uid) const = 0;
    /// From memory, those tied to this person first. At most a screenful.
    virtual std::vector<protocol::Device> devicesOf(std::int64_t /*organizationId*/,
                                                    const std::optional<std::string>& /*uid*/) const {
        return {};
    }
    virtual std::vector<protocol::Location> locationsOf(std::int64_t /*organizationId*/) const { return {}; }
    /// From memory, also beyond a screenful. None of those that it does not know, while it `knowsDevices`: gone.
    virtual std::optional<protocol::Device> device(std::int64_t /*id*/) const { return std::nullopt; }
    virtual bool knowsDevices() const { return false; }
    /// When its people were last read whole.
    virtual std::optional<std::int64_t> readAtMs() const { return std::nullopt; }
};

/// A ticket that is not resolved, as the last look at NinjaOne showed it.
struct OpenTicket {
    TicketId ticketId{0};
    std::int64_t organizationId = 0;
    std::string requesterUid;
    std::string subject;
    std::string status;  // in the tenant's words
    std::int64_t changedAtMs = 0;
    std::vector<std::string> tags = {};
};

class TicketDesk {
public:
    virtual ~TicketDesk() = default;
    /// What the tenant's forms, statuses and attributes say against these fields, beside what draft_flow asks for. From
    /// memory; empty while NinjaOne was never asked.
    virtual std::vector<protocol::FieldProblem> problemsOf(const protocol::DraftFields& /*fields*/) const {
        return {};
    }
    /// Of this requester, the last changed first. From memory.
    virtual std::vector<OpenTicket> openTicketsOf(const std::string& /*requesterUid*/) const { return {}; }
    /// NinjaOne showed it resolved, closed or deleted, and not open again since. From memory: not seen is not closed.
    virtual bool isSeenClosed(TicketId /*ticketId*/) const { return false; }
    /// A technician mended what NinjaOne refused, which is stored (SaveAmendment): the entry takes the place of the
    /// rejected one, in the store as well, before anything is sent. Where some of it may exist in NinjaOne that is looked up first. Ignored in any other
    /// state of the delivery; what that state is comes back through the hub's `onDelivery`.
    virtual void amend(OutboxEntry entry) = 0;
    /// The entry is stored; deliver it, `amended` first where it is there. Progress comes back through the hub's `onDelivery`.
    virtual void deliver(OutboxEntry entry) = 0;
    /// A technician's decision on an entry that is Unconfirmed or Rejected. Stored before it shows, in `onDelivery`.
    /// `present`: what was refused as the draft says it now. It takes that one's place before the decision is followed, in
    /// the store with the first of what is stored of that; until then the store holds the refused one alone. Where it is to
    /// become something elsewhere, it does so once the ticket that was named is taken.
    virtual void decide(const DraftId& draftId, protocol::DeliveryDecision decision,
                        std::optional<TicketId> ticketId, std::optional<OutboxEntry> present) = 0;
};

/// Who may see an event: one extension's agent program (none when absent), the boards, every agent program.
struct Audience {
    std::optional<Extension> extension;
    bool includesBoards = true;
    bool includesAllAgents = false;
};

class EventSink {
public:
    virtual ~EventSink() = default;
    virtual void publish(const Audience& audience, protocol::EventBody event) = 0;
};

// ---- telephony --------------------------------------------------------------------------------------------

/// One observation of one call on one extension. Repeats and late ones are normal and harmless.
struct PhoneEvent {
    std::string
        key;  // source's identity of the call on this extension, e.g. "3cx/201/4711/8106"; never reused
    Extension extension;
    std::string technician;  // display name if the source knows it
    protocol::CallState state{};
    protocol::Direction direction{};
    std::string remoteNumber;
    std::string remoteName;
    std::string did;
    // When it began, was answered and ended (since 1970), where the source says so: otherwise when it is heard of. An end that
    // brings its beginning along is a whole call, which nobody may have told of while it went on.
    std::optional<std::int64_t> startedAtMs = {};
    std::optional<std::int64_t> answeredAtMs = {};
    std::optional<std::int64_t> endedAtMs = {};
    bool isTimeEstimated = false;  // an end that was only noticed later
    bool isAnswerUnknown = false;  // an end: whether there was an answer before it nobody saw
    bool isTentative = false;      // only that there is a call is known: direction and state are a guess
};

}  // namespace ninja3cx::calls
