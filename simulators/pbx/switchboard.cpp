#include "simulators/pbx/switchboard.hpp"

#include <algorithm>

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;

constexpr auto kHangUp = 20ms;        // from the hang-up to the Remove
constexpr auto kStopsRinging = 10ms;  // the other phones, after one has answered
constexpr auto kTransferRings = 2000ms;
constexpr auto kChatter = 750ms;

}  // namespace

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
    const ExtensionSetup* extension = site_.findExtension(dn);
    const bool isThere = extension && users_.isRegistered(dn);
    const int count = isThere ? extension->devices.value_or(profile_.devices) : 0;
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

void Switchboard::later(double s, const Call& call, std::function<void(Call&)> action) {
    timeline_.after(seconds(s), [this, key = call.key, action = std::move(action)] {
        if (Call* still = live(key)) action(*still);
    });
}

Switchboard::Call* Switchboard::findCall(int key) {
    const auto found =
        std::find_if(calls_.begin(), calls_.end(), [&](const Call& call) { return call.key == key; });
    return found == calls_.end() ? nullptr : &*found;
}

Switchboard::Call* Switchboard::live(int key) {
    Call* call = findCall(key);
    return call && call->state != "ended" ? call : nullptr;
}

Switchboard::Call* Switchboard::callOfLeg(int legId) {
    const auto found = callOf_.find(legId);
    return found == callOf_.end() ? nullptr : live(found->second);
}

Participant* Switchboard::legOf(const Call& call, const std::string& dn, const std::string& status) {
    for (auto& [id, leg] : legs_)
        if (callOf_.at(id) == call.key && leg.dn == dn && leg.status == status) return &leg;
    return nullptr;
}

void Switchboard::change(Call& call, const std::string& state) {
    call.state = state;
    call.changedAt = clock_.now();
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
    leg.partyCallerName = isInternal ? site_.nameOf(leg.partyDn) : script.callerName;
    const ExtensionSetup* own = site_.findExtension(dn);
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
    return legs_[leg.id] = std::move(leg);
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
    if (Call* call = callOfLeg(leg.id)) noteSegment(*call, leg);
    if (watcher_) watcher_(leg, false);
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
    call.answeredBy = legs_.at(legId).dn;
    change(call, "talking");
    if (isFirst) {
        call.answeredAt = call.changedAt;
        call.answeredSteady = timeline_.now();
    }
    std::vector<int> leaving;
    for (auto& [id, leg] : legs_) {
        if (callOf_.at(id) != call.key) continue;
        if (id == legId || leg.status == "Dialing") {
            leg.status = "Connected";
            upsert(leg);
        } else if (leg.status == "Ringing" || site_.findQueue(leg.dn)) {
            leaving.push_back(id);
        }
    }
    for (const int id : leaving) timeline_.after(kStopsRinging, [this, id] { removeLeg(id); });
    if (isFirst) scheduleTalk(call);
}

void Switchboard::moveTo(Call& call, int fromLeg, const std::string& destination, bool isTransfer) {
    const std::string from = legs_.at(fromLeg).dn;
    removeLegsOf(call, from);                 // a diverted extension stops ringing on all its phones
    if (!site_.findExtension(destination)) {  // leaves the PBX: nobody we watch takes part any more
        finishIfEmpty(call, "transferred");
        return;
    }
    change(call, "ringing");
    ring(call, destination, isTransfer ? from : "", "");
    timeline_.after(kTransferRings, [this, key = call.key, destination] {
        Call* ringing = live(key);
        if (!ringing || ringing->state != "ringing") return;
        if (const Participant* leg = legOf(*ringing, destination, "Ringing")) connect(*ringing, leg->id);
    });
}

void Switchboard::removeLeg(int legId) {
    const auto found = legs_.find(legId);
    if (found == legs_.end()) return;
    const Participant gone = found->second;
    Call* call = findCall(callOf_.at(legId));
    legs_.erase(found);
    callOf_.erase(legId);
    const bool hasOthers = std::any_of(legs_.begin(), legs_.end(), [&](const auto& entry) {
        return entry.second.dn == gone.dn && call && callOf_.at(entry.first) == call->key;
    });
    if (call && !hasOthers) closeSegment(*call, gone.dn);
    if (watcher_) watcher_(gone, true);
    if (isMonitored(gone.dn)) feed_.event(1, entityOf(gone));
}

void Switchboard::removeLegsOf(Call& call) {
    std::vector<int> ids;
    for (const auto& [id, key] : callOf_)
        if (key == call.key) ids.push_back(id);
    for (const int id : ids) removeLeg(id);
}

void Switchboard::removeLegsOf(Call& call, const std::string& dn) {
    std::vector<int> ids;
    for (const auto& [id, leg] : legs_)
        if (callOf_.at(id) == call.key && leg.dn == dn) ids.push_back(id);
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

bool Switchboard::hasLegs(const Call& call) const {
    return std::any_of(callOf_.begin(), callOf_.end(),
                       [&](const auto& entry) { return entry.second == call.key; });
}

void Switchboard::finishIfEmpty(Call& call, const std::string& outcome) {
    if (hasLegs(call)) return;
    call.outcome = outcome;
    call.endedAt = clock_.now();
    change(call, "ended");
}

void Switchboard::restart() {
    if (watcher_)
        for (const auto& [id, leg] : legs_) watcher_(leg, true);
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

void Switchboard::noteSegment(Call& call, const Participant& leg) {
    if (call.script.direction == "internal" && leg.dn == call.script.callerNumber) return;
    const auto [place, isNew] = call.segments.try_emplace(leg.dn);
    Segment& segment = place->second;
    if (isNew) {
        segment.number = ++call.lastSegment;
        segment.startedAt = clock_.now();
    }
    if (leg.status != "Connected" || segment.answeredAt || site_.findQueue(leg.dn)) return;
    segment.answeredAt = clock_.now();
    segment.answeredSteady = timeline_.now();
}

void Switchboard::closeSegment(Call& call, const std::string& dn) {
    const auto open = call.segments.extract(dn);
    if (open.empty()) return;
    const Segment& segment = open.mapped();
    const CallScript& script = call.script;
    const bool isQueue = site_.findQueue(dn) != nullptr;
    const CallParty own{dn, isQueue ? CallParty::Kind::Queue : CallParty::Kind::Extension, dn,
                        site_.nameOf(dn), script.direction == "inbound" ? script.did : ""};
    CallParty other{site_.trunk, CallParty::Kind::ExternalLine, script.callerNumber, script.callerName, ""};
    if (script.direction == "internal")
        other = {script.callerNumber, CallParty::Kind::Extension, script.callerNumber,
                 site_.nameOf(script.callerNumber), ""};
    const bool isOutbound = script.direction == "outbound";
    CallSegment over{call.key,
                     call.callId,
                     segment.number,
                     script.direction,
                     isOutbound ? own : other,
                     isOutbound ? other : own,
                     segment.startedAt,
                     segment.answeredAt,
                     clock_.now(),
                     call.state == "ended" ? call.outcome : "continued elsewhere"};
    if (segment.answeredAt) {
        over.audioFromS = timeline_.scriptSeconds(call.answeredSteady, segment.answeredSteady);
        over.talkedS = timeline_.scriptSeconds(segment.answeredSteady, timeline_.now());
    }
    history_.add(over);
    if (!script.isRecorded || !segment.answeredAt) return;
    timeline_.after(seconds(script.recordingDelayS),
                    [this, over, script] { history_.addRecording(over, script); });
}

}  // namespace ninja3cx::simulators
