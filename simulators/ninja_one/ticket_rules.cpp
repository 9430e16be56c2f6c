#include "simulators/ninja_one/ticket_rules.hpp"

#include "shared/json/codec.hpp"

#include <algorithm>
#include <set>

namespace ninja3cx::simulators {
namespace {

constexpr std::array<std::string_view, 9> kTypes{"PROBLEM", "QUESTION",       "INCIDENT",
                                                 "TASK",    "CHANGE_REQUEST", "SERVICE_REQUEST",
                                                 "PROJECT", "APPOINTMENT",    "MISCELLANEOUS"};
constexpr std::array<std::string_view, 4> kPriorities{"NONE", "LOW", "MEDIUM", "HIGH"};
constexpr std::array<std::string_view, 5> kSeverities{"NONE", "MINOR", "MODERATE", "MAJOR", "CRITICAL"};

Error refused(std::string text) {
    return {ErrorKind::Rejected, std::move(text)};
}

std::size_t characters(std::string_view text) {  // UTF-8
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Reads one property after the other and keeps the first refusal.
class Reader {
public:
    explicit Reader(const boost::json::object& body) : body_(body) {}

    const boost::json::value* given(const char* name) const {  // null counts as absent
        const boost::json::value* value = body_.if_contains(name);
        return value && !value->is_null() ? value : nullptr;
    }
    void require(const char* name) {
        if (!given(name)) refuse(std::string{name} + " must not be null");
    }
    template <class T>
    std::optional<T> get(const char* name) {
        const boost::json::value* value = given(name);
        if (!value || failure_) return std::nullopt;
        auto decoded = json::decode<T>(*value, name);
        if (!decoded) {
            refuse(decoded.error().detail);
            return std::nullopt;
        }
        return *decoded;
    }
    template <std::size_t N>
    std::optional<std::string> oneOf(const char* name, const std::array<std::string_view, N>& allowed) {
        auto text = get<std::string>(name);
        if (text && std::find(allowed.begin(), allowed.end(), *text) == allowed.end())
            refuse(std::string{name} + ": '" + *text + "' is not one of the values accepted");
        return text;
    }
    void refuse(std::string text) {
        if (!failure_) failure_ = refused(std::move(text));
    }
    const std::optional<Error>& failure() const { return failure_; }

private:
    const boost::json::object& body_;
    std::optional<Error> failure_;
};

std::optional<Status> findStatus(const boost::json::value& value) {
    std::optional<std::int64_t> id;
    std::string name;
    if (value.is_int64()) id = value.get_int64();
    if (value.is_string()) {
        name = std::string{value.get_string()};
        id = toInteger(name);
    }
    for (const Status& status : kStatuses)
        if (id ? status.id == *id : name == status.name) return status;
    return std::nullopt;
}

std::vector<AttributeValue> readAttributes(Reader& reader) {
    std::vector<AttributeValue> attributes;
    const boost::json::value* given = reader.given("attributes");
    if (!given) return attributes;
    if (!given->is_array()) {
        reader.refuse("attributes must be an array");
        return attributes;
    }
    const boost::json::array known = attributesJson();
    for (const boost::json::value& item : given->get_array()) {
        const boost::json::object* object = item.if_object();
        const boost::json::value* id = object ? object->if_contains("attributeId") : nullptr;
        const boost::json::value* value = object ? object->if_contains("value") : nullptr;
        if (!id || !id->is_int64() || !value || value->is_null()) {
            reader.refuse("attributes[]: attributeId and value must not be null");
            break;
        }
        const bool isKnown =
            std::any_of(known.begin(), known.end(), [&](const boost::json::value& attribute) {
                return attribute.at("id").get_int64() == id->get_int64();
            });
        if (!isKnown) {
            reader.refuse("attributes[]: attributeId " + std::to_string(id->get_int64()) + " is unknown");
            break;
        }
        attributes.push_back({static_cast<int>(id->get_int64()), value->is_string()
                                                                     ? std::string{value->get_string()}
                                                                     : boost::json::serialize(*value)});
    }
    return attributes;
}

boost::json::value byId(const boost::json::array& rows, std::int64_t id) {
    for (const boost::json::value& row : rows)
        if (row.at("id").get_int64() == id) return row;
    return nullptr;
}

/// Whether every attribute is one of the form, is given once and, of a list, with one of its options; and
/// whether those that the form requires are there.
void checkAttributes(Reader& reader, const TicketFields& fields, const NinjaOneOptions& options) {
    const boost::json::value form = byId(formsJson(), fields.formId);
    if (form.is_null()) return;
    const boost::json::array known = attributesJson();
    std::set<int> given;
    for (const AttributeValue& attribute : fields.attributes) {
        const boost::json::value about = byId(known, attribute.attributeId);
        const std::string name = "attribute '" + std::string{about.at("name").get_string()} + "'";
        if (!given.insert(attribute.attributeId).second) reader.refuse(name + " is there twice");
        const auto& ids = form.at("content").at("fields").get_array();
        if (options.attributesOnlyOfForm &&
            std::find(ids.begin(), ids.end(), boost::json::value(attribute.attributeId)) == ids.end())
            reader.refuse(name + " is not part of the form");
        const auto& values = about.at("content").at("values").get_array();
        if (!values.empty() &&
            std::none_of(values.begin(), values.end(), [&](const boost::json::value& option) {
                return option.at("active").get_bool() && option.at("id").get_string() == attribute.value;
            }))
            reader.refuse(name + ": the value is none of its options");
    }
    if (!options.requiresFormAttributes) return;
    for (const boost::json::value& field : form.at("fields").get_array()) {
        if (!field.at("content").at("required").get_bool()) continue;
        if (std::none_of(fields.attributes.begin(), fields.attributes.end(),
                         [&](const AttributeValue& value) {
                             return value.attributeId == field.at("id").get_int64() && !value.value.empty();
                         }))
            reader.refuse("attribute '" + std::string{field.at("name").get_string()} +
                          "' is required by the form");
    }
}

void checkReferences(Reader& reader, const TicketFields& fields, const Directory& directory,
                     const NinjaOneOptions& options) {
    if (!directory.findOrganization(fields.clientId)) reader.refuse("clientId is unknown");
    const boost::json::value form = byId(formsJson(), fields.formId);
    if (form.is_null())
        reader.refuse("ticketFormId is unknown");
    else if (!form.at("active").get_bool())
        reader.refuse("ticketFormId is not active");
    if (fields.requesterUid && !directory.findPerson(*fields.requesterUid))
        reader.refuse("requesterUid is unknown");
    if (fields.assignedAppUserId) {
        const Technician* technician = directory.findTechnician(*fields.assignedAppUserId);
        if (!technician || !technician->enabled) reader.refuse("assignedAppUserId is no active technician");
    }
    for (const int id : fields.additionalTechnicians)
        if (!directory.findTechnician(id))
            reader.refuse("additionalAssignedTechnicianIds: unknown technician");
    if (fields.locationId) {
        const Location* location = directory.findLocation(*fields.locationId);
        if (!location || location->organizationId != fields.clientId)
            reader.refuse("locationId is unknown in this organization");
    }
    if (fields.nodeId) {
        const Device* device = directory.findDevice(*fields.nodeId);
        if (!device || device->organizationId != fields.clientId)
            reader.refuse("nodeId is unknown in this organization");
    }
    checkAttributes(reader, fields, options);
}

TicketFields readFields(Reader& reader, const Directory& directory, const NinjaOneOptions& options) {
    for (const char* name : {"clientId", "ticketFormId", "subject", "status"}) reader.require(name);
    TicketFields fields;
    fields.clientId = reader.get<int>("clientId").value_or(0);
    fields.formId = reader.get<int>("ticketFormId").value_or(0);
    fields.subject = reader.get<std::string>("subject").value_or("");
    if (characters(fields.subject) > 200) reader.refuse("subject size must be between 0 and 200");
    if (const boost::json::value* status = reader.given("status")) {
        if (const auto found = findStatus(*status))
            fields.status = *found;
        else
            reader.refuse("status is unknown");
    }
    fields.type = reader.oneOf("type", kTypes);
    fields.priority = reader.oneOf("priority", kPriorities).value_or("NONE");
    fields.severity = reader.oneOf("severity", kSeverities).value_or("NONE");
    fields.requesterUid = reader.get<std::string>("requesterUid");
    fields.assignedAppUserId = reader.get<int>("assignedAppUserId");
    fields.locationId = reader.get<int>("locationId");
    fields.nodeId = reader.get<int>("nodeId");
    fields.parentTicketId = reader.get<int>("parentTicketId");
    fields.additionalTechnicians =
        reader.get<std::vector<int>>("additionalAssignedTechnicianIds").value_or(std::vector<int>{});
    if (const boost::json::value* cc = reader.given("cc")) {
        const boost::json::object none;  // the reader keeps a reference
        Reader inside{cc->is_object() ? cc->get_object() : none};
        if (!cc->is_object()) reader.refuse("cc must be an object");
        fields.ccUids = inside.get<std::vector<std::string>>("uids").value_or(std::vector<std::string>{});
        fields.ccEmails = inside.get<std::vector<std::string>>("emails").value_or(std::vector<std::string>{});
        if (inside.failure()) reader.refuse("cc." + inside.failure()->detail);
    }
    fields.tags = reader.get<std::vector<std::string>>("tags").value_or(std::vector<std::string>{});
    fields.attributes = readAttributes(reader);
    fields.followupTime = reader.get<double>("followupTime");
    checkReferences(reader, fields, directory, options);
    return fields;
}

}  // namespace

boost::json::object statusJson(const Status& status) {
    return {{"name", status.name},
            {"displayName", status.displayName},
            {"parentId", status.parentId},
            {"statusId", status.id}};
}

boost::json::array attributesJson() {
    const auto attribute = [](int id, const char* type, const char* name, bool isRequired,
                              boost::json::array values) {
        return boost::json::object{{"id", id},
                                   {"attributeType", type},
                                   {"name", name},
                                   {"description", ""},
                                   {"customizeForEndUser", false},
                                   {"endUserOption", "HIDDEN"},
                                   {"technicianOption", isRequired ? "REQUIRED" : "EDITABLE"},
                                   {"content", {{"values", std::move(values)}, {"required", isRequired}}},
                                   {"system", false},
                                   {"active", true},
                                   {"createTime", 1'735'689'600.0},
                                   {"updateTime", 1'735'689'600.0}};
    };
    const auto option = [](const char* id, const char* name, bool isActive = true) {
        return boost::json::object{{"id", id}, {"name", name}, {"active", isActive}, {"system", false}};
    };
    boost::json::array all;
    all.push_back(attribute(kCallIdAttribute, "TEXT", "Call ID", false, {}));
    boost::json::array origins;
    origins.push_back(option("c1d1a2f0-3333-4a7e-9b00-000000000001", "Téléphone"));
    origins.push_back(option("c1d1a2f0-3333-4a7e-9b00-000000000002", "E-mail"));
    origins.push_back(option("c1d1a2f0-3333-4a7e-9b00-000000000003", "Télécopie", false));
    all.push_back(attribute(kOriginAttribute, "DROPDOWN", "Origine", false, std::move(origins)));
    all.push_back(attribute(kContractAttribute, "TEXT", "Contrat", true, {}));
    return all;
}

boost::json::array formsJson() {
    const boost::json::array attributes = attributesJson();
    const auto form = [&](int id, const char* name, bool isActive, std::initializer_list<int> fieldIds) {
        boost::json::array ids;
        boost::json::array fields;
        for (const int fieldId : fieldIds) {
            ids.push_back(fieldId);
            for (const auto& attribute : attributes)
                if (attribute.at("id").get_int64() == fieldId) fields.push_back(attribute);
        }
        return boost::json::object{
            {"id", id},
            {"name", name},
            {"description", ""},
            {"endUserTitle", name},
            {"content",
             {{"fields", std::move(ids)}, {"timerSettings", {{"enabled", false}, {"mode", "MANUAL"}}}}},
            {"active", isActive},
            {"default", id == 1},
            {"fields", std::move(fields)},
            {"createTime", 1'735'689'600.0},
            {"updateTime", 1'735'689'600.0}};
    };
    boost::json::array all;
    all.push_back(form(1, "Default", true, {kCallIdAttribute, kOriginAttribute}));
    all.push_back(form(2, "Sous contrat", true, {kCallIdAttribute, kContractAttribute}));
    all.push_back(form(3, "Ancien", false, {kCallIdAttribute}));
    return all;
}

Result<LogText> readLogText(const boost::json::value& body, const std::string& place) {
    if (!body.is_object()) return refused(place + " must be an object");
    Reader reader{body.get_object()};
    const boost::json::value* isPublic = reader.given("public");
    if (!isPublic || !isPublic->is_bool()) return refused(place + ".public must not be null");
    LogText text;
    text.isPublic = isPublic->get_bool();
    text.body = reader.get<std::string>("body");
    text.htmlBody = reader.get<std::string>("htmlBody");
    text.timeTracked = reader.get<int>("timeTracked");
    if (reader.failure()) return refused(place + "." + reader.failure()->detail);
    return text;
}

Result<NewTicket> readNewTicket(const boost::json::object& body, const Directory& directory,
                                const NinjaOneOptions& options) {
    Reader reader{body};
    NewTicket ticket;
    ticket.fields = readFields(reader, directory, options);
    if (!options.mayBeginResolved && ticket.fields.status.parentId == 5000)
        reader.refuse("status of a new ticket cannot be a resolved one");
    if (reader.failure()) return *reader.failure();
    if (const boost::json::value* description = reader.given("description")) {
        auto text = readLogText(*description, "description");
        if (!text) return text.error();
        ticket.description = std::move(*text);
    }
    return ticket;
}

Result<ChangedTicket> readChangedTicket(const boost::json::object& body, const Directory& directory,
                                        const NinjaOneOptions& options) {
    Reader reader{body};
    reader.require("version");
    reader.require("requesterUid");
    ChangedTicket ticket;
    ticket.fields = readFields(reader, directory, options);
    ticket.version = reader.get<int>("version").value_or(0);
    if (ticket.fields.status.parentId == 6000) reader.refuse("status: a ticket is closed by NinjaOne itself");
    if (reader.failure()) return *reader.failure();
    return ticket;
}

}  // namespace ninja3cx::simulators
