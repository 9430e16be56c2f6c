#include "server/api/stream_flow.hpp"

#include <algorithm>
#include <optional>

namespace ninja3cx::api {
namespace {

using enum StreamState;
using enum StreamEvent;
using enum StreamAction;

bool isWaiting(StreamState state) {
    return state == Waits || state == HadItsTurn;
}

/// It has nothing more to send. Whoever else has something says later how long the call is.
StreamStep endSaid(const StreamSituation& now) {
    if (isWaiting(now.state)) return {now.state, {}};
    if (now.others == OtherPrograms::Stream) return {HadItsTurn, {}};
    if (now.others != OtherPrograms::Wait) return {now.state, {EndAudio}};
    if (now.isDelivered) return {HadItsTurn, {}};
    return {HadItsTurn, {PassOn}};
}

OtherPrograms othersOf(const StreamTurns& turns, std::uint64_t program) {
    auto others = OtherPrograms::None;
    for (const auto& [number, state] : turns)
        if (number != program)
            others = std::max(others, state == Streams ? OtherPrograms::Stream
                                      : state == Waits ? OtherPrograms::Wait
                                                       : OtherPrograms::HadTheirTurn);
    return others;
}

std::optional<std::uint64_t> nextInTurn(const StreamTurns& turns) {
    for (const StreamState wanted : {Waits, HadItsTurn}) {
        const auto latest = std::find_if(turns.rbegin(), turns.rend(),
                                         [&](const auto& program) { return program.second == wanted; });
        if (latest != turns.rend()) return latest->first;
    }
    return std::nullopt;
}

void become(StreamTurns& turns, std::uint64_t program, StreamState state) {
    if (state == Apart)
        turns.erase(program);
    else
        turns[program] = state;
}

}  // namespace

StreamStep advanceStream(const StreamSituation& now, StreamEvent event) {
    switch (event) {
        case Asked:
            return {now.state, {now.isDelivered ? TellDelivered : Ask}};
        case Granted:
            if (now.isDelivered) break;
            return {Streams, {SupersedeOthers, TellReady}};
        case OtherGranted:
            if (now.state == Streams) return {Waits, {TellSuperseded}};
            break;
        case EndSaid:
            return endSaid(now);
        case Left:
            if (now.state == Streams && now.others != OtherPrograms::None && !now.isDelivered)
                return {Apart, {PassOn}};
            return {Apart, {}};
        case Checked:
            if (isWaiting(now.state) && now.isDelivered) return {Apart, {TellDelivered}};
            break;
        case CallGone:
            if (now.state == Streams) return {Apart, {ForgetStream}};
            return {Apart, {}};
    }
    return {now.state, {}};
}

TurnsStep advanceTurns(const StreamTurns& now, std::uint64_t program, StreamEvent event, bool isDelivered) {
    const StreamStep step =
        advanceStream({streamStateOf(now, program), othersOf(now, program), isDelivered}, event);
    TurnsStep all{now, {}};
    become(all.next, program, step.next);
    for (const StreamAction action : step.actions) {
        if (action == SupersedeOthers) {
            for (const auto& [other, state] : now) {
                if (other == program) continue;
                const StreamStep superseded =
                    advanceStream({state, OtherPrograms::Stream, isDelivered}, OtherGranted);
                become(all.next, other, superseded.next);
                for (const StreamAction told : superseded.actions) all.orders.push_back({other, told});
            }
        } else if (action == PassOn) {
            if (const auto next = nextInTurn(all.next)) all.orders.push_back({*next, Ask});
        } else {
            all.orders.push_back({program, action});
        }
    }
    return all;
}

StreamState streamStateOf(const StreamTurns& turns, std::uint64_t program) {
    const auto found = turns.find(program);
    return found == turns.end() ? Apart : found->second;
}

}  // namespace ninja3cx::api
