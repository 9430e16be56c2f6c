#include "simulators/ninja_one/directory.hpp"

#include "shared/json/codec.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace ninja3cx::simulators {
namespace {

double epochSeconds(SystemTime time) {
    return static_cast<double>(toEpochMs(time)) / 1000.0;
}

std::string queryText(const Request& request, const std::string& name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string{} : found->second;
}

std::int64_t queryNumber(const Request& request, const std::string& name, std::int64_t otherwise) {
    return toInteger(queryText(request, name)).value_or(otherwise);
}

bool contains(const std::string& text, const std::string& wanted) {
    return lowerCase(text).find(lowerCase(wanted)) != std::string::npos;
}

/// `after` and `pageSize`: rows behind the id `after`, as a bare array.
template <class T, class ToJson>
Reply page(const Request& request, const std::vector<T>& rows, ToJson toJson) {
    const std::int64_t after = queryNumber(request, "after", 0);
    const std::int64_t size = std::clamp<std::int64_t>(queryNumber(request, "pageSize", 1000), 1, 1000);
    boost::json::array out;
    for (const T& row : rows) {
        if (row.id <= after) continue;
        if (static_cast<std::int64_t>(out.size()) == size) break;
        out.push_back(toJson(row));
    }
    return jsonReply(200, out);
}

template <class T>
const T* findById(const std::vector<T>& rows, std::int64_t id) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const T& row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

template <class T>
std::vector<T> ofOrganization(const std::vector<T>& rows, std::int64_t organizationId) {
    std::vector<T> kept;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(kept),
                 [&](const T& row) { return row.organizationId == organizationId; });
    return kept;
}

boost::json::value organizationJson(const Organization& organization) {
    return {{"id", organization.id},
            {"name", organization.name},
            {"description", ""},
            {"nodeApprovalMode", "AUTOMATIC"},
            {"userData", boost::json::object{}}};
}

boost::json::value locationJson(const Location& location, bool hasOrganization) {
    boost::json::object body{
        {"id", location.id}, {"name", location.name}, {"address", ""}, {"description", ""}};
    if (hasOrganization) body["organizationId"] = location.organizationId;
    return body;
}

