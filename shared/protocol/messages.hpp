#pragma once

#include "shared/protocol/records.hpp"

#include <string>
#include <string_view>
#include <variant>

/// The text messages of the WebSocket at /ws. JSON objects with a "type": the struct's name in camelCase.
///
/// A client says Hello first; the server answers Welcome, then either Snapshot or, when the client named an event it
/// has seen and the server still knows all that came since, the Events after it. From then on each Event carries the
/// next number of this client's stream: no gap, no repeat. Unknown fields are ignored; unknown types are answered
/// with ErrorReply and change nothing.
namespace ninja3cx::protocol {

inline constexpr std::int32_t kProtocolVersion = 1;

// ---- client to server -------------------------------------------------------------------------------------

struct ClientInfo {
    std::string name;
    std::string version;
    bool operator==(const ClientInfo&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClientInfo, (), (name, version))

/// The last event a client has applied. `epoch` changes with each start of the server.
struct EventPosition {
    std::string epoch;
    std::int64_t sequence = 0;
    bool operator==(const EventPosition&) const = default;
};
BOOST_DESCRIBE_STRUCT(EventPosition, (), (epoch, sequence))

/// What this connection is: an agent program (needs an agent key) or a board (dashboard or supervisor key).
enum class Face { Agent, Board };
BOOST_DESCRIBE_ENUM(Face, Agent, Board)

struct Hello {
    std::int32_t protocol = kProtocolVersion;
    Face face{};
    ClientInfo client;
    std::optional<Extension> extension;  // an agent with a site-wide key says whose program it is
    std::optional<EventPosition> lastEvent;
    bool operator==(const Hello&) const = default;
};
BOOST_DESCRIBE_STRUCT(Hello, (), (protocol, face, client, extension, lastEvent))

/// Asks for the stream of one call's audio; answered by AudioReady. Also after each reconnect.
struct AudioStart {
    CallId callId;
    bool operator==(const AudioStart&) const = default;
};
BOOST_DESCRIBE_STRUCT(AudioStart, (), (callId))

struct ChannelPositions {
    std::int64_t agent = 0;
    std::int64_t customer = 0;
    bool operator==(const ChannelPositions&) const = default;
};
BOOST_DESCRIBE_STRUCT(ChannelPositions, (), (agent, customer))

/// No more audio: `frames` were made on each channel. The server then waits for those it lacks and no longer.
struct AudioEnd {
    CallId callId;
    ChannelPositions frames;
    std::optional<std::vector<AudioGap>> gaps =
        {};  // where frames of silence stand for what this PC has lost
    bool operator==(const AudioEnd&) const = default;
};
BOOST_DESCRIBE_STRUCT(AudioEnd, (), (callId, frames, gaps))

/// The agent program noticed a call by itself (contact URL, softphone, hotkey); `source` names how.
struct CallDetected {
    std::string source;
    std::string localId;  // the agent's own id; the same for all messages on this call
    CallState state{};
    Direction direction{};
    std::string remoteNumber;
    std::string remoteName;
    // How long ago it began, was answered and ended, as far as it has; of an end that brings its beginning along no more need
    // have been said. Absent: just now, or not known.
    std::optional<std::int64_t> startedAgeMs = {};
    std::optional<std::int64_t> answeredAgeMs = {};
    std::optional<std::int64_t> endedAgeMs = {};
    static constexpr std::int64_t kLongestAgeMs = std::int64_t{31} * 24 * 3'600'000;
    bool operator==(const CallDetected&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallDetected, (),
                      (source, localId, state, direction, remoteNumber, remoteName, startedAgeMs,
                       answeredAgeMs, endedAgeMs))

struct RecordingPause {
    CallId callId;
    bool isPaused = false;
    bool operator==(const RecordingPause&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecordingPause, (), (callId, isPaused))

/// The popup is on screen: the countdown may start.
struct DraftShown {
    DraftId draftId;
    bool operator==(const DraftShown&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftShown, (), (draftId))

struct DraftPause {
    DraftId draftId;
    bool isPaused = false;
    bool operator==(const DraftPause&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftPause, (), (draftId, isPaused))

/// Replaces the fields. Refused with "conflict" when `revision` is not the draft's.
struct DraftEdit {
    DraftId draftId;
    std::int32_t revision = 0;
    DraftFields fields;
    bool operator==(const DraftEdit&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftEdit, (), (draftId, revision, fields))

/// 'Create now'. Saying it twice creates one ticket.
struct DraftConfirm {
    DraftId draftId;
    std::int32_t revision = 0;
    bool operator==(const DraftConfirm&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftConfirm, (), (draftId, revision))

/// 'Later': to the inbox, countdown off.
struct DraftLater {
    DraftId draftId;
    bool operator==(const DraftLater&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftLater, (), (draftId))

struct DraftDiscard {
    DraftId draftId;
    std::string reason;
    bool operator==(const DraftDiscard&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftDiscard, (), (draftId, reason))

enum class DeliveryDecision { SendAgain, AlreadyThere, GiveUp };
BOOST_DESCRIBE_ENUM(DeliveryDecision, SendAgain, AlreadyThere, GiveUp)

/// A technician settles an Unconfirmed or Rejected delivery. AlreadyThere names the ticket found by hand.
struct DeliveryDecide {
    DraftId draftId;
    DeliveryDecision decision{};
    std::optional<TicketId> ticketId;
    bool operator==(const DeliveryDecide&) const = default;
};
BOOST_DESCRIBE_STRUCT(DeliveryDecide, (), (draftId, decision, ticketId))

/// A supervisor opens or leaves one live call; audited, and shown to the technician.
struct CallWatch {
    CallId callId;
    bool isWatching = false;
    bool operator==(const CallWatch&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallWatch, (), (callId, isWatching))

// ---- server to client -------------------------------------------------------------------------------------

struct Welcome {
    std::int32_t protocol = kProtocolVersion;
    std::string serverVersion;
    std::string epoch;
    std::string role;  // agent, dashboard, supervisor, admin
    std::optional<Extension> extension;
    std::optional<std::string> serverId = {};  // of its data: stays through restarts, moves and restores
    bool operator==(const Welcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(Welcome, (), (protocol, serverVersion, epoch, role, extension, serverId))

/// All a client may know at event number `sequence`. An agent: its own extension's calls, utterances and open drafts.
struct Snapshot {
    std::string epoch;
    std::int64_t sequence = 0;
    std::int64_t serverTimeMs = 0;
    std::vector<Call> calls;
    std::vector<Utterance> utterances;
    std::vector<Draft> drafts;
    std::vector<Agent> agents;
    SystemStatus system;
    bool operator==(const Snapshot&) const = default;
};
BOOST_DESCRIBE_STRUCT(Snapshot, (),
                      (epoch, sequence, serverTimeMs, calls, utterances, drafts, agents, system))

struct CallChanged {
    Call call;
    bool operator==(const CallChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallChanged, (), (call))

/// The call leaves the live view (it stays in the history).
struct CallRemoved {
    CallId callId;
    bool operator==(const CallRemoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(CallRemoved, (), (callId))

struct UtteranceChanged {
    Utterance utterance;
    bool operator==(const UtteranceChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(UtteranceChanged, (), (utterance))

struct DraftChanged {
    Draft draft;
    bool operator==(const DraftChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftChanged, (), (draft))

struct AgentChanged {
    Agent agent;
    bool operator==(const AgentChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(AgentChanged, (), (agent))

struct SystemChanged {
    SystemStatus system;
    bool operator==(const SystemChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(SystemChanged, (), (system))

using EventBody =
    std::variant<CallChanged, CallRemoved, UtteranceChanged, DraftChanged, AgentChanged, SystemChanged>;

/// {"type":"event","sequence":12,"event":{"type":"callChanged",…}}
struct Event {
    std::int64_t sequence = 0;
    EventBody event;
    bool operator==(const Event&) const = default;
};

/// `streamId` goes into every frame's header; `next` is the sequence wanted on each channel.
struct AudioReady {
    CallId callId;
    std::uint32_t streamId = 0;
    ChannelPositions next;
    std::optional<std::int32_t> frameVersion = {};              // the newest header it reads; absent: 1
    std::optional<std::vector<std::string>> audioFormats = {};  // "pcm", "opus"; absent: "pcm" alone
    bool operator==(const AudioReady&) const = default;
};
BOOST_DESCRIBE_STRUCT(AudioReady, (), (callId, streamId, next, frameVersion, audioFormats))

/// Every frame below `next` is on disk: the agent may forget it.
struct AudioAck {
    CallId callId;
    ChannelPositions next;
    bool operator==(const AudioAck&) const = default;
};
BOOST_DESCRIBE_STRUCT(AudioAck, (), (callId, next))

/// What a client did wrong or may not do. The connection stays open unless `isFatal`.
struct ErrorReply {
    std::string code;  // badMessage, unknownType, tooLarge, wrongSequence, conflict, forbidden, notFound, …
    std::string message;               // what, where, what to do
    std::optional<std::string> about;  // callId or draftId
    bool isFatal = false;
    bool operator==(const ErrorReply&) const = default;
};
BOOST_DESCRIBE_STRUCT(ErrorReply, (), (code, message, about, isFatal))

using ClientMessage =
    std::variant<Hello, AudioStart, AudioEnd, CallDetected, RecordingPause, DraftShown, DraftPause, DraftEdit,
                 DraftConfirm, DraftLater, DraftDiscard, DeliveryDecide, CallWatch>;
using ServerMessage = std::variant<Welcome, Snapshot, Event, AudioReady, AudioAck, ErrorReply>;

/// Errors: no JSON, no "type", unknown type (kind NotFound), or a field that is missing or wrong, with its path.
Result<ClientMessage> decodeClientMessage(std::string_view text);
Result<ServerMessage> decodeServerMessage(std::string_view text);
std::string encodeMessage(const ClientMessage& message);
std::string encodeMessage(const ServerMessage& message);

}  // namespace ninja3cx::protocol
