#include "simulators/pbx/switchboard.hpp"

#include <algorithm>

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto kHangUp = 20ms;        // from the hang-up to the Remove
constexpr auto kStopsRinging = 10ms;  // the other phones, after one has answered
constexpr auto kTransferRings = 2000ms;
constexpr auto kChatter = 750ms;
constexpr std::size_t kMostCallsKept = 500;
constexpr double kMadeCallTalksS = 30;

boost::json::value timeOrNull(const std::optional<SystemTime>& time) {
    if (!time) return nullptr;
    return boost::json::value(toIso8601(*time));
}

}  // namespace

const ExtensionSetup* Switchboard::findExtension(const std::string& number) const {
    const auto found =
        std::find_if(site_.extensions.begin(), site_.extensions.end(),
                     [&](const ExtensionSetup& extension) { return extension.number == number; });
    return found == site_.extensions.end() ? nullptr : &*found;
}

bool Switchboard::isMonitored(const std::string& dn) const {
    if (dn == site_.clientId) return true;
    return !unmonitored_.contains(dn) &&
           std::find(site_.monitored.begin(), site_.monitored.end(), dn) != site_.monitored.end();
}

void Switchboard::setUnmonitored(const std::string& dn, bool isUnmonitored) {
    if (isUnmonitored)
        unmonitored_.insert(dn);
    else
        unmonitored_.erase(dn);
}

std::vector<Phone> Switchboard::devicesOf(const std::string& dn) const {
    if (dn == site_.clientId) return {{dn, "sip:" + dn + "@127.0.0.1:5488", "3CX Route Point"}};
    std::vector<Phone> devices;
    const ExtensionSetup* extension = findExtension(dn);
    const int count = extension ? extension->devices.value_or(profile_.devices) : 0;
    for (int i = 1; i <= count; ++i)
        devices.push_back(
            {dn, "sip:" + dn + "@127.0.0.1:" + std::to_string(5482 + i) + ";rinstance=a" + std::to_string(i),
             i == 1 ? "3CX Softphone 20.0" : "Desk phone"});
    return devices;
}

std::vector<Participant> Switchboard::legsOf(const std::string& dn) const {
    std::vector<Participant> legs;
    for (const auto& [id, leg] : legs_)
        if (leg.dn == dn) legs.push_back(leg);
    return legs;
}

const Participant* Switchboard::findLeg(int id) const {
    const auto found = legs_.find(id);
    return found == legs_.end() ? nullptr : &found->second;
}

void Switchboard::play(const CallScript& script) {
    timeline_.after(seconds(script.at), [this, script] { start(script); });
}

Switchboard::Call* Switchboard::live(int key) {
    for (Call& call : calls_)
        if (call.key == key && call.state != "ended") return &call;
    return nullptr;
}

Switchboard::Call* Switchboard::callOfLeg(int legId) {
    const auto found = callOf_.find(legId);
    return found == callOf_.end() ? nullptr : live(found->second);
}

void Switchboard::change(Call& call, const std::string& state) {
    call.state = state;
    call.changedAt = clock_.now();
}

