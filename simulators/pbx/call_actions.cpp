/// What an API client may do to calls.
#include "simulators/pbx/switchboard.hpp"

#include <algorithm>

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto kHangUp = 20ms;  // from the hang-up to the Remove
constexpr double kMadeCallTalksS = 30;

}  // namespace

Switchboard::Done Switchboard::makeCall(const std::string& dn, const std::string& deviceId,
                                        const std::string& destination) {
    const auto devices = devicesOf(dn);
    if (devices.empty()) return ActionRefusal{422, "No device is registered"};
    const bool isKnown =
        std::any_of(devices.begin(), devices.end(), [&](const Phone& d) { return d.id == deviceId; });
    if (!deviceId.empty() && !isKnown) return ActionRefusal{404, "The device is gone"};
    CallScript script;
    script.extension = dn;
    script.callerNumber = destination;
    script.direction = "outbound";
    script.durationS = kMadeCallTalksS;
    start(script);
    Participant& leg = legs_.at(lastLeg_);
    leg.directControl = true;
    if (!deviceId.empty()) leg.deviceId = deviceId;
    return leg;
}

Switchboard::Done Switchboard::drop(int leg) {
    Call* call = callOfLeg(leg);
    if (!call) return ActionRefusal{404, "Participant not found"};
    const Participant gone = legs_.at(leg);
    timeline_.after(kHangUp, [this, leg, key = call->key] {
        Call* ending = live(key);
        if (!ending || !ending->answeredAt) {  // one phone stops ringing or dialling
            removeLeg(leg);
            if (ending)
                finishIfEmpty(*ending, ending->script.direction == "outbound" ? "dropped" : "rejected");
            return;
        }
        ending->outcome = "dropped";
        ending->endedAt = clock_.now();
        change(*ending, "ended");
        removeLegsOf(*ending);
    });
    return gone;
}

Switchboard::Done Switchboard::answer(int leg) {
    Call* call = callOfLeg(leg);
    if (!call) return ActionRefusal{404, "Participant not found"};
    if (legs_.at(leg).status != "Ringing" || !legs_.at(leg).directControl)
        return ActionRefusal{422, "Only a ringing leg under direct control can be answered"};
    connect(*call, leg);
    return legs_.at(leg);
}

Switchboard::Done Switchboard::divert(int leg, const std::string& destination) {
    Call* call = callOfLeg(leg);
    if (!call) return ActionRefusal{404, "Participant not found"};
    const Participant moved = legs_.at(leg);
    if (moved.status != "Ringing") return ActionRefusal{422, "Only a ringing leg can be diverted"};
    moveTo(*call, leg, destination, false);
    return moved;
}

Switchboard::Done Switchboard::routeTo(int leg, const std::string& destination) {
    Call* call = callOfLeg(leg);
    if (!call) return ActionRefusal{404, "Participant not found"};
    const Participant from = legs_.at(leg);
    if (!site_.findExtension(destination)) return ActionRefusal{422, "The destination is no extension"};
    if (from.status != "Ringing" && from.status != "Connected")
        return ActionRefusal{422, "Not in this state"};
    ring(*call, destination, "", "");
    return from;
}

Switchboard::Done Switchboard::transfer(int leg, const std::string& destination) {
    Call* call = callOfLeg(leg);
    if (!call) return ActionRefusal{404, "Participant not found"};
    const Participant moved = legs_.at(leg);
    if (moved.status != "Connected") return ActionRefusal{422, "Only a connected leg can be transferred"};
    moveTo(*call, leg, destination, true);
    return moved;
}

}  // namespace ninja3cx::simulators
