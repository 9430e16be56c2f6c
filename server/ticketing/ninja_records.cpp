#include "server/ticketing/ninja_records.hpp"

#include "shared/core/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace ninja3cx::ticketing {
namespace {

using boost::json::object;

const value* fieldOf(const object& row, std::string_view name) {
    return row.if_contains(name);
}

std::optional<std::int64_t> wholeOf(const object& row, std::string_view name) {
    const value* field = fieldOf(row, name);
    if (!field) return std::nullopt;
    if (field->is_int64()) return field->get_int64();
    if (field->is_double()) {
        const double number = field->get_double();
        if (std::isfinite(number) && std::abs(number) < 9e15 && std::floor(number) == number)
            return static_cast<std::int64_t>(number);
    }
    return std::nullopt;
}

std::optional<double> numberOf(const object& row, std::string_view name) {
    const value* field = fieldOf(row, name);
    if (!field || !field->is_number()) return std::nullopt;
    const double number = field->to_number<double>();
    if (!std::isfinite(number)) return std::nullopt;
    return number;
}

std::optional<std::string> maybeText(const object& row, std::string_view name) {
    const value* field = fieldOf(row, name);
    if (!field || !field->is_string()) return std::nullopt;
    return std::string{field->get_string()};
}

std::string textOf(const object& row, std::string_view name) {
    return maybeText(row, name).value_or("");
}

bool flagOf(const object& row, std::string_view name, bool otherwise) {
    const value* field = fieldOf(row, name);
    return field && field->is_bool() ? field->get_bool() : otherwise;
}

/// Each object of an array that `read` can make sense of.
template <class Row, class Read>
std::optional<std::vector<Row>> readRows(const value& body, Read read) {
    if (!body.is_array()) return std::nullopt;
    std::vector<Row> rows;
    rows.reserve(body.get_array().size());
    for (const value& element : body.get_array()) {
        if (!element.is_object()) continue;
        if (std::optional<Row> row = read(element.get_object())) rows.push_back(std::move(*row));
    }
    return rows;
}

const object* objectOf(const object& row, std::string_view name) {
    const value* field = fieldOf(row, name);
    return field && field->is_object() ? &field->get_object() : nullptr;
}

/// Numbers of an array of them, or of objects that have one as "id"; nothing without an array.
std::optional<std::vector<std::int64_t>> idsOf(const object& row, std::string_view name) {
    const value* array = fieldOf(row, name);
    if (!array || !array->is_array()) return std::nullopt;
    std::vector<std::int64_t> ids;
    for (const value& element : array->get_array()) {
        if (element.is_int64()) ids.push_back(element.get_int64());
        if (element.is_object())
            if (const auto id = wholeOf(element.get_object(), "id")) ids.push_back(*id);
    }
    return ids;
}

/// Texts of an array of strings, or of objects that hold one under `name`.
std::vector<std::string> textsOf(const object& row, std::string_view field, std::string_view name) {
    std::vector<std::string> texts;
    const value* array = fieldOf(row, field);
    if (!array || !array->is_array()) return texts;
    for (const value& element : array->get_array()) {
        if (element.is_string()) texts.emplace_back(element.get_string());
        if (element.is_object())
            if (auto text = maybeText(element.get_object(), name)) texts.push_back(std::move(*text));
    }
    return texts;
}

std::vector<std::int64_t> numbersOf(const object& row, std::string_view field) {
    std::vector<std::int64_t> numbers;
    const value* array = fieldOf(row, field);
    if (!array || !array->is_array()) return numbers;
    for (const value& element : array->get_array())
        if (element.is_int64()) numbers.push_back(element.get_int64());
    return numbers;
}

template <class Row, class Read>
std::optional<ReportPage<Row>> readReport(const value& body, Read read) {
    if (!body.is_object()) return std::nullopt;
    const value* results = fieldOf(body.get_object(), "results");
    if (!results) return std::nullopt;
    auto rows = readRows<Row>(*results, read);
    if (!rows) return std::nullopt;
    ReportPage<Row> page;
    page.rows = std::move(*rows);
    page.rowsSent = results->get_array().size();
    if (const value* cursor = fieldOf(body.get_object(), "cursor"); cursor && cursor->is_object()) {
        page.cursor = maybeText(cursor->get_object(), "name");
        if (page.cursor && page.cursor->empty()) page.cursor.reset();
    }
    return page;
}

}  // namespace

