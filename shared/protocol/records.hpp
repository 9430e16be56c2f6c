#pragma once

#include "shared/core/ids.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What agents and dashboards are shown. Each struct has its JSON Schema in shared/schema under the same name.
/// Moments are "…AtMs": milliseconds since 1970 UTC. "startMs"/"endMs" of an utterance: ms since the call was answered.
namespace ninja3cx::protocol {

enum class Direction { Inbound, Outbound, Internal };
BOOST_DESCRIBE_ENUM(Direction, Inbound, Outbound, Internal)

/// What the telephone does. Missed: ended without having been answered here. Ended without answeredAtMs: it is over, and
/// whether it was answered nobody saw; it gets no draft.
enum class CallState { Ringing, Dialing, Connected, Held, Ended, Missed };
BOOST_DESCRIBE_ENUM(CallState, Ringing, Dialing, Connected, Held, Ended, Missed)

/// How far the product is with a call. Live: it goes on, or its audio still arrives. Transcribing: ended, text
/// outstanding. Analysing. Drafted: a draft exists. Closed: nothing more to do (missed, not recorded, draft settled).
enum class CallStage { Live, Transcribing, Analysing, Drafted, Closed };
BOOST_DESCRIBE_ENUM(CallStage, Live, Transcribing, Analysing, Drafted, Closed)

/// None: no audio yet. Blocked: not to be recorded (the do-not-record list, or an internal call where those are not
/// recorded), never captured or forgotten again. Paused: by the technician.
enum class Recording { None, Active, Paused, Blocked };
BOOST_DESCRIBE_ENUM(Recording, None, Active, Paused, Blocked)

/// Who the caller is, without ever guessing.
enum class CallerMatchState { One, None, Several, Inactive, Stale };
BOOST_DESCRIBE_ENUM(CallerMatchState, One, None, Several, Inactive, Stale)

/// A person in NinjaOne's directory. `uid` is what a ticket's requester is named by.
struct Contact {
    std::string uid;
    std::string name;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::int64_t organizationId = 0;
    std::string organizationName;
    bool isActive = true;
    bool operator==(const Contact&) const = default;
};
BOOST_DESCRIBE_STRUCT(Contact, (), (uid, name, email, phone, organizationId, organizationName, isActive))

/// A site of an organisation.
struct Location {
    std::int64_t id = 0;
    std::string name;
    bool operator==(const Location&) const = default;
};
BOOST_DESCRIBE_STRUCT(Location, (), (id, name))

/// A computer of the caller's organisation.
struct Device {
    std::int64_t id = 0;
    std::string name;
    std::int64_t organizationId = 0;
    std::optional<std::int64_t> locationId;
    bool isOffline = false;
    bool isCallers = false;           // NinjaOne ties it to the caller; those come first
    std::vector<std::string> alerts;  // what NinjaOne says is wrong with it, in its words
    bool operator==(const Device&) const = default;
};
BOOST_DESCRIBE_STRUCT(Device, (), (id, name, organizationId, locationId, isOffline, isCallers, alerts))

struct CallerMatch {
    CallerMatchState state = CallerMatchState::None;
    std::vector<Contact> contacts;              // exactly one in state One
    std::optional<std::int64_t> directoryAtMs;  // when the directory was last read
    std::optional<std::string> rule = {};       // MatchRule; absent: nothing matched
    /// Whose number it is, where it is an organisation's and no person's: a switchboard.
    std::optional<std::int64_t> organizationId = {};
    std::optional<std::string> organizationName = {};
    bool operator==(const CallerMatch&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallerMatch, (),
                      (state, contacts, directoryAtMs, rule, organizationId, organizationName))

/// The customer's voice in the agent's microphone, as without a headset. It is taken out before there is text.
struct Echo {
    std::int64_t attenuationDb = 0;  // below the customer's channel
    std::int64_t delayMs = 0;
    bool operator==(const Echo&) const = default;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (attenuationDb, delayMs))

/// How the mood of the last half minute stands to the one before.
enum class MoodTrend { Falling, Steady, Rising };
BOOST_DESCRIBE_ENUM(MoodTrend, Falling, Steady, Rising)

/// A rule of the configuration, or a built-in one, that an utterance met. Carries no word of the call.
struct CallAlert {
    std::string rule;  // "angryCustomer", or as the configuration names it
    std::string text;  // for people, where the configuration has it; empty: a face knows the rule
    UtteranceId utteranceId;
    std::int64_t atMs = 0;  // since the call was answered
    bool operator==(const CallAlert&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallAlert, (), (rule, text, utteranceId, atMs))

/// What a call is taken to be while it goes on.
struct CallInsight {
    Sentiment mood = Sentiment::Neutral;  // the customer's, of the last half minute
    MoodTrend trend = MoodTrend::Steady;
    std::optional<Category> topic;           // absent: nothing points anywhere yet
    std::optional<std::string> customTopic;  // one of the configuration's own categories
    std::vector<CallAlert> alerts;           // each rule once, as it was met
    bool operator==(const CallInsight&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallInsight, (), (mood, trend, topic, customTopic, alerts))

/// A stretch of a call, on its clock, whose audio was lost before the server had it, of one side at least.
struct AudioGap {
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
    bool operator==(const AudioGap&) const = default;
};
BOOST_DESCRIBE_STRUCT(AudioGap, (), (startMs, endMs))

struct Call {
    CallId callId;
    Extension extension;
    std::string technician;  // display name of the extension's user
    Direction direction{};
    CallState state{};
    CallStage stage{};
    Recording recording{};
    std::string remoteNumber;  // as the PBX gives it; empty when withheld
    std::string remoteName;
    CallerMatch caller;
    std::int64_t startedAtMs = 0;
    std::optional<std::int64_t> answeredAtMs;
    std::optional<std::int64_t> endedAtMs;
    bool isEndEstimated = false;
    std::int64_t lagMs = 0;     // of the transcription
    std::int32_t watchers = 0;  // supervisors reading along
    bool isAudioComplete = false;
    std::optional<Echo> echo;                 // absent: none is heard
    std::optional<CallInsight> insight = {};  // absent: nothing was said yet
    /// The technician's PC heard nothing: the text is of the PBX's recording, in which both may speak in one channel.
    std::optional<bool> isFromRecording = {};
    std::optional<std::vector<AudioGap>> gaps = {};  // in order, apart from each other; absent: none is known
    bool operator==(const Call&) const = default;
};
BOOST_DESCRIBE_STRUCT(Call, (),
                      (callId, extension, technician, direction, state, stage, recording, remoteNumber,
                       remoteName, caller, startedAtMs, answeredAtMs, endedAtMs, isEndEstimated, lagMs,
                       watchers, isAudioComplete, echo, insight, isFromRecording, gaps))

/// Words of an utterance that were written otherwise than they were heard, as a name that is known.
struct Correction {
    std::int32_t at = 0;  // bytes into the utterance's text
    std::int32_t length = 0;
    std::string heard;  // what stood there before
    bool operator==(const Correction&) const = default;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (at, length, heard))

/// A later one with the same utteranceId and a higher revision replaces this one; once final, only where words are taken
/// out of it: personal data that the whole call showed, or an erasure.
struct Utterance {
    CallId callId;
    UtteranceId utteranceId;
    Speaker channel{};
    std::int32_t revision = 0;
    bool isFinal = false;
    bool isProvisional = false;  // the final text is made without it and may differ
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
    std::int32_t stableBytes = 0;  // length of the prefix of `text` that will not change any more
    std::string text;
    std::int64_t lagMs = 0;  // from the last sample used to this text
    /// Of a final text, in its order, apart from each other; absent: none. Put back in their places they give
    /// the text as it was heard.
    std::optional<std::vector<Correction>> corrections = {};
    bool operator==(const Utterance&) const = default;
};
BOOST_DESCRIBE_STRUCT(Utterance, (),
                      (callId, utteranceId, channel, revision, isFinal, isProvisional, startMs, endMs,
                       stableBytes, text, lagMs, corrections))

enum class TicketType {
    Problem,
    Question,
    Incident,
    Task,
    ServiceRequest,
    ChangeRequest,
    Project,
    Appointment,
    Miscellaneous
};
BOOST_DESCRIBE_ENUM(TicketType, Problem, Question, Incident, Task, ServiceRequest, ChangeRequest, Project,
                    Appointment, Miscellaneous)
enum class Severity { None, Minor, Moderate, Major, Critical };
BOOST_DESCRIBE_ENUM(Severity, None, Minor, Moderate, Major, Critical)

/// A value of one of the tenant's own ticket fields, as NinjaOne wants it.
struct AttributeValue {
    std::int64_t attributeId = 0;
    std::string value;
    bool operator==(const AttributeValue&) const = default;
};
BOOST_DESCRIBE_STRUCT(AttributeValue, (), (attributeId, value))

/// What the technician can edit.
struct DraftFields {
    std::string subject;  // 1 to 200 characters
    std::string summary;  // becomes the ticket's description
    std::optional<std::int64_t> organizationId;
    std::string organizationName;
    std::optional<std::string> requesterUid;
    std::string requesterName;
    std::optional<Category> category;  // absent: for the technician to say
    TicketType type = TicketType::Incident;
    std::optional<Priority> priority;  // absent: for the technician to say; NinjaOne's NONE
    Severity severity = Severity::None;
    std::vector<std::string> tags;
    bool isSolved = false;           // close the ticket at once
    bool isPublic = false;           // description may be e-mailed to the customer
    bool includesTranscript = true;  // masked, as a private note
    std::optional<std::int64_t> locationId = {};
    std::optional<std::int64_t> deviceId = {};
    std::optional<std::string> status = {};         // of the new ticket; absent: as configured
    std::optional<std::int64_t> ticketFormId = {};  // absent: as configured
    std::optional<std::vector<AttributeValue>> attributes = {};
    std::optional<std::int64_t> timeTrackedS = {};  // as a time entry, which may be billed; absent: none
    /// One of the draft's offers, taken up: the call becomes a comment on this open ticket, in place of a new one.
    std::optional<TicketId> commentOn = {};
    /// One of the draft's offers, taken up: this draft stands for that draft's call as well, which is then discarded.
    std::optional<DraftId> continues = {};
    std::optional<std::string> customCategory = {};  // one of the configuration's own, within `category`
    bool operator==(const DraftFields&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftFields, (),
                      (subject, summary, organizationId, organizationName, requesterUid, requesterName,
                       category, type, priority, severity, tags, isSolved, isPublic, includesTranscript,
                       locationId, deviceId, status, ticketFormId, attributes, timeTrackedS, commentOn,
                       continues, customCategory))

/// What this call may belong to. Offered, never taken up without a person.
enum class OfferKind { Comment, Continue };
BOOST_DESCRIBE_ENUM(OfferKind, Comment, Continue)
struct TicketOffer {
    OfferKind kind{};
    std::optional<TicketId> ticketId;  // Comment
    std::optional<DraftId> draftId;    // Continue
    std::string subject;
    std::string status;  // the ticket's, in NinjaOne's words; empty for a draft
    std::int64_t changedAtMs = 0;
    bool isSameTopic = false;
    bool operator==(const TicketOffer&) const = default;
};
BOOST_DESCRIBE_STRUCT(TicketOffer, (), (kind, ticketId, draftId, subject, status, changedAtMs, isSameTopic))

/// Inbox: waits for a person. Counting: the countdown runs. Paused: somebody edits. Confirmed: handed to delivery.
enum class DraftState { Inbox, Counting, Paused, Confirmed, Discarded };
BOOST_DESCRIBE_ENUM(DraftState, Inbox, Counting, Paused, Confirmed, Discarded)

/// Queued, Sending, Unknown (sent, no answer: being looked up), Waiting (throttled or unreachable, will be tried at
/// nextAttemptAtMs), Created (ticketId), Unconfirmed (a technician must decide), Rejected (see problem).
enum class DeliveryState { None, Queued, Sending, Unknown, Waiting, Created, Unconfirmed, Rejected };
BOOST_DESCRIBE_ENUM(DeliveryState, None, Queued, Sending, Unknown, Waiting, Created, Unconfirmed, Rejected)

/// What has become of a ticket of ours in NinjaOne.
struct TicketProgress {
    std::int64_t statusId = 0;
    std::int64_t parentId =
        0;               // NinjaOne's own status behind a tenant's: 1000 new … 5000 resolved, 6000 closed
    std::string status;  // in the tenant's words
    bool isDeleted = false;
    std::int64_t changedAtMs = 0;
    std::int64_t seenAtMs = 0;
    bool operator==(const TicketProgress&) const = default;
};
BOOST_DESCRIBE_STRUCT(TicketProgress, (), (statusId, parentId, status, isDeleted, changedAtMs, seenAtMs))

struct Delivery {
    DeliveryState state = DeliveryState::None;
    std::optional<TicketId> ticketId;
    std::optional<std::string> ticketUrl;
    bool hasTranscriptNote = false;
    std::string problem;  // for the technician, in English: detail to `problemCode`, which a face translates
    std::string problemCode;
    std::optional<std::int64_t> nextAttemptAtMs;
    std::optional<std::string> field =
        {};  // that NinjaOne refused: a member of DraftFields, or NinjaOne's own name
    std::optional<TicketProgress> progress = {};
    std::optional<TicketId> comparedTicketId = {};  // named by a technician: being compared, or not taken
    std::optional<std::vector<TicketId>> ticketsInDoubt = {};  // to be looked at: they may be the call's
    bool operator==(const Delivery&) const = default;
};
BOOST_DESCRIBE_STRUCT(Delivery, (),
                      (state, ticketId, ticketUrl, hasTranscriptNote, problem, problemCode, nextAttemptAtMs,
                       field, progress, comparedTicketId, ticketsInDoubt))

/// A field that keeps a draft from becoming a ticket, e.g. {"requesterUid","required"}.
struct FieldProblem {
    std::string field;
    std::string code;
    bool operator==(const FieldProblem&) const = default;
};
BOOST_DESCRIBE_STRUCT(FieldProblem, (), (field, code))

/// What a field of the draft rests on. A field that is Unsure is left empty; `value` is what it might be.
struct FieldReason {
    std::string field;  // of DraftFields
    std::string value;
    Confidence confidence{};
    std::string cue;                      // the words that speak for it, masked
    std::vector<UtteranceId> utterances;  // in the order of speech
    bool operator==(const FieldReason&) const = default;
};
BOOST_DESCRIBE_STRUCT(FieldReason, (), (field, value, confidence, cue, utterances))

struct Draft {
    DraftId draftId;
    CallId callId;
    Extension extension;
    DraftState state{};
    std::int32_t revision = 0;  // grows with each change; an edit names the one it was made on
    DraftFields fields;
    DraftFields generated;  // as the analysis made it
    std::vector<AnalysisAction> actions;
    std::vector<FieldProblem> problems;
    bool isAutomatic = false;  // at zero a ticket is created by itself
    std::string
        heldBecause;  // why not automatic: "requesterUnknown", "ticketNotWarranted", "autoOff", "agentAway", …
    std::int64_t countdownTotalMs = 0;
    std::int64_t countdownLeftMs = 0;  // when this message was made
    std::int64_t createdAtMs = 0;
    std::int64_t changedAtMs = 0;
    std::string discardReason;
    Delivery delivery;
    std::optional<std::vector<TicketOffer>> offers = {};
    std::optional<std::vector<Device>> devices = {};      // to choose from
    std::optional<std::vector<Location>> locations = {};  // to choose from
    std::optional<DraftId> continuedIn = {};  // of a discarded one: the later call's, which carries it
    std::optional<std::vector<FieldReason>> reasons = {};
    /// What a language model wrote, later than the popup. Offered; an edit takes it up.
    std::optional<DraftFields> proposed = {};
    bool operator==(const Draft&) const = default;
};
BOOST_DESCRIBE_STRUCT(Draft, (),
                      (draftId, callId, extension, state, revision, fields, generated, actions, problems,
                       isAutomatic, heldBecause, countdownTotalMs, countdownLeftMs, createdAtMs, changedAtMs,
                       discardReason, delivery, offers, devices, locations, continuedIn, reasons, proposed))

/// Away: the profile that the technician chose in the PBX takes no calls. QueueLoggedOut: there, but no queue rings them.
/// Offline: neither a telephone nor the agent program is connected. A reader takes a word of a newer server for Away.
enum class Presence { Available, Ringing, InCall, AfterCall, Away, QueueLoggedOut, Offline };
BOOST_DESCRIBE_ENUM(Presence, Available, Ringing, InCall, AfterCall, Away, QueueLoggedOut, Offline)

struct Agent {
    Extension extension;
    std::string name;
    Presence presence = Presence::Offline;
    std::int64_t sinceMs = 0;
    bool isConnected = false;  // the agent program
    std::optional<CallId> callId;
    bool operator==(const Agent&) const = default;
};
BOOST_DESCRIBE_STRUCT(Agent, (), (extension, name, presence, sinceMs, isConnected, callId))

enum class LinkState { NotConfigured, Connecting, Connected, Failed, NeedsLogin };
BOOST_DESCRIBE_ENUM(LinkState, NotConfigured, Connecting, Connected, Failed, NeedsLogin)

/// Who waits in a queue of the PBX, as it was last looked at.
struct QueueState {
    std::string queue;  // its number, e.g. "800"
    std::string name;   // may be empty
    std::int32_t waiting = 0;
    std::optional<std::int64_t> oldestSinceMs = {};  // the longest wait began then; absent: nobody waits
    std::optional<bool> isLongWait = {};             // it is longer than `pbx.longWaitSeconds`
    bool operator==(const QueueState&) const = default;
};
BOOST_DESCRIBE_STRUCT(QueueState, (), (queue, name, waiting, oldestSinceMs, isLongWait))

/// The server's own health, as the faces show it.
struct SystemStatus {
    std::string version;
    bool isDemo = false;
    LinkState pbx{};
    LinkState ninja{};
    std::string model;  // of the final text, e.g. "base"
    std::int64_t lagMs = 0;
    std::int32_t liveCalls = 0;
    std::int32_t waitingDrafts = 0;  // in the inbox, for a person to decide
    std::int32_t createdToday = 0;
    std::int32_t unsettledTickets = 0;  // confirmed, and waiting, being looked up, unconfirmed or rejected
    std::optional<std::int32_t> unconfirmedTickets = {};  // of those: a technician must decide
    std::optional<std::int64_t> directoryAtMs = {};  // when NinjaOne's people were last read; absent: never
    std::optional<std::string> storageProblem = {};  // codes.hpp; absent: the disk takes all
    std::optional<std::vector<QueueState>> queues = {};  // absent: the PBX does not show them
    bool operator==(const SystemStatus&) const = default;
};
BOOST_DESCRIBE_STRUCT(SystemStatus, (),
                      (version, isDemo, pbx, ninja, model, lagMs, liveCalls, waitingDrafts, createdToday,
                       unsettledTickets, unconfirmedTickets, directoryAtMs, storageProblem, queues))

}  // namespace ninja3cx::protocol

namespace ninja3cx::json {
template <>
inline constexpr NameCase nameCase<protocol::TicketType> = NameCase::Upper;
template <>
inline constexpr NameCase nameCase<protocol::Severity> = NameCase::Upper;
template <>
inline constexpr std::optional<protocol::Presence> unknownWordIs<protocol::Presence> =
    protocol::Presence::Away;
}  // namespace ninja3cx::json
