/// The scripts of calls.
#include "simulators/pbx/switchboard.hpp"

namespace ninja3cx::simulators {
namespace {

constexpr std::size_t kMostCallsKept = 500;
constexpr double kQueueTriesAgainS = 5;
constexpr double kLongestPatienceS = 600;  // of a caller in a queue
constexpr double kColleagueRingsS = 2;
constexpr double kConsultationOutlastsS = 30;  // when the customer has gone meanwhile
constexpr const char* kConference = "700";
constexpr const char* kParking = "SP0";

}  // namespace

void Switchboard::play(const CallScript& script) {
    timeline_.after(seconds(script.at), [this, script] { start(script); });
}

Switchboard::Call& Switchboard::start(const CallScript& script) {
    while (calls_.size() >= kMostCallsKept && calls_.front().state == "ended") calls_.pop_front();
    Call& call = calls_.emplace_back();
    call.key = ++lastKey_;
    call.callId = ++lastCallId_;
    call.script = script;
    call.startedAt = call.changedAt = clock_.now();
    if (script.variant == "queue") {
        beginQueue(call);
        return call;
    }
    if (script.direction != "inbound") {
        call.lastLegId = 0;
        const bool isOutbound = script.direction == "outbound";
        if (isOutbound) call.state = "dialing";
        const std::string& caller = isOutbound ? script.extension : script.callerNumber;
        const auto devices = devicesOf(caller);
        upsert(addLeg(call, caller, "Dialing", devices.empty() ? "" : devices.front().id));
    }
    if (script.direction != "outbound") ring(call, script.extension, "", "");
    later(script.ringS, call, [this](Call& ringing) { answerByScript(ringing); });
    return call;
}

void Switchboard::answerByScript(Call& call) {
    if (call.answeredAt) return;
    const CallScript& script = call.script;
    if (script.variant == "missed" || script.variant == "rejected") return hangUp(call, script.variant);
    const char* status = script.direction == "outbound" ? "Dialing" : "Ringing";
    if (const Participant* leg = legOf(call, script.extension, status)) return connect(call, leg->id);
    if (!hasLegs(call) || script.direction == "internal") hangUp(call, "missed");  // no phone rang
}

void Switchboard::beginQueue(Call& call) {
    const CallScript& script = call.script;
    upsert(addLeg(call, script.queueDn, "Connected", ""));
    change(call, "waiting");
    if (script.waitS > 0)
        later(script.waitS, call, [this](Call& waiting) { ringMembers(waiting); });
    else
        ringMembers(call);
    later(script.givesUpAfterS.value_or(script.waitS + kLongestPatienceS), call, [this](Call& waiting) {
        if (!waiting.answeredAt) hangUp(waiting, "abandoned");
    });
}

void Switchboard::ringMembers(Call& call) {
    if (call.state != "waiting") return;
    for (const std::string& member : call.script.members) {
        if (!users_.isLoggedIn(member) || devicesOf(member).empty()) continue;
        ring(call, member, "", call.script.queueDn);
        call.state = "ringing";
    }
    if (call.state == "waiting") {
        later(kQueueTriesAgainS, call, [this](Call& waiting) { ringMembers(waiting); });
        return;
    }
    change(call, "ringing");
    later(call.script.ringS, call, [this](Call& ringing) { answerQueue(ringing); });
}

void Switchboard::answerQueue(Call& call) {
    if (call.state != "ringing" || call.answeredAt) return;
    if (const Participant* leg = legOf(call, call.script.extension, "Ringing")) return connect(call, leg->id);
    for (const std::string& member : call.script.members) removeLegsOf(call, member);
    change(call, "waiting");
    later(kQueueTriesAgainS, call, [this](Call& waiting) { ringMembers(waiting); });
}

void Switchboard::scheduleTalk(Call& call) {
    later(call.script.durationS, call, [this](Call& talking) { hangUp(talking, "answered"); });
    scheduleVariant(call);
}

void Switchboard::scheduleVariant(Call& call) {
    const CallScript& script = call.script;
    if (script.variant == "hold") {
        later(script.holdAtS, call, [this](Call& talking) { hold(talking, true); });
        later(script.holdAtS + script.holdForS, call, [this](Call& held) { hold(held, false); });
    } else if (script.variant == "transfer") {
        later(script.transferAtS, call, [this](Call& talking) {
            const Participant* leg = legOf(talking, talking.script.extension, "Connected");
            if (leg) moveTo(talking, leg->id, talking.script.transferTo, true);
        });
    } else if (script.variant == "attended-transfer" || script.variant == "consultation") {
        later(script.transferAtS, call, [this](Call& talking) { consult(talking); });
    } else if (script.variant == "conference") {
        later(script.conferenceAtS, call, [this](Call& talking) { startConference(talking); });
    } else if (script.variant == "park") {
        later(script.parkAtS, call, [this](Call& talking) { park(talking); });
    }
}

void Switchboard::hold(Call& call, bool isHeld) {
    if (isHeld == (call.state == "held")) return;
    change(call, isHeld ? "held" : "talking");
    const double atS = timeline_.scriptSeconds(call.answeredSteady, timeline_.now());
    if (isHeld)
        call.holds.push_back({atS, std::nullopt});
    else
        call.holds.back().toS = atS;
    if (profile_.hold == "silent") return;
    for (auto& [id, leg] : legs_) {
        if (callOf_.at(id) != call.key || leg.dn != call.answeredBy) continue;
        if (profile_.hold == "status-held") leg.status = isHeld ? "Held" : "Connected";
        upsert(leg);
    }
}

/// The extension puts the customer on hold and calls a colleague.
void Switchboard::consult(Call& call) {
    const CallScript& script = call.script;
    hold(call, true);
    CallScript inquiry;
    if (script.name) inquiry.name = *script.name + " (consultation)";
    inquiry.extension = script.transferTo;
    inquiry.callerNumber = script.extension;
    inquiry.direction = "internal";
    inquiry.ringS = kColleagueRingsS;
    inquiry.durationS = script.consultForS + kConsultationOutlastsS;
    const int inquiryKey = start(inquiry).key;
    later(kColleagueRingsS + script.consultForS, call,
          [this, inquiryKey](Call& held) { endConsultation(held, inquiryKey); });
}

void Switchboard::endConsultation(Call& call, int consultationKey) {
    Call* inquiry = live(consultationKey);
    const Participant* own = nullptr;
    for (const auto& [id, leg] : legs_)
        if (callOf_.at(id) == call.key && leg.dn == call.script.extension) own = &leg;
    Participant* colleague = inquiry ? legOf(*inquiry, call.script.transferTo, "Connected") : nullptr;
    if (!own || !colleague || call.script.variant == "consultation") {  // back to the customer
        if (inquiry) hangUp(*inquiry, "answered");
        hold(call, false);
        return;
    }
    const Participant customer = *own;
    hold(call, false);
    removeLegsOf(call, call.script.extension);
    removeLegsOf(*inquiry, call.script.extension);
    closeSegment(*inquiry, colleague->dn);
    if (call.script.consultCallId == "joins")
        colleague->callId = call.callId;
    else
        call.callId = inquiry->callId;
    callOf_[colleague->id] = call.key;
    colleague->partyDn = customer.partyDn;
    colleague->partyDnType = customer.partyDnType;
    colleague->partyCallerId = customer.partyCallerId;
    colleague->partyCallerName = customer.partyCallerName;
    colleague->partyDid = customer.partyDid;
    colleague->referredByDn = call.script.extension;
    colleague->referredByType = "Wextension";
    call.answeredBy = colleague->dn;
    change(call, "talking");
    upsert(*colleague);
    finishIfEmpty(*inquiry, "transferred");
}

/// A colleague joins; from then on everybody's party is the conference.
void Switchboard::startConference(Call& call) {
    ring(call, call.script.conferenceWith, "", "");
    later(kColleagueRingsS, call, [this](Call& talking) {
        Participant* joining = legOf(talking, talking.script.conferenceWith, "Ringing");
        if (!joining) return;
        joining->status = "Connected";
        std::vector<int> otherPhones;
        for (auto& [id, leg] : legs_) {
            if (callOf_.at(id) != talking.key) continue;
            if (leg.status == "Ringing") {
                otherPhones.push_back(id);
                continue;
            }
            leg.partyDn = leg.partyCallerId = kConference;
            leg.partyCallerName = "Conference";
            leg.partyDnType = "Wconference";
            upsert(leg);
        }
        for (const int id : otherPhones) removeLeg(id);
    });
}

void Switchboard::park(Call& call) {
    change(call, "parked");
    removeLegsOf(call, call.script.extension);
    later(call.script.parkForS, call, [this](Call& parked) {
        const std::string& by = parked.script.pickedUpBy;
        const auto devices = devicesOf(by);
        if (devices.empty()) return hangUp(parked, "abandoned");
        Participant& leg = addLeg(parked, by, "Connected", devices.front().id);
        leg.originatedByDn = kParking;
        leg.originatedByType = "Wparking";
        parked.answeredBy = by;
        change(parked, "talking");
        upsert(leg);
    });
}

}  // namespace ninja3cx::simulators