std::optional<std::vector<Organization>> readOrganizations(const value& body) {
    return readRows<Organization>(body, [](const object& row) -> std::optional<Organization> {
        const auto id = wholeOf(row, "id");
        if (!id) return std::nullopt;
        return Organization{*id, textOf(row, "name")};
    });
}

std::optional<std::vector<Person>> readPeople(const value& body) {
    return readRows<Person>(body, [](const object& row) -> std::optional<Person> {
        Person person;
        person.id = wholeOf(row, "id").value_or(0);
        person.uid = textOf(row, "uid");
        if (person.id == 0 && person.uid.empty()) return std::nullopt;
        person.firstName = textOf(row, "firstName");
        person.lastName = textOf(row, "lastName");
        person.email = textOf(row, "email");
        person.phone = textOf(row, "phone");
        person.organizationId = wholeOf(row, "organizationId").value_or(wholeOf(row, "clientId").value_or(0));
        person.isEnabled = flagOf(row, "enabled", true);
        person.deviceIds = numbersOf(row, "assignedDeviceIds");
        return person;
    });
}

std::optional<std::vector<Location>> readLocations(const value& body) {
    return readRows<Location>(body, [](const object& row) -> std::optional<Location> {
        const auto id = wholeOf(row, "id");
        if (!id) return std::nullopt;
        return Location{*id, wholeOf(row, "organizationId").value_or(0), textOf(row, "name")};
    });
}

std::optional<std::vector<Device>> readDevices(const value& body) {
    return readRows<Device>(body, [](const object& row) -> std::optional<Device> {
        const auto id = wholeOf(row, "id");
        if (!id) return std::nullopt;
        Device device;
        device.id = *id;
        device.organizationId = wholeOf(row, "organizationId").value_or(0);
        device.locationId = wholeOf(row, "locationId").value_or(0);
        for (const char* name : {"displayName", "systemName", "dnsName"})
            if (device.name.empty()) device.name = textOf(row, name);
        device.ownerUid = textOf(row, "assignedOwnerUid");
        device.isOffline = flagOf(row, "offline", false);
        return device;
    });
}

std::optional<std::vector<Alert>> readAlerts(const value& body) {
    return readRows<Alert>(body, [](const object& row) -> std::optional<Alert> {
        const auto device = wholeOf(row, "deviceId");
        Alert alert{textOf(row, "uid"), device.value_or(0), textOf(row, "message")};
        if (!device || alert.uid.empty()) return std::nullopt;
        return alert;
    });
}

std::optional<ReportPage<DeviceHealth>> readDeviceHealth(const value& body) {
    return readReport<DeviceHealth>(body, [](const object& row) -> std::optional<DeviceHealth> {
        const auto device = wholeOf(row, "deviceId");
        if (!device) return std::nullopt;
        return DeviceHealth{*device, textOf(row, "healthStatus"), textOf(row, "pendingRebootReason")};
    });
}

std::optional<ReportPage<LoggedOnUser>> readLoggedOnUsers(const value& body) {
    return readReport<LoggedOnUser>(body, [](const object& row) -> std::optional<LoggedOnUser> {
        const auto device = wholeOf(row, "deviceId");
        if (!device) return std::nullopt;
        return LoggedOnUser{*device, textOf(row, "userName"), numberOf(row, "logonTime").value_or(0)};
    });
}

std::optional<ReportPage<OrganizationNumber>> readOrganizationNumbers(const value& body,
                                                                      std::string_view field) {
    return readReport<OrganizationNumber>(
        body, [field](const object& row) -> std::optional<OrganizationNumber> {
            const auto organization = wholeOf(row, "entityId");
            const value* fields = fieldOf(row, "fields");
            if (textOf(row, "scope") != "ORGANIZATION" || !organization || !fields || !fields->is_object())
                return std::nullopt;
            OrganizationNumber number{*organization, textOf(fields->get_object(), field)};
            if (number.phone.empty()) return std::nullopt;
            return number;
        });
}

std::optional<std::vector<Board>> readBoards(const value& body) {
    return readRows<Board>(body, [](const object& row) -> std::optional<Board> {
        const auto id = wholeOf(row, "id");
        if (!id) return std::nullopt;
        return Board{*id, textOf(row, "name"), flagOf(row, "system", false),
                     wholeOf(row, "ticketCount").value_or(0)};
    });
}

