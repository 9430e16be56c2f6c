// The part of TicketDesk that lists tickets by board.
#include "shared/json/codec.hpp"
#include "simulators/ninja_one/ticket_desk.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::simulators {
namespace {

struct Board {
    int id;
    const char* uid;
    const char* name;
    bool isSystem;
};
constexpr std::array kBoards{
    Board{1, "b0a7d000-0000-4000-8000-000000000001", "Unassigned tickets", true},
    Board{2, "b0a7d000-0000-4000-8000-000000000002", "All tickets", true},
    Board{3, "b0a7d000-0000-4000-8000-000000000003", "My tickets", true},
    Board{4, "b0a7d000-0000-4000-8000-000000000004", "Open tickets", true},
    Board{5, "b0a7d000-0000-4000-8000-000000000005", "Deleted tickets", true},
    Board{1006, "b0a7d000-0000-4000-8000-000000001006", "Support N1", false},
};
constexpr std::array<const char*, 18> kColumns{
    "id",           "createTime", "summary",  "description", "status",          "priority",
    "severity",     "tags",       "location", "requester",   "assignedAppUser", "lastUpdated",
    "organization", "source",     "type",     "ticketForm",  "attributeValues", "lastUpdatedBy"};

/// A board run's request; every field may be absent.
struct SortBy {
    std::optional<std::string> field, direction;
};
BOOST_DESCRIBE_STRUCT(SortBy, (), (field, direction))
struct Filter {
    std::optional<std::string> field;
    boost::json::value value;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (field, value))
struct BoardRun {
    std::vector<SortBy> sortBy;
    std::vector<Filter> filters;
    std::optional<std::int64_t> pageSize, lastCursorId;
    std::optional<std::string> searchCriteria;
    std::vector<std::string> includeColumns;
};
BOOST_DESCRIBE_STRUCT(BoardRun, (), (sortBy, filters, pageSize, lastCursorId, searchCriteria, includeColumns))

double epochSeconds(SystemTime time) {
    return static_cast<double>(toEpochMs(time)) / 1000.0;
}

Reply badRun() {
    return jsonReply(400, {{"resultCode", "FAILURE"}, {"errorMessage", "HTTP 400 Bad Request"}});
}

std::string descriptionOf(const Ticket& ticket) {
    for (const LogEntry& entry : ticket.log)
        if (entry.type == "DESCRIPTION") return entry.text.body.value_or(entry.text.htmlBody.value_or(""));
    return {};
}

bool matches(const Ticket& ticket, const std::string& wanted) {
    std::string text = ticket.fields.subject + "\n" + descriptionOf(ticket);
    for (const std::string& tag : ticket.fields.tags) text += "\n" + tag;
    for (const AttributeValue& attribute : ticket.fields.attributes) text += "\n" + attribute.value;
    return lowerCase(text).find(lowerCase(wanted)) != std::string::npos;
}

/// "hours:minutes", as in the one filter known to work.
std::optional<std::chrono::minutes> windowOf(const Filter& filter) {
    if (!filter.value.is_string()) return std::nullopt;
    const std::string text{filter.value.get_string()};
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return std::nullopt;
    const auto hours = toInteger(text.substr(0, colon));
    const auto minutes = toInteger(text.substr(colon + 1));
    if (!hours || !minutes || *hours < 0 || *hours > 100'000 || *minutes < 0 || *minutes > 59)
        return std::nullopt;
    return std::chrono::minutes{*hours * 60 + *minutes};
}

}  // namespace

bool TicketDesk::isOnBoard(const Ticket& ticket, int board, const Grant& grant) const {
    if (ticket.visibleFrom > clock_.steady()) return false;
    if (board == 5) return ticket.isDeleted;
    if (ticket.isDeleted) return false;
    const bool isOpen = ticket.fields.status.parentId < 5000;
    switch (board) {
        case 1:
            return isOpen && !ticket.fields.assignedAppUserId;
        case 3:
            return grant.isUser() && ticket.fields.assignedAppUserId == grant.technicianId;
        case 4:
            return isOpen;
        case 1006:
            return isOpen && ticket.fields.priority != "HIGH";
        default:
            return true;
    }
}

Reply TicketDesk::boards() const {
    boost::json::array columns;
    for (const char* column : kColumns) columns.emplace_back(column);
    boost::json::array all;
    for (const Board& board : kBoards) {
        const auto count = std::count_if(tickets_.begin(), tickets_.end(), [&](const Ticket& ticket) {
            return isOnBoard(ticket, board.id, {});
        });
        all.push_back({{"id", board.id},
                       {"uid", board.uid},
                       {"name", board.name},
                       {"description", ""},
                       {"conditions", {{"any", boost::json::array{}}, {"all", boost::json::array{}}}},
                       {"createTime", 1'735'689'600.0},
                       {"updateTime", 1'735'689'600.0},
                       {"system", board.isSystem},
                       {"columns", columns},
                       {"sortBy", boost::json::array{}},
                       {"ticketCount", static_cast<std::int64_t>(count)}});
    }
    return jsonReply(200, all);
}

boost::json::object TicketDesk::rowJson(const Ticket& ticket) const {
    const TicketFields& fields = ticket.fields;
    const Organization* organization = directory_.findOrganization(fields.clientId);
    const Location* location = fields.locationId ? directory_.findLocation(*fields.locationId) : nullptr;
    const auto requester = fields.requesterUid ? directory_.findPerson(*fields.requesterUid) : std::nullopt;
    boost::json::object row{
        {"id", ticket.id},
        {"createTime", epochSeconds(ticket.createTime)},
        {"lastUpdated", epochSeconds(ticket.lastUpdated)},
        {"lastUpdatedBy", ticket.log.empty() ? "" : ticket.log.back().author.name},
        {"summary", fields.subject},
        {"status",
         {{"statusId", fields.status.id},
          {"displayName", fields.status.displayName},
          {"parentId", fields.status.parentId}}},
        {"priority", fields.priority},
        {"severity", fields.severity},
        {"type", fields.type.value_or("")},
        {"source", "TECHNICIAN"},
        {"organization", organization ? organization->name : ""},
        {"location", location ? location->name : ""},
        {"requester", requester ? requester->name : ""},
        {"assignedAppUser", fields.assignedAppUserId ? authorOf({*fields.assignedAppUserId, {}}).name : ""},
        {"ticketForm", fields.formId == 1 ? "Default" : "Sous contrat"}};
    if (options_.boardRowsHaveText) {
        row["description"] = descriptionOf(ticket);
        row["tags"] = json::encode(fields.tags);
        boost::json::array attributes;
        for (const AttributeValue& attribute : fields.attributes)
            attributes.push_back({{"attributeId", attribute.attributeId}, {"value", attribute.value}});
        row["attributeValues"] = std::move(attributes);
    }
    return row;
}

Reply TicketDesk::runBoard(const Request& request, const Grant& grant, const std::string& id) const {
    const auto number = toInteger(id);
    if (std::none_of(kBoards.begin(), kBoards.end(), [&](const Board& board) { return board.id == number; }))
        return applicationError(404, "board_not_found", "no such board");
    auto run = json::decodeText<BoardRun>(request.body.empty() ? "{}" : request.body);
    if (!run || run->searchCriteria.value_or("").size() > 512) return badRun();

    std::vector<const Ticket*> found;
    for (const Ticket& ticket : tickets_)
        if (isOnBoard(ticket, static_cast<int>(*number), grant) &&
            matches(ticket, run->searchCriteria.value_or("")))
            found.push_back(&ticket);
    for (const Filter& filter : run->filters) {
        const auto window = windowOf(filter);
        if (filter.field != "ticket_changed" || !window) return badRun();
        std::erase_if(found,
                      [&](const Ticket* ticket) { return ticket->lastUpdated < clock_.now() - *window; });
    }
    const SortBy sort = run->sortBy.empty() ? SortBy{"createTime", "DESC"} : run->sortBy.front();
    std::stable_sort(found.begin(), found.end(), [&](const Ticket* a, const Ticket* b) {
        if (sort.direction.value_or("DESC") == "DESC") std::swap(a, b);
        if (sort.field == "lastUpdated")
            return std::pair{a->lastUpdated, a->id} < std::pair{b->lastUpdated, b->id};
        if (sort.field == "createTime")
            return std::pair{a->createTime, a->id} < std::pair{b->createTime, b->id};
        return a->id < b->id;
    });

    const auto size = static_cast<std::size_t>(std::clamp<std::int64_t>(run->pageSize.value_or(50), 1, 1000));
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(run->lastCursorId.value_or(0), 0));
    const std::size_t end = std::min(from + size, found.size());
    boost::json::array rows;
    for (std::size_t i = from; i < end; ++i) {
        boost::json::object row = rowJson(*found[i]);
        boost::json::object kept;
        for (const std::string& column : run->includeColumns)
            if (const boost::json::value* value = row.if_contains(column)) kept[column] = *value;
        rows.push_back(run->includeColumns.empty() ? row : kept);
    }
    boost::json::array columns;
    for (const char* column : kColumns) columns.emplace_back(column);
    boost::json::object attributes;
    for (const auto& attribute : attributesJson())
        attributes[std::to_string(attribute.at("id").get_int64())] = {
            {"name", attribute.at("name")}, {"type", attribute.at("attributeType")}};
    return jsonReply(200, {{"data", std::move(rows)},
                           {"metadata",
                            {{"lastCursorId", std::max(end, std::min(from, found.size()))},
                             {"allColumns", columns},
                             {"columns", json::encode(run->includeColumns)},
                             {"filters", boost::json::array{}},
                             {"attributes", std::move(attributes)}}}});
}

}  // namespace ninja3cx::simulators
