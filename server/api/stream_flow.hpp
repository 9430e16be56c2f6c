#pragma once

#include <cstdint>
#include <map>
#include <vector>

/// Several programs may serve one extension, and each may have audio of the same call. Who streams it, who waits and
/// who goes on, as a pure table: one program's side of it, then all of them together.
namespace ninja3cx::api {

/// What one program is to one call's audio.
enum class StreamState {
    Apart = 1,   // it does not stream the call and need not be told of it
    Streams,     // what it sends is taken
    Waits,       // another streams; it may have audio that no other program has sent
    HadItsTurn,  // waits too, and has sent all it has
};

enum class StreamEvent {
    Asked = 1,     // audioStart
    Granted,       // asked, by itself or in its turn, and the hub agreed
    OtherGranted,  // the same of another program
    EndSaid,       // audioEnd: it has sent all it has
    Left,          // its connection is gone
    Checked,       // time to see whether the call's audio has become complete
    CallGone,      // the extension has no such call any more
};

/// Ask: ask the hub for the stream in this program's name. ForgetStream: its frames are unknown from now on. EndAudio:
/// what it said last is how long the call is. SupersedeOthers and PassOn are for other programs.
enum class StreamAction {
    Ask = 1,
    TellReady,
    TellSuperseded,
    TellDelivered,
    ForgetStream,
    EndAudio,
    SupersedeOthers,  // OtherGranted to each of them
    PassOn,           // Ask for the latest that waits, before any that had its turn
};

/// The most that any of the other programs is to the call.
enum class OtherPrograms { None = 1, HadTheirTurn, Wait, Stream };

/// What the decision rests on.
struct StreamSituation {
    StreamState state{};
    OtherPrograms others = OtherPrograms::None;
    bool isDelivered = false;  // the call is over and all its audio is here
};

struct StreamStep {
    StreamState next;
    std::vector<StreamAction> actions;  // for the caller to perform, in this order
    bool operator==(const StreamStep&) const = default;
};

/// The last program that has audio says how long the call is: one that restarted in mid-call, or that streamed for a
/// moment only, does not know it. Nothing streams what is delivered.
StreamStep advanceStream(const StreamSituation& now, StreamEvent event);

/// One call's programs by their number, which grows with each connection. Who is Apart is left out.
using StreamTurns = std::map<std::uint64_t, StreamState>;

/// Never SupersedeOthers or PassOn.
struct StreamOrder {
    std::uint64_t program;
    StreamAction action;
    bool operator==(const StreamOrder&) const = default;
};

struct TurnsStep {
    StreamTurns next;
    std::vector<StreamOrder> orders;  // for the caller to perform, in this order
    bool operator==(const TurnsStep&) const = default;
};

/// At most one program streams, before and after. An Ask that the hub refuses changes nothing: its program goes on
/// waiting.
TurnsStep advanceTurns(const StreamTurns& now, std::uint64_t program, StreamEvent event, bool isDelivered);

StreamState streamStateOf(const StreamTurns& turns, std::uint64_t program);

}  // namespace ninja3cx::api
