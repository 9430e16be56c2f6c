#include "agent/call_tracking/tracked_calls.hpp"

#include "agent/call_tracking/caller.hpp"

#include <algorithm>

namespace ninja3cx::agent {
namespace {

using protocol::CallState;
using protocol::Direction;

constexpr std::size_t kMomentsKept = 8;

bool mayBeDirection(Direction one, const std::optional<Direction>& other) {
    return !other || one == *other || one == Direction::Internal || *other == Direction::Internal;
}

}  // namespace

const char* nameOf(Source source) {
    switch (source) {
        case Source::Server:
            return "server";
        case Source::Softphone:
            return "softphone";
        case Source::ContactUrl:
            return "contactUrl";
        case Source::Ring:
            return "ring";
        case Source::Manual:
            return "manual";
        case Source::PhoneAudio:
            return "phoneAudio";
    }
    return "";
}

bool isHook(Source source) {
    return source == Source::ContactUrl || source == Source::Ring;
}

void CallEntry::noteHeard(SteadyTime at) {
    heardAt.push_back(at);
    if (heardAt.size() > kMomentsKept) heardAt.erase(heardAt.begin());
}

bool CallEntry::takeDetails(const Observation& seen) {
    const TrackedCall before = call;
    const bool isFirst = call.number.empty();
    // The other party may change while a call goes on (transfers, conferences); a customer who was known stays the
    // call's customer when a colleague comes in.
    const bool isOther = seen.source == numberFrom && numberKey(seen.number) != numberKey(call.number) &&
                         (isInternalNumber(call.number) || !isInternalNumber(seen.number));
    if (!seen.number.empty() && (isFirst || isOther)) {
        call.number = seen.number;
        numberFrom = seen.source;
        if (!isFirst || !seen.name.empty()) call.name = seen.name;
    } else if (call.name.empty() &&
               (seen.number.empty() || numberKey(seen.number) == numberKey(call.number))) {
        call.name = seen.name;
    }
    if (seen.source == Source::Server && seen.direction)
        call.direction = *seen.direction;
    else if (!ids.contains(Source::Server))
        call.direction = directionBy(seen);
    return call.number != before.number || call.name != before.name || call.direction != before.direction;
}

Direction CallEntry::directionBy(const Observation& seen) const {
    if (isInternalNumber(call.number)) return Direction::Internal;
    if (seen.direction) return *seen.direction;
    return call.direction == Direction::Internal ? Direction::Inbound : call.direction;
}

void CallEntry::noteSource(const Observation& seen) {
    noteHeard(seen.at);
    ids[seen.source] = seen.sourceId;
    const bool hasEnded = protocol::isOver(seen.state);
    if (seen.source == Source::Softphone) {
        isOnSoftphone = !hasEnded;
        softphoneLostAt.reset();
    }
    // What this program reported comes back from the server, and proves nothing.
    if (seen.source == Source::Server && !hasEnded && !reported.contains(seen.state)) isSeenByServer = true;
}

bool isSameCall(const CallEntry& entry, const Observation& seen, std::chrono::milliseconds within) {
    const bool isKnownSource = entry.ids.contains(seen.source);
    if (isKnownSource && !isHook(seen.source)) return false;  // it has another id for this one
    const bool isGuess = entry.call.source == Source::Manual;
    if (!isGuess && !mayBeDirection(entry.call.direction, seen.direction)) return false;
    const std::string ours = numberKey(entry.call.number);
    const std::string theirs = numberKey(seen.number);
    const bool isNumberKnown = !ours.empty() && !theirs.empty();
    if (isNumberKnown && ours != theirs) return false;
    const bool isNear = std::ranges::any_of(
        entry.heardAt, [&](SteadyTime at) { return std::chrono::abs(seen.at - at) <= within; });
    // A source that was away finds the calls that go on.
    const bool isFoundAgain = isNumberKnown && !isHook(seen.source) && !entry.isOver() &&
                              isConnected(entry.call.state) && isConnected(seen.state);
    return isNear || isFoundAgain;
}

}  // namespace ninja3cx::agent