void Switchboard::start(const CallScript& script) {
    while (calls_.size() >= kMostCallsKept && calls_.front().state == "ended") calls_.pop_front();
    Call& call = calls_.emplace_back();
    call.key = ++lastKey_;
    call.callId = ++lastCallId_;
    call.script = script;
    call.startedAt = call.changedAt = clock_.now();
    const int key = call.key;
    if (script.direction == "outbound") {
        call.lastLegId = 0;
        call.state = "dialing";
        const auto devices = devicesOf(script.extension);
        addLeg(call, script.extension, "Dialing", devices.empty() ? "" : devices.front().id);
    } else if (script.direction == "internal") {
        call.lastLegId = 0;
        const auto devices = devicesOf(script.callerNumber);
        addLeg(call, script.callerNumber, "Dialing", devices.empty() ? "" : devices.front().id);
        ring(call, script.extension, "", "");
    } else if (script.variant == "queue") {
        for (const std::string& member : script.members) ring(call, member, "", script.queueDn);
    } else {
        ring(call, script.extension, "", "");
    }
    const bool isAnswered = script.variant != "missed" && script.variant != "rejected";
    timeline_.after(seconds(script.ringS), [this, key, isAnswered] {
        Call* ringing = live(key);
        if (!ringing || ringing->answeredAt) return;
        if (!isAnswered) return hangUp(*ringing, ringing->script.variant);
        for (const auto& [id, leg] : legs_) {
            const bool mayAnswer = leg.status == "Ringing" ||
                                   (leg.status == "Dialing" && ringing->script.direction == "outbound");
            if (callOf_.at(id) == key && leg.dn == ringing->script.extension && mayAnswer)
                return connect(*ringing, id);
        }
    });
}

Participant& Switchboard::addLeg(Call& call, const std::string& dn, const std::string& status,
                                 const std::string& deviceId) {
    const CallScript& script = call.script;
    const bool isInternal = script.direction == "internal";
    const bool isCaller = isInternal && dn == script.callerNumber;
    Participant leg;
    leg.id = ++lastLeg_;
    leg.status = status;
    leg.dn = dn;
    leg.deviceId = deviceId;
    leg.callId = call.callId;
    leg.legId = ++call.lastLegId;
    leg.partyDn = isInternal ? (isCaller ? script.extension : script.callerNumber) : site_.trunk;
    leg.partyCallerId = isInternal ? leg.partyDn : script.callerNumber;
    leg.partyDnType = isInternal ? "Wextension" : "Wexternalline";
    leg.partyDid = script.direction == "inbound" ? script.did : "";
    const ExtensionSetup* party = isInternal ? findExtension(leg.partyDn) : nullptr;
    leg.partyCallerName = party ? party->firstName + " " + party->lastName : script.callerName;
    const ExtensionSetup* own = findExtension(dn);
    leg.directControl = dn == site_.clientId || (own && own->directControl);
    if (script.direction == "inbound") {
        leg.originatedByDn = "ROUTER";
        leg.originatedByType = "Wroutepoint";
    } else if (isInternal && !isCaller) {
        leg.originatedByDn = script.callerNumber;
        leg.originatedByType = "Wextension";
    }
    callOf_[leg.id] = call.key;
    if (profile_.chatter) timeline_.after(kChatter, [this, id = leg.id] { chatter(id); });
    Participant& stored = legs_[leg.id] = std::move(leg);
    if (status == "Dialing") upsert(stored);
    return stored;
}

void Switchboard::ring(Call& call, const std::string& dn, const std::string& referredBy,
                       const std::string& queue) {
    for (const Phone& device : devicesOf(dn)) {
        Participant& leg = addLeg(call, dn, "Ringing", device.id);
        if (!referredBy.empty()) {
            leg.referredByDn = referredBy;
            leg.referredByType = "Wextension";
        }
        if (!queue.empty()) {
            leg.originatedByDn = queue;
            leg.originatedByType = "Wqueue";
        }
        upsert(leg);
    }
}

void Switchboard::upsert(const Participant& leg) {
    if (isMonitored(leg.dn)) feed_.event(0, entityOf(leg));
}

void Switchboard::chatter(int legId) {
    const Participant* leg = findLeg(legId);
    if (!leg || !profile_.chatter) return;
    if (isMonitored(leg->dn)) feed_.event(0, entityOf(*leg));
    timeline_.after(kChatter, [this, legId] { chatter(legId); });
}

