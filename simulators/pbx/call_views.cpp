/// Calls as XAPI and the simulator's state show them.
#include "simulators/pbx/switchboard.hpp"

namespace ninja3cx::simulators {
namespace {

boost::json::value timeOrNull(const std::optional<SystemTime>& time) {
    if (!time) return nullptr;
    return boost::json::value(toIso8601(*time));
}
boost::json::value textOrNull(const std::optional<std::string>& text) {
    if (!text) return nullptr;
    return boost::json::value(*text);
}

/// As XAPI says it.
const char* statusOf(const std::string& state) {
    if (state == "ringing") return "Routing";
    if (state == "dialing") return "Dialing";
    return state == "waiting" || state == "parked" ? "Transferring" : "Talking";
}

}  // namespace

boost::json::array Switchboard::activeCalls() const {
    boost::json::array rows;
    for (const Call& call : calls_) {
        if (call.state == "ended") continue;
        const CallScript& script = call.script;
        std::string here = site_.displayOf(call.answeredBy.empty() ? script.extension : call.answeredBy);
        if (call.state == "waiting") here = site_.displayOf(script.queueDn);
        if (call.state == "parked") here = "SP0 Parking";
        const std::string there = script.direction == "internal"
                                      ? site_.displayOf(script.callerNumber)
                                      : site_.trunk + " Trunk (" + script.callerNumber + ")";
        const bool isOutbound = script.direction == "outbound";
        rows.push_back({{"Id", call.callId},
                        {"Caller", isOutbound ? here : there},
                        {"Callee", isOutbound ? there : here},
                        {"Status", statusOf(call.state)},
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
        boost::json::array holds;
        for (const Hold& hold : call.holds)
            holds.push_back({{"fromS", hold.fromS},
                             {"toS", hold.toS ? boost::json::value(*hold.toS) : boost::json::value{}}});
        all.push_back({{"key", call.key},
                       {"name", textOrNull(script.name)},
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
                       {"audio", textOrNull(script.audio)},
                       {"holdMusic", textOrNull(script.holdMusic)},
                       {"holds", std::move(holds)},
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
