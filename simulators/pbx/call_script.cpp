#include "simulators/pbx/call_script.hpp"

#include "simulators/pbx/checks.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::simulators {
namespace {

const std::vector<const char*> kVariants{"answered", "missed",    "rejected",          "queue",
                                         "transfer", "hold",      "attended-transfer", "consultation",
                                         "park",     "conference"};

std::optional<Error> problemOfTimes(const CallScript& call) {
    if (auto e = unlessTime("at", call.at, -86'400)) return e;
    const std::pair<const char*, double> times[] = {{"ringS", call.ringS},
                                                    {"durationS", call.durationS},
                                                    {"waitS", call.waitS},
                                                    {"givesUpAfterS", call.givesUpAfterS.value_or(0)},
                                                    {"transferAtS", call.transferAtS},
                                                    {"consultForS", call.consultForS},
                                                    {"conferenceAtS", call.conferenceAtS},
                                                    {"parkAtS", call.parkAtS},
                                                    {"parkForS", call.parkForS},
                                                    {"holdAtS", call.holdAtS},
                                                    {"holdForS", call.holdForS},
                                                    {"recordingDelayS", call.recordingDelayS}};
    for (const auto& [field, s] : times)
        if (auto e = unlessTime(field, s)) return e;
    return std::nullopt;
}

/// A colleague whom the call's extension brings in.
std::optional<Error> problemOfColleague(const char* field, const std::string& number, const CallScript& call,
                                        const Site& site) {
    if (auto e = unlessExtension(field, number, site)) return e;
    if (number == call.extension) return wrong(std::string{field} + ": is the call's own extension");
    return std::nullopt;
}

std::optional<Error> problemOfParties(const CallScript& call, const Site& site) {
    if (auto e = unlessExtension("extension", call.extension, site)) return e;
    if (call.direction == "internal")
        if (auto e = unlessExtension("callerNumber", call.callerNumber, site)) return e;
    if (call.variant == "transfer" || call.variant == "attended-transfer" || call.variant == "consultation")
        if (auto e = problemOfColleague("transferTo", call.transferTo, call, site)) return e;
    if (call.variant == "conference")
        if (auto e = problemOfColleague("conferenceWith", call.conferenceWith, call, site)) return e;
    if (call.variant == "park")
        if (auto e = unlessExtension("pickedUpBy", call.pickedUpBy, site)) return e;
    if (call.variant != "queue") return std::nullopt;
    if (call.direction != "inbound") return wrong("variant: only inbound calls have a queue");
    if (!site.findQueue(call.queueDn))
        return wrong("queueDn: '" + call.queueDn + "' is no queue of the site");
    for (std::size_t i = 0; i < call.members.size(); ++i)
        if (auto e = unlessExtension("members[" + std::to_string(i) + "]", call.members[i], site)) return e;
    return std::nullopt;
}

std::optional<Error> problemOf(const CallScript& call, const Site& site) {
    if (auto e = unlessOneOf("direction", call.direction, {"inbound", "outbound", "internal"})) return e;
    if (auto e = unlessOneOf("variant", call.variant, kVariants)) return e;
    if (auto e = unlessOneOf("endsBy", call.endsBy, {"customer", "agent"})) return e;
    if (auto e = unlessOneOf("consultCallId", call.consultCallId, {"joins", "stays"})) return e;
    if (auto e = problemOfTimes(call)) return e;
    if (auto e = problemOfParties(call, site)) return e;
    if (call.givesUpAfterS && call.variant != "queue")
        return wrong("givesUpAfterS: only a caller in a queue gives up");
    if (call.holdMusic && call.variant != "hold") return wrong("holdMusic: only the variant 'hold' plays it");
    if (call.recordingChannels != 1 && call.recordingChannels != 2)
        return wrong("recordingChannels: must be 1 or 2");
    if (call.recordingFile && !call.isRecorded) return wrong("recordingFile: the call is not 'recorded'");
    return std::nullopt;
}

void setQueueMembers(CallScript& call, const Site& site) {
    const QueueSetup* queue = site.findQueue(call.queueDn);
    if (call.members.empty() && queue) call.members = site.membersOf(*queue);
    if (std::find(call.members.begin(), call.members.end(), call.extension) == call.members.end())
        call.members.push_back(call.extension);
}

}  // namespace

Result<CallScript> toCall(const CallFile& file, const Site& site, const AudioLookup& audio) {
    CallScript call;
    call.name = file.name;
    call.at = file.at.value_or(0);
    call.extension = file.extension;
    call.callerNumber = file.callerNumber;
    call.callerName = file.callerName.value_or("");
    call.did = file.did.value_or("");
    call.direction = file.direction.value_or(call.direction);
    call.variant = file.variant.value_or(call.variant);
    call.endsBy = file.endsBy.value_or(call.endsBy);
    call.ringS = file.ringS.value_or(call.ringS);
    std::optional<double> duration = file.durationS;
    if (file.audio) {
        const AudioInfo info = audio(*file.audio);
        call.audio = info.path;
        if (!duration) duration = info.durationS;
    }
    const bool isNeverAnswered = call.variant == "missed" || call.variant == "rejected";
    if (!duration && !isNeverAnswered)
        return wrong("durationS: is missing, and no script beside the audio tells it");
    call.durationS = duration.value_or(0);
    call.queueDn = file.queueDn.value_or(call.queueDn);
    call.members = file.members;
    if (call.variant == "queue") setQueueMembers(call, site);
    call.waitS = file.waitS.value_or(call.waitS);
    call.givesUpAfterS = file.givesUpAfterS;
    call.transferTo = file.transferTo.value_or("");
    call.transferAtS = file.transferAtS.value_or(call.transferAtS);
    call.consultForS = file.consultForS.value_or(call.consultForS);
    call.consultCallId = file.consultCallId.value_or(call.consultCallId);
    call.conferenceWith = file.conferenceWith.value_or("");
    call.conferenceAtS = file.conferenceAtS.value_or(call.conferenceAtS);
    call.parkAtS = file.parkAtS.value_or(call.parkAtS);
    call.parkForS = file.parkForS.value_or(call.parkForS);
    call.pickedUpBy = file.pickedUpBy.value_or(call.extension);
    call.holdAtS = file.holdAtS.value_or(call.durationS / 3);
    call.holdForS = file.holdForS.value_or(call.durationS / 8);
    if (file.holdMusic) call.holdMusic = audio(*file.holdMusic).path;
    call.isRecorded = file.recorded;
    call.recordingDelayS = file.recordingDelayS.value_or(call.recordingDelayS);
    call.recordingChannels = file.recordingChannels.value_or(call.recordingChannels);
    if (file.recordingFile) call.recordingFile = audio(*file.recordingFile).path;
    if (auto problem = problemOf(call, site)) return *problem;
    return call;
}

}  // namespace ninja3cx::simulators