void Switchboard::connect(Call& call, int legId) {
    const bool isFirst = !call.answeredAt;
    Participant& answered = legs_.at(legId);
    call.answeredBy = answered.dn;
    change(call, "talking");
    if (isFirst) call.answeredAt = call.changedAt;
    std::vector<int> ringing;
    for (auto& [id, leg] : legs_) {
        if (callOf_.at(id) != call.key) continue;
        if (id == legId || leg.status == "Dialing")
            leg.status = "Connected";
        else if (leg.status == "Ringing")
            ringing.push_back(id);
        else
            continue;
        if (leg.status == "Connected") upsert(leg);
    }
    for (const int id : ringing) timeline_.after(kStopsRinging, [this, id] { removeLeg(id); });
    if (isFirst) scheduleTalk(call);
}

void Switchboard::scheduleTalk(Call& call) {
    const int key = call.key;
    const CallScript& script = call.script;
    timeline_.after(seconds(script.durationS), [this, key] {
        if (Call* talking = live(key)) hangUp(*talking, "answered");
    });
    if (script.variant == "hold") {
        timeline_.after(seconds(script.holdAtS), [this, key] {
            if (Call* talking = live(key)) hold(*talking, true);
        });
        timeline_.after(seconds(script.holdAtS + script.holdForS), [this, key] {
            if (Call* held = live(key)) hold(*held, false);
        });
    }
    if (script.variant == "transfer") {
        timeline_.after(seconds(script.transferAtS), [this, key] {
            Call* talking = live(key);
            if (!talking) return;
            for (const auto& [id, leg] : legs_)
                if (callOf_.at(id) == key && leg.dn == talking->script.extension && leg.status == "Connected")
                    return moveTo(*talking, id, talking->script.transferTo, true);
        });
    }
}

void Switchboard::hold(Call& call, bool isHeld) {
    change(call, isHeld ? "held" : "talking");
    if (profile_.hold == "silent") return;
    for (auto& [id, leg] : legs_) {
        if (callOf_.at(id) != call.key || leg.dn != call.answeredBy) continue;
        if (profile_.hold == "status-held") leg.status = isHeld ? "Held" : "Connected";
        upsert(leg);
    }
}

void Switchboard::moveTo(Call& call, int fromLeg, const std::string& destination, bool isTransfer) {
    const std::string from = legs_.at(fromLeg).dn;
    const int key = call.key;
    std::vector<int> old;  // a diverted extension stops ringing on all its phones
    for (const auto& [id, leg] : legs_)
        if (callOf_.at(id) == key && leg.dn == from) old.push_back(id);
    for (const int id : old) removeLeg(id);
    if (!findExtension(destination)) {  // leaves the PBX: nobody we watch takes part any more
        finishIfEmpty(call, "transferred");
        return;
    }
    change(call, "ringing");
    ring(call, destination, isTransfer ? from : "", "");
    timeline_.after(kTransferRings, [this, key, destination] {
        Call* ringing = live(key);
        if (!ringing || ringing->state != "ringing") return;
        for (const auto& [id, leg] : legs_)
            if (callOf_.at(id) == key && leg.dn == destination && leg.status == "Ringing")
                return connect(*ringing, id);
    });
}

void Switchboard::removeLeg(int legId) {
    const auto found = legs_.find(legId);
    if (found == legs_.end()) return;
    const std::string entity = entityOf(found->second);
    const bool isSeen = isMonitored(found->second.dn);
    legs_.erase(found);
    callOf_.erase(legId);
    if (isSeen) feed_.event(1, entity);
}

void Switchboard::removeLegsOf(Call& call) {
    std::vector<int> ids;
    for (const auto& [id, key] : callOf_)
        if (key == call.key) ids.push_back(id);
    for (const int id : ids) removeLeg(id);
}

void Switchboard::hangUp(Call& call, const std::string& outcome) {
    timeline_.after(kHangUp, [this, key = call.key, outcome] {
        Call* ending = live(key);
        if (!ending) return;
        ending->outcome = outcome;
        ending->endedAt = clock_.now();
        change(*ending, "ended");
        removeLegsOf(*ending);
    });
}

