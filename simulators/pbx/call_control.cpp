#include "simulators/pbx/call_control.hpp"

#include "shared/json/codec.hpp"
#include "simulators/pbx/any_case.hpp"

#include <utility>

namespace ninja3cx::simulators {
namespace {

boost::json::object deviceJson(const Phone& device) {
    return {{"dn", device.dn}, {"device_id", device.id}, {"user_agent", device.userAgent}};
}

}  // namespace

CallControl::CallControl(const Site& site, const Profile& profile, Switchboard& switchboard)
    : site_(site), profile_(profile), switchboard_(switchboard) {
    addRoutes();
}

/// Unknown and unmonitored numbers never come to `handler`.
RouteTable::Handler CallControl::ofDn(std::function<Reply(const Request&, const Ids&)> handler) const {
    return [this, handler = std::move(handler)](const Request& request, const Ids& ids) {
        if (auto refusal = refusalOf(ids[0])) return *refusal;
        return handler(request, ids);
    };
}

std::optional<Reply> CallControl::refusalOf(const std::string& dn) const {
    const bool isKnown = dn == site_.clientId || site_.findExtension(dn) || site_.findQueue(dn);
    if (!isKnown) return plainReply(404);
    if (!switchboard_.isMonitored(dn)) return plainReply(403);
    return std::nullopt;
}

void CallControl::addRoutes() {
    routes_.add("GET", "/callcontrol", [this](const Request&, const Ids&) { return all(); });
    routes_.add("GET", "/callcontrol/{dn}",
                ofDn([this](const Request&, const Ids& ids) { return shown(dnJson(ids[0])); }));
    routes_.add("GET", "/callcontrol/{dn}/devices",
                ofDn([this](const Request&, const Ids& ids) { return shown(devicesJson(ids[0])); }));
    routes_.add("GET", "/callcontrol/{dn}/devices/{device}", ofDn([this](const Request&, const Ids& ids) {
                    for (const Phone& device : switchboard_.devicesOf(ids[0]))
                        if (device.id == ids[1]) return shown(deviceJson(device));
                    return plainReply(404);
                }));
    routes_.add("GET", "/callcontrol/{dn}/participants",
                ofDn([this](const Request&, const Ids& ids) { return shown(legsJson(ids[0])); }));
    routes_.add("GET", "/callcontrol/{dn}/participants/{id}", ofDn([this](const Request&, const Ids& ids) {
                    const Participant* leg = legOf(ids);
                    return leg ? shown(participantJson(*leg)) : plainReply(404);
                }));
    routes_.add("POST", "/callcontrol/{dn}/makecall", ofDn([this](const Request& request, const Ids& ids) {
                    return makeCall(request, ids[0], "");
                }));
    routes_.add(
        "POST", "/callcontrol/{dn}/devices/{device}/makecall",
        ofDn([this](const Request& request, const Ids& ids) { return makeCall(request, ids[0], ids[1]); }));
    routes_.add("GET", "/callcontrol/{dn}/participants/{id}/stream",
                ofDn([this](const Request&, const Ids& ids) { return plainReply(legOf(ids) ? 424 : 404); }));
    routes_.add("POST", "/callcontrol/{dn}/participants/{id}/{action}",
                ofDn([this](const Request& request, const Ids& ids) { return act(request, ids); }));
}

Reply CallControl::shown(const boost::json::value& body) const {
    return jsonReply(200, inProfile(body, profile_, hasOddities_));
}

boost::json::array CallControl::devicesJson(const std::string& dn) const {
    boost::json::array devices;
    for (const Phone& device : switchboard_.devicesOf(dn)) devices.push_back(deviceJson(device));
    return devices;
}

boost::json::array CallControl::legsJson(const std::string& dn) const {
    boost::json::array legs;
    for (const Participant& leg : switchboard_.legsOf(dn)) legs.push_back(participantJson(leg));
    return legs;
}

boost::json::object CallControl::dnJson(const std::string& dn) const {
    const char* type = dn == site_.clientId ? "Wroutepoint" : site_.findQueue(dn) ? "Wqueue" : "Wextension";
    return {{"dn", dn}, {"type", type}, {"devices", devicesJson(dn)}, {"participants", legsJson(dn)}};
}

const Participant* CallControl::legOf(const Ids& ids) const {
    const auto id = toInteger(ids[1]);
    const Participant* leg =
        id && std::in_range<int>(*id) ? switchboard_.findLeg(static_cast<int>(*id)) : nullptr;
    return leg && leg->dn == ids[0] ? leg : nullptr;
}

Reply CallControl::all() const {
    boost::json::array dns;
    dns.push_back(dnJson(site_.clientId));
    for (const std::string& dn : site_.monitored)
        if (switchboard_.isMonitored(dn)) dns.push_back(dnJson(dn));
    return shown(dns);
}

Reply CallControl::result(const Switchboard::Done& outcome) const {
    if (outcome)
        return shown(boost::json::object{{"finalstatus", "Success"},
                                         {"reason", "Success"},
                                         {"reasontext", ""},
                                         {"result", participantJson(*outcome)}});
    Reply reply = shown(boost::json::object{
        {"finalstatus", "Failed"}, {"reason", "InvalidState"}, {"reasontext", outcome.error().text}});
    reply.status = outcome.error().status;
    return reply;
}

Reply CallControl::makeCall(const Request& request, const std::string& dn, const std::string& device) {
    auto body = json::parse(request.body);
    if (!body || !body->is_object()) return plainReply(400);
    const std::string destination = anyCaseText(body->get_object(), "destination");
    if (destination.empty()) return plainReply(400);
    return result(switchboard_.makeCall(dn, device, destination));
}

Reply CallControl::act(const Request& request, const Ids& ids) {
    const Participant* leg = legOf(ids);
    if (!leg) return plainReply(404);
    const std::string& action = ids[2];
    if (action == "stream") return plainReply(424);
    auto body = json::parse(request.body);
    if (!body || !body->is_object()) return plainReply(400);
    if (action == "attach_participant_data" || action == "attach_party_data")
        return result(Switchboard::Done{*leg});
    return perform(leg->id, action, anyCaseText(body->get_object(), "destination"));
}

Reply CallControl::perform(int leg, const std::string& action, const std::string& destination) {
    if (action == "drop") return result(switchboard_.drop(leg));
    if (action == "answer") return result(switchboard_.answer(leg));
    if (action != "divert" && action != "routeto" && action != "transferto") return plainReply(404);
    if (destination.empty()) return plainReply(400);
    if (action == "divert") return result(switchboard_.divert(leg, destination));
    if (action == "routeto") return result(switchboard_.routeTo(leg, destination));
    return result(switchboard_.transfer(leg, destination));
}

}  // namespace ninja3cx::simulators