std::optional<BoardPage> readBoardPage(const value& body) {
    if (!body.is_object()) return std::nullopt;
    const value* data = fieldOf(body.get_object(), "data");
    if (!data || !data->is_array()) return std::nullopt;
    BoardPage page;
    page.rowsSent = data->get_array().size();
    auto rows = readRows<BoardRow>(*data, [](const object& row) -> std::optional<BoardRow> {
        const auto id = wholeOf(row, "id");
        if (!id) return std::nullopt;
        BoardRow read;
        read.id = *id;
        read.createTime = numberOf(row, "createTime");
        read.summary = textOf(row, "summary");
        if (read.summary.empty()) read.summary = textOf(row, "subject");
        read.description = maybeText(row, "description");
        read.organization = textOf(row, "organization");
        read.requester = textOf(row, "requester");
        read.tags = textsOf(row, "tags", "name");
        read.attributeValues = textsOf(row, "attributeValues", "value");
        return read;
    });
    page.rows = std::move(*rows);
    if (const value* metadata = fieldOf(body.get_object(), "metadata"); metadata && metadata->is_object())
        page.lastCursorId = wholeOf(metadata->get_object(), "lastCursorId");
    return page;
}

std::optional<std::vector<TicketStatus>> readStatuses(const value& body) {
    return readRows<TicketStatus>(body, [](const object& row) -> std::optional<TicketStatus> {
        const auto id = wholeOf(row, "statusId");
        if (!id) return std::nullopt;
        return TicketStatus{*id, wholeOf(row, "parentId").value_or(0), textOf(row, "name"),
                            textOf(row, "displayName")};
    });
}

std::optional<std::vector<TicketForm>> readForms(const value& body) {
    return readRows<TicketForm>(body, [](const object& row) -> std::optional<TicketForm> {
        const auto id = wholeOf(row, "id");
        if (!id) return std::nullopt;
        TicketForm form{*id, textOf(row, "name"), flagOf(row, "default", false), flagOf(row, "active", true)};
        form.attributes = idsOf(row, "fields");  // the attributes themselves: no doubt whose numbers they are
        const object* content = objectOf(row, "content");
        if (content && (!form.attributes || form.attributes->empty()))
            if (auto ids = idsOf(*content, "fields")) form.attributes = std::move(ids);
        return form;
    });
}

std::optional<std::vector<TicketAttribute>> readAttributes(const value& body) {
    return readRows<TicketAttribute>(body, [](const object& row) -> std::optional<TicketAttribute> {
        const auto id = wholeOf(row, "id");
        if (!id) return std::nullopt;
        TicketAttribute attribute{*id, textOf(row, "attributeType"), textOf(row, "name"),
                                  flagOf(row, "active", true)};
        attribute.isSystem = flagOf(row, "system", false);
        const object* content = objectOf(row, "content");
        if (!content) return attribute;
        attribute.isRequired = flagOf(*content, "required", false);
        if (const object* settings = objectOf(*content, "advancedSettings"))
            attribute.maxCharacters = wholeOf(*settings, "maxCharacters");
        if (attribute.maxCharacters && *attribute.maxCharacters <= 0) attribute.maxCharacters.reset();
        const value* options = fieldOf(*content, "values");
        auto read = readRows<AttributeOption>(
            options ? *options : value{}, [](const object& option) -> std::optional<AttributeOption> {
                const std::string optionId = textOf(option, "id");
                if (optionId.empty()) return std::nullopt;
                return AttributeOption{optionId, textOf(option, "name"), flagOf(option, "active", true)};
            });
        if (read) attribute.options = std::move(*read);
        return attribute;
    });
}

std::optional<std::vector<LogEntry>> readLogEntries(const value& body) {
    auto entries = readRows<LogEntry>(body, [](const object& row) -> std::optional<LogEntry> {
        const auto id = wholeOf(row, "id");
        const auto isText = [&](std::string_view name) {
            const value* field = fieldOf(row, name);
            return !field || field->is_null() || field->is_string();
        };
        if (!id || !isText("body") || !isText("htmlBody")) return std::nullopt;
        return LogEntry{*id, textOf(row, "type"), textOf(row, "body"), textOf(row, "htmlBody")};
    });
    // What is not there is sent again: an entry that says nothing to us may be the one.
    if (entries && entries->size() != body.get_array().size()) return std::nullopt;
    return entries;
}

