#include "simulators/pbx/participant.hpp"

namespace ninja3cx::simulators {
namespace {

std::string pascal(std::string_view key) {
    std::string out;
    bool isStart = true;
    for (const char c : key) {
        if (c == '_') {
            isStart = true;
            continue;
        }
        out.push_back(isStart && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        isStart = false;
    }
    return out;
}

bool isId(std::string_view key) {
    return key == "id" || key == "callid" || key == "legid";
}

}  // namespace

std::string entityOf(const Participant& leg) {
    return "/callcontrol/" + leg.dn + "/participants/" + std::to_string(leg.id);
}

boost::json::object participantJson(const Participant& leg) {
    return {{"id", leg.id},
            {"status", leg.status},
            {"dn", leg.dn},
            {"party_caller_name", leg.partyCallerName},
            {"party_dn", leg.partyDn},
            {"party_caller_id", leg.partyCallerId},
            {"party_did", leg.partyDid},
            {"device_id", leg.deviceId},
            {"party_dn_type", leg.partyDnType},
            {"direct_control", leg.directControl},
            {"originated_by_dn", leg.originatedByDn},
            {"originated_by_type", leg.originatedByType},
            {"referred_by_dn", leg.referredByDn},
            {"referred_by_type", leg.referredByType},
            {"on_behalf_of_dn", ""},
            {"on_behalf_of_type", "None"},
            {"callid", leg.callId},
            {"legid", leg.legId}};
}

boost::json::value inProfile(const boost::json::value& body, const Profile& profile, bool hasOddities) {
    if (body.is_array()) {
        boost::json::array out;
        for (const auto& item : body.get_array()) out.push_back(inProfile(item, profile, hasOddities));
        return out;
    }
    if (!body.is_object()) return body;
    boost::json::object out;
    for (const auto& [key, value] : body.get_object()) {
        boost::json::value next = inProfile(value, profile, hasOddities);
        if (profile.ids == "string" && isId(key) && next.is_int64()) next = std::to_string(next.get_int64());
        if (hasOddities && next.is_string() && next.get_string().empty()) next = nullptr;
        out[profile.keyCase == "pascal" ? pascal(key) : std::string{key}] = std::move(next);
    }
    if (hasOddities) out["x_new_in_this_build"] = {{"nested", true}};
    return out;
}

}  // namespace ninja3cx::simulators