boost::json::value deviceJson(const Device& device, SystemTime now) {
    boost::json::object body{{"id", device.id},
                             {"uid", device.uid},
                             {"organizationId", device.organizationId},
                             {"locationId", device.locationId},
                             {"nodeClass", device.nodeClass},
                             {"offline", device.offline},
                             {"displayName", device.systemName},
                             {"systemName", device.systemName},
                             {"dnsName", lowerCase(device.systemName)},
                             {"netbiosName", device.systemName},
                             {"approvalStatus", "APPROVED"},
                             {"lastContact", epochSeconds(now) - (device.offline ? 86'400 : 30)}};
    if (device.assignedOwnerUid) body["assignedOwnerUid"] = *device.assignedOwnerUid;
    return body;
}

boost::json::value endUserJson(const EndUser& user) {
    boost::json::value body = json::encode(user);
    body.get_object()["accessibleDeviceIds"] = boost::json::array{};
    return body;
}

/// A page of a report; the cursor's name is how many rows came before the next page.
Reply report(const Request& request, const boost::json::array& rows, std::int64_t usualSize) {
    const auto size = static_cast<std::size_t>(
        std::clamp<std::int64_t>(queryNumber(request, "pageSize", usualSize), 1, 10'000));
    const auto from = static_cast<std::size_t>(std::clamp<std::int64_t>(
        queryNumber(request, "cursor", 0), 0, static_cast<std::int64_t>(rows.size())));
    const std::size_t end = std::min(from + size, rows.size());
    boost::json::object body;
    boost::json::array page;
    for (std::size_t i = from; i < end; ++i) page.push_back(rows[i]);
    if (end < rows.size())  // no cursor: that was all
        body["cursor"] = {{"name", std::to_string(end)}, {"offset", from}, {"count", end - from}};
    body["results"] = std::move(page);
    return jsonReply(200, body);
}

Reply notFound(const std::string& what) {
    return applicationError(404, what + "_not_found", "no such " + what);
}

}  // namespace

Reply applicationError(int status, const std::string& resultCode, const std::string& message) {
    return jsonReply(
        status, {{"resultCode", resultCode}, {"errorMessage", message}, {"incidentId", "SIM-" + resultCode}});
}

Reply unknownRoute() {
    return jsonReply(404, {{"resultCode", "FAILURE"}, {"errorMessage", "HTTP 404 Not Found"}});
}

const Organization* Directory::findOrganization(std::int64_t id) const {
    return findById(seed_.organizations, id);
}
const Location* Directory::findLocation(std::int64_t id) const {
    return findById(seed_.locations, id);
}
const Device* Directory::findDevice(std::int64_t id) const {
    return findById(seed_.devices, id);
}
const Technician* Directory::findTechnician(std::int64_t id) const {
    return findById(seed_.technicians, id);
}

std::optional<Person> Directory::findPerson(const std::string& uid) const {
    const auto search = [&](const auto& people, const char* kind) -> std::optional<Person> {
        for (const auto& person : people)
            if (equalIgnoringCase(person.uid, uid))
                return Person{person.id, person.uid, kind, person.firstName + " " + person.lastName};
        return std::nullopt;
    };
    if (auto found = search(seed_.contacts, "CONTACT")) return found;
    if (auto found = search(seed_.endUsers, "END_USER")) return found;
    return search(seed_.technicians, "TECHNICIAN");
}

Reply Directory::organizations(const Request& request, const Ids&) const {
    return page(request, seed_.organizations, organizationJson);
}

Reply Directory::organization(const Request&, const Ids& ids) const {
    const Organization* found = findOrganization(toInteger(ids[0]).value_or(0));
    if (!found) return notFound("organization");
    boost::json::value body = organizationJson(*found);
    boost::json::array locations;
    for (const Location& location : ofOrganization(seed_.locations, found->id))
        locations.push_back(locationJson(location, false));
    body.get_object()["locations"] = std::move(locations);
    body.get_object()["policies"] = boost::json::array{};
    body.get_object()["settings"] = boost::json::object{};
    return jsonReply(200, body);
}

Reply Directory::organizationLocations(const Request&, const Ids& ids) const {
    const Organization* found = findOrganization(toInteger(ids[0]).value_or(0));
    if (!found) return notFound("organization");
    boost::json::array out;
    for (const Location& location : ofOrganization(seed_.locations, found->id))
        out.push_back(locationJson(location, false));
    return jsonReply(200, out);
}

Reply Directory::organizationEndUsers(const Request&, const Ids& ids) const {
    const Organization* found = findOrganization(toInteger(ids[0]).value_or(0));
    if (!found) return notFound("organization");
    boost::json::array out;
    for (const EndUser& user : ofOrganization(seed_.endUsers, found->id)) out.push_back(endUserJson(user));
    return jsonReply(200, out);
}

Reply Directory::organizationCustomFields(const Request&, const Ids& ids) const {
    const Organization* found = findOrganization(toInteger(ids[0]).value_or(0));
    return found ? jsonReply(200, json::encode(found->customFields)) : notFound("organization");
}

Reply Directory::organizationDevices(const Request& request, const Ids& ids) const {
    const Organization* found = findOrganization(toInteger(ids[0]).value_or(0));
    if (!found) return notFound("organization");
    return page(request, ofOrganization(seed_.devices, found->id),
                [&](const Device& device) { return deviceJson(device, clock_.now()); });
}

Reply Directory::locations(const Request& request, const Ids&) const {
    return page(request, seed_.locations,
                [](const Location& location) { return locationJson(location, true); });
}

Reply Directory::contacts(const Request&, const Ids&) const {
    return jsonReply(200, json::encode(seed_.contacts));
}

Reply Directory::contact(const Request&, const Ids& ids) const {
    const Contact* found = findById(seed_.contacts, toInteger(ids[0]).value_or(0));
    return found ? jsonReply(200, json::encode(*found)) : notFound("contact");
}

Reply Directory::createContact(const Request& request, const Ids&) {
    struct Refusal {
        const char* field;
        std::size_t most;
    };
    auto body = json::parse(request.body);
    if (!body || !body->is_object()) return applicationError(400, "FAILURE", "invalid JSON");
    boost::json::object& fields = body->get_object();
    for (const auto& [field, most] : {Refusal{"firstName", 150}, Refusal{"lastName", 150}}) {
        const boost::json::value* value = fields.if_contains(field);
        if (!value || !value->is_string() || value->get_string().empty() || value->get_string().size() > most)
            return applicationError(400, "FAILURE", std::string{field} + " must have 1 to 150 characters");
    }
    std::array<char, 40> uid{};
    std::snprintf(uid.data(), uid.size(), "5b0c8c52-4b0e-4a86-9c3f-%012llx",
                  static_cast<unsigned long long>(random_() & 0xFFFF'FFFF'FFFFULL));
    fields["uid"] = uid.data();
    fields["id"] = seed_.contacts.empty() ? 1 : seed_.contacts.back().id + 1;
    auto contact = json::decode<Contact>(*body);
    if (!contact) return applicationError(400, "FAILURE", contact.error().detail);
    if (!findOrganization(contact->organizationId))
        return applicationError(400, "FAILURE", "organizationId is unknown");
    seed_.contacts.push_back(*contact);
    return jsonReply(200, json::encode(*contact));
}

Reply Directory::changeContact(const Request& request, const Ids& ids) {
    const auto found =
        std::find_if(seed_.contacts.begin(), seed_.contacts.end(),
                     [&](const Contact& contact) { return contact.id == toInteger(ids[0]).value_or(0); });
    if (found == seed_.contacts.end()) return notFound("contact");
    auto changes = json::parse(request.body);
    if (!changes || !changes->is_object()) return applicationError(400, "FAILURE", "invalid JSON");
    boost::json::value whole = json::encode(*found);
    for (const auto& [key, value] : changes->get_object())
        if (key != "id" && key != "uid") whole.get_object()[key] = value;
    auto changed = json::decode<Contact>(whole);
    if (!changed) return applicationError(400, "FAILURE", changed.error().detail);
    *found = std::move(*changed);
    return jsonReply(200, json::encode(*found));
}

Reply Directory::ticketingContacts(const Request&, const Ids&) const {
    boost::json::array out;
    for (const Contact& contact : seed_.contacts) {
        const Organization* organization = findOrganization(contact.organizationId);
        boost::json::value row = json::encode(contact);
        row.get_object().erase("organizationId");
        row.get_object()["clientId"] = contact.organizationId;
        row.get_object()["clientName"] = organization ? organization->name : "";
        row.get_object()["displayName"] = contact.firstName + " " + contact.lastName;
        out.push_back(std::move(row));
    }
    return jsonReply(200, out);
}

Reply Directory::appUserContacts(const Request& request, const Ids&) const {
    boost::json::array rows;
    const std::string wanted = queryText(request, "searchCriteria");
    const std::string kind = queryText(request, "userType");
    const std::int64_t clientId = queryNumber(request, "clientId", 0);
    std::int64_t naturalId = 0;
    const auto add = [&](const auto& people, const char* type, auto organizationOf) {
        for (const auto& person : people) {
            ++naturalId;
            std::string email;
            if constexpr (requires { person.email.value_or(""); })
                email = person.email.value_or("");
            else
                email = person.email;
            const int organization = organizationOf(person);
            if (!kind.empty() && kind != type) continue;
            if (clientId != 0 && organization != clientId) continue;
            if (!contains(person.firstName + " " + person.lastName + " " + email, wanted)) continue;
            if (naturalId <= queryNumber(request, "anchorNaturalId", 0)) continue;
            if (static_cast<std::int64_t>(rows.size()) >= queryNumber(request, "pageSize", 50)) continue;
            boost::json::object row{{"uid", person.uid},
                                    {"id", person.id},
                                    {"firstName", person.firstName},
                                    {"lastName", person.lastName},
                                    {"email", email},
                                    {"userType", type},
                                    {"naturalId", std::to_string(naturalId)}};
            if (organization != 0) row["clientId"] = organization;
            rows.push_back(std::move(row));
        }
    };
    add(seed_.technicians, "TECHNICIAN", [](const Technician&) { return 0; });
    add(seed_.endUsers, "END_USER", [](const EndUser& user) { return user.organizationId; });
    add(seed_.contacts, "CONTACT", [](const Contact& contact) { return contact.organizationId; });
    return jsonReply(200, rows);
}

Reply Directory::users(const Request& request, const Ids&) const {
    boost::json::array out;
    const std::string kind = queryText(request, "userType");
    if (kind.empty() || kind == "TECHNICIAN") {
        for (const Technician& technician : seed_.technicians) {
            boost::json::value row = json::encode(technician);
            row.get_object()["userType"] = "TECHNICIAN";
            out.push_back(std::move(row));
        }
    }
    if (kind.empty() || kind == "END_USER") {
        for (const EndUser& user : seed_.endUsers) {
            boost::json::value row = endUserJson(user);
            row.get_object()["userType"] = "END_USER";
            row.get_object()["deviceIds"] = json::encode(user.assignedDeviceIds);
            out.push_back(std::move(row));
        }
    }
    return jsonReply(200, out);
}

Reply Directory::endUsers(const Request&, const Ids&) const {
    boost::json::array out;
    for (const EndUser& user : seed_.endUsers) out.push_back(endUserJson(user));
    return jsonReply(200, out);
}

Reply Directory::technicians(const Request&, const Ids&) const {
    return jsonReply(200, json::encode(seed_.technicians));
}

Reply Directory::devices(const Request& request, const Ids&) const {
    std::string filter = queryText(request, "df");
    std::erase(filter, ' ');
    std::vector<Device> rows = seed_.devices;
    if (filter.starts_with("org=")) rows = ofOrganization(rows, toInteger(filter.substr(4)).value_or(0));
    return page(request, rows, [&](const Device& device) { return deviceJson(device, clock_.now()); });
}

Reply Directory::searchDevices(const Request& request, const Ids&) const {
    const std::string wanted = queryText(request, "q");
    boost::json::array rows;
    for (const Device& device : seed_.devices) {
        if (static_cast<std::int64_t>(rows.size()) >= queryNumber(request, "limit", 50)) break;
        const std::array<std::pair<const char*, std::string>, 3> searched{
            {{"systemName", device.systemName},
             {"lastUser", device.lastUser.value_or("")},
             {"ipAddress", device.ipAddress.value_or("")}}};
        for (const auto& [attribute, value] : searched) {
            if (wanted.empty() || !contains(value, wanted)) continue;
            boost::json::value row = deviceJson(device, clock_.now());
            row.get_object()["score"] = 10;
            row.get_object()["matchAttr"] = attribute;
            row.get_object()["matchAttrValue"] = value;
            rows.push_back(std::move(row));
            break;
        }
    }
    return jsonReply(200, {{"query", wanted}, {"devices", rows}});
}

Reply Directory::device(const Request&, const Ids& ids) const {
    const Device* found = findDevice(toInteger(ids[0]).value_or(0));
    if (!found) return notFound("device");
    boost::json::value body = deviceJson(*found, clock_.now());
    body.get_object()["ipAddresses"] = boost::json::array{boost::json::value(found->ipAddress.value_or(""))};
    body.get_object()["deviceType"] = found->nodeClass;
    return jsonReply(200, body);
}

Reply Directory::lastLoggedOnUser(const Request&, const Ids& ids) const {
    const Device* found = findDevice(toInteger(ids[0]).value_or(0));
    if (!found || !found->lastUser) return notFound("device");
    return jsonReply(200, {{"userName", *found->lastUser}, {"logonTime", epochSeconds(clock_.now()) - 3600}});
}

Reply Directory::loggedOnUsers(const Request& request, const Ids&) const {
    boost::json::array rows;
    for (const Device& device : seed_.devices)
        if (device.lastUser)
            rows.push_back({{"deviceId", device.id},
                            {"userName", *device.lastUser},
                            {"logonTime", epochSeconds(clock_.now()) - 3600}});
    return report(request, rows, 1000);
}

Reply Directory::deviceHealth(const Request& request, const Ids&) const {
    const std::string wanted = queryText(request, "health");
    boost::json::array rows;
    for (const Device& device : seed_.devices) {
        std::int64_t count = 0;
        bool isSevere = false;
        for (const Alert& alert : seed_.alerts) {
            if (alert.deviceId != device.id) continue;
            ++count;
            isSevere |= alert.severity == "MAJOR" || alert.severity == "CRITICAL";
        }
        const char* health = isSevere         ? "UNHEALTHY"
                             : count > 0      ? "NEEDS_ATTENTION"
                             : device.offline ? "UNKNOWN"
                                              : "HEALTHY";
        if (!wanted.empty() && wanted != health) continue;
        rows.push_back({{"deviceId", device.id},
                        {"healthStatus", health},
                        {"alertCount", count},
                        {"offline", device.offline},
                        {"activeThreatsCount", 0},
                        {"failedOSPatchesCount", 0},
                        {"pendingOSPatchesCount", 0},
                        {"pendingRebootReason", ""}});
    }
    return report(request, rows, 1000);
}

Reply Directory::scopedCustomFields(const Request& request, const Ids&) const {
    const std::string scopes = lowerCase(queryText(request, "scopes"));
    const std::string names = "," + queryText(request, "fields") + ",";
    boost::json::array rows;
    for (const Organization& organization : seed_.organizations) {
        if (!scopes.empty() && scopes != "all" && scopes.find("organization") == std::string::npos) break;
        boost::json::object fields;
        for (const auto& [name, value] : organization.customFields)
            if (names == ",," || names.find("," + name + ",") != std::string::npos) fields[name] = value;
        if (!fields.empty())
            rows.push_back(
                {{"scope", "ORGANIZATION"}, {"entityId", organization.id}, {"fields", std::move(fields)}});
    }
    return report(request, rows, 1000);
}

boost::json::value Directory::alertJson(const Alert& alert) const {
    const double at = epochSeconds(clock_.now()) - alert.ageHours * 3600;
    return {{"uid", alert.uid},
            {"deviceId", alert.deviceId},
            {"message", alert.message},
            {"createTime", at},
            {"updateTime", at},
            {"sourceType", alert.sourceType},
            {"severity", alert.severity.value_or("NONE")},
            {"priority", alert.priority.value_or("NONE")}};
}

Reply Directory::alerts(const Request& request, const Ids&) const {
    const std::string source = queryText(request, "sourceType");
    boost::json::array out;
    for (const Alert& alert : seed_.alerts)
        if (source.empty() || source == alert.sourceType) out.push_back(alertJson(alert));
    return jsonReply(200, out);
}

Reply Directory::deviceAlerts(const Request&, const Ids& ids) const {
    const Device* found = findDevice(toInteger(ids[0]).value_or(0));
    if (!found) return notFound("device");
    boost::json::array out;
    for (const Alert& alert : seed_.alerts)
        if (alert.deviceId == found->id) out.push_back(alertJson(alert));
    return jsonReply(200, out);
}

}  // namespace ninja3cx::simulators