void Switchboard::finishIfEmpty(Call& call, const std::string& outcome) {
    const bool hasLegs = std::any_of(callOf_.begin(), callOf_.end(),
                                     [&](const auto& entry) { return entry.second == call.key; });
    if (hasLegs) return;
    call.outcome = outcome;
    call.endedAt = clock_.now();
    change(call, "ended");
}

boost::system::result<Participant, ActionRefusal> Switchboard::makeCall(const std::string& dn,
                                                                        const std::string& deviceId,
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
        removeLeg(leg);
        if (!ending) return;
        const bool isOnlyRinging = !ending->answeredAt;
        if (isOnlyRinging) {
            finishIfEmpty(*ending, ending->script.direction == "outbound" ? "dropped" : "rejected");
        } else {
            removeLegsOf(*ending);
            finishIfEmpty(*ending, "dropped");
        }
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
    if (!findExtension(destination)) return ActionRefusal{422, "The destination is no extension"};
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

void Switchboard::restart() {
    legs_.clear();
    callOf_.clear();
    for (Call& call : calls_) {
        if (call.state == "ended") continue;
        call.outcome = "dropped";
        call.endedAt = clock_.now();
        change(call, "ended");
    }
    lastCallId_ = 0;
}

void Switchboard::showStatus(const std::string& status) {
    for (auto& [id, leg] : legs_) {
        if (leg.status == "Ringing" || leg.status == "Dialing") continue;
        leg.status = status;
        upsert(leg);
    }
}

boost::json::array Switchboard::activeCalls() const {
    boost::json::array rows;
    for (const Call& call : calls_) {
        if (call.state == "ended") continue;
        const auto own = [&](const std::string& number) {
            const ExtensionSetup* extension = findExtension(number);
            return extension ? number + " " + extension->firstName + " " + extension->lastName : number;
        };
        const CallScript& script = call.script;
        const std::string here = own(call.answeredBy.empty() ? script.extension : call.answeredBy);
        const std::string there = script.direction == "internal"
                                      ? own(script.callerNumber)
                                      : site_.trunk + " Trunk (" + script.callerNumber + ")";
        const bool isOutbound = script.direction == "outbound";
        const char* status = call.state == "ringing"   ? "Routing"
                             : call.state == "dialing" ? "Dialing"
                                                       : "Talking";
        rows.push_back({{"Id", call.callId},
                        {"Caller", isOutbound ? here : there},
                        {"Callee", isOutbound ? there : here},
                        {"Status", status},
                        {"LastChangeStatus", toIso8601(call.changedAt)},
                        {"EstablishedAt", toIso8601(call.startedAt)},
                        {"ServerNow", toIso8601(clock_.now())}});
    }
    return rows;
}

boost::json::array Switchboard::state() const {
    boost::json::array all;
    for (const Call& call : calls_) {
        const CallScript& script = call.script;
        boost::json::array participants;
        for (const auto& [id, key] : callOf_)
            if (key == call.key) participants.push_back(participantJson(legs_.at(id)));
        boost::json::value name = nullptr;
        if (script.name) name = *script.name;
        boost::json::value audio = nullptr;
        if (script.audio) audio = *script.audio;
        all.push_back({{"key", call.key},
                       {"name", std::move(name)},
                       {"callid", call.callId},
                       {"state", call.state},
                       {"outcome", call.outcome},
                       {"extension", script.extension},
                       {"answeredBy", call.answeredBy},
                       {"direction", script.direction},
                       {"variant", script.variant},
                       {"callerNumber", script.callerNumber},
                       {"callerName", script.callerName},
                       {"did", script.did},
                       {"audio", std::move(audio)},
                       {"durationS", script.durationS},
                       {"endsBy", script.endsBy},
                       {"startedAt", toIso8601(call.startedAt)},
                       {"answeredAt", timeOrNull(call.answeredAt)},
                       {"endedAt", timeOrNull(call.endedAt)},
                       {"participants", std::move(participants)}});
    }
    return all;
}

}  // namespace ninja3cx::simulators