std::optional<Ticket> readTicket(const value& body) {
    if (!body.is_object()) return std::nullopt;
    const object& row = body.get_object();
    const auto id = wholeOf(row, "id");
    if (!id || *id <= 0) return std::nullopt;
    Ticket ticket;
    ticket.id = *id;
    ticket.clientId = wholeOf(row, "clientId").value_or(0);
    ticket.subject = textOf(row, "subject");
    ticket.isDeleted = flagOf(row, "deleted", false);
    ticket.requesterUid = textOf(row, "requesterUid");
    ticket.type = textOf(row, "type");
    ticket.priority = textOf(row, "priority");
    ticket.severity = textOf(row, "severity");
    ticket.locationId = wholeOf(row, "locationId").value_or(0);
    ticket.deviceId = wholeOf(row, "nodeId").value_or(0);
    return ticket;
}

namespace {

std::optional<TicketStatus> statusOf(const object& row) {
    const value* field = fieldOf(row, "status");
    if (!field || !field->is_object()) return std::nullopt;
    const object& given = field->get_object();
    const auto id = wholeOf(given, "statusId");
    if (!id) return std::nullopt;
    return TicketStatus{*id, blockOf(*id, wholeOf(given, "parentId").value_or(0)), textOf(given, "name"),
                        textOf(given, "displayName")};
}

std::optional<SeenTicket> seenIn(const object& row) {
    const auto id = wholeOf(row, "id");
    if (!id || *id <= 0) return std::nullopt;
    SeenTicket seen;
    seen.id = *id;
    seen.lastUpdated = numberOf(row, "lastUpdated");
    seen.status = statusOf(row);
    seen.subject = textOf(row, "subject");
    if (seen.subject.empty()) seen.subject = textOf(row, "summary");
    seen.tags = textsOf(row, "tags", "name");
    seen.clientId = wholeOf(row, "clientId").value_or(0);
    seen.organization = textOf(row, "organization");
    seen.requesterUid = textOf(row, "requesterUid");
    seen.isDeleted = flagOf(row, "deleted", false);
    return seen;
}

}  // namespace

std::int64_t blockOf(std::int64_t statusId, std::int64_t parentId) {
    return parentId != 0 ? parentId : statusId - statusId % 1000;
}

std::int64_t blockOf(const TicketStatus& status) {
    return blockOf(status.id, status.parentId);
}

std::optional<TicketStatus> readStatusOf(const value& ticket) {
    return ticket.is_object() ? statusOf(ticket.get_object()) : std::nullopt;
}

std::optional<SeenTicket> readSeenTicket(const value& body) {
    return body.is_object() ? seenIn(body.get_object()) : std::nullopt;
}

std::optional<SeenPage> readSeenPage(const value& body) {
    if (!body.is_object()) return std::nullopt;
    const value* data = fieldOf(body.get_object(), "data");
    if (!data || !data->is_array()) return std::nullopt;
    SeenPage page;
    page.rowsSent = data->get_array().size();
    page.rows = *readRows<SeenTicket>(*data, seenIn);
    if (const value* metadata = fieldOf(body.get_object(), "metadata"); metadata && metadata->is_object())
        page.lastCursorId = wholeOf(metadata->get_object(), "lastCursorId");
    return page;
}

bool isDeletedTicketsBoard(const Board& board) {
    const std::string name = lowered(board.name);
    static constexpr std::array<std::string_view, 8> kDeleted{
        "delet", "supprim", "trash", "corbeille", "gelösch", "eliminad", "papierkorb", "exclu"};
    return std::any_of(kDeleted.begin(), kDeleted.end(),
                       [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

std::optional<Board> allTicketsBoard(const std::vector<Board>& boards) {
    static constexpr std::array<std::string_view, 6> kNames{"all tickets",      "tous les tickets",
                                                            "alle tickets",     "todos los tickets",
                                                            "todos os tickets", "tutti i ticket"};
    std::vector<Board> candidates;
    for (const Board& board : boards)
        if (board.isSystem && !isDeletedTicketsBoard(board)) candidates.push_back(board);
    for (const Board& board : candidates)
        if (std::find(kNames.begin(), kNames.end(), lowered(board.name)) != kNames.end()) return board;
    const auto most =
        std::max_element(candidates.begin(), candidates.end(),
                         [](const Board& a, const Board& b) { return a.ticketCount < b.ticketCount; });
    if (most == candidates.end()) return std::nullopt;
    const auto equals = std::count_if(candidates.begin(), candidates.end(), [&](const Board& board) {
        return board.ticketCount == most->ticketCount;
    });
    if (equals == 1) return *most;
    // Equally full (a new tenant): number 2 on every tenant that was ever published.
    for (const Board& board : candidates)
        if (board.id == 2 && board.ticketCount == most->ticketCount) return board;
    return std::nullopt;
}

}  // namespace ninja3cx::ticketing
