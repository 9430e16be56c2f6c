#include "simulators/ninja_one/ticket_desk.hpp"

#include "shared/json/codec.hpp"
#include "simulators/exchange/multipart.hpp"

#include <algorithm>
#include <limits>

namespace ninja3cx::simulators {
namespace {

double epochSeconds(SystemTime time) {
    return static_cast<double>(toEpochMs(time)) / 1000.0;
}

Reply badRequest(const std::string& text) {
    return applicationError(400, "FAILURE", text);
}
Reply noTicket() {
    return applicationError(404, "ticket_not_found", "Ticket not found");
}

template <class T>
boost::json::value orNull(const std::optional<T>& value) {
    if (!value) return nullptr;
    return json::encode(*value);
}

boost::json::object logJson(const LogEntry& entry) {
    return {{"id", entry.id},
            {"appUserContactUid", entry.author.uid},
            {"appUserContactId", entry.author.id},
            {"appUserContactType", entry.author.kind},
            {"type", entry.type},
            {"body", orNull(entry.text.body)},
            {"htmlBody", orNull(entry.text.htmlBody)},
            {"publicEntry", entry.text.isPublic},
            {"system", entry.isSystem},
            {"createTime", epochSeconds(entry.createTime)},
            {"timeTracked", orNull(entry.text.timeTracked)},
            {"emailResponse", false}};
}

}  // namespace

TicketDesk::TicketDesk(const Clock& clock, const NinjaOneOptions& options, const Directory& directory,
                       const std::vector<OldTicket>& old)
    : clock_(clock), options_(options), directory_(directory), random_(options.seed ^ 0x71C4E7U) {
    for (const OldTicket& given : old) {
        TicketFields fields;
        fields.clientId = given.clientId;
        fields.formId = 1;
        fields.subject = given.subject;
        for (const Status& status : kStatuses)
            if (given.status == std::to_string(status.id)) fields.status = status;
        fields.type = given.type;
        fields.priority = given.priority.value_or("NONE");
        fields.requesterUid = given.requesterUid;
        fields.assignedAppUserId = given.assignedAppUserId;
        const auto age =
            std::chrono::minutes{static_cast<std::int64_t>(std::clamp(given.ageHours, 0.0, 1e6) * 60)};
        Ticket& ticket = store(std::move(fields), clock.now() - age);
        ticket.visibleFrom = clock.steady();
        ticket.isDeleted = given.deleted;
        addLog(ticket, "DESCRIPTION", authorOf({1, {}}),
               {false, given.description, std::nullopt, std::nullopt}, false);
        addLog(ticket, "SAVE", authorOf({1, {}}), {false, "Ticket created", std::nullopt, std::nullopt},
               true);
        for (LogEntry& entry : ticket.log) entry.createTime = ticket.createTime;
        ticket.lastUpdated = ticket.createTime;
    }
}

Ticket& TicketDesk::store(TicketFields fields, SystemTime at) {
    Ticket ticket{nextTicket_++, 1, std::move(fields), {}, at, at, clock_.steady() + lag(), false, {}};
    for (std::size_t i = 0; i < ticket.fields.attributes.size(); ++i)
        ticket.attributeIds.push_back(nextAttributeValue_++);
    tickets_.push_back(std::move(ticket));
    return tickets_.back();
}

void TicketDesk::addLog(Ticket& ticket, const std::string& type, const Person& author, LogText text,
                        bool isSystem, std::vector<LogFile> files) {
    ticket.log.push_back(
        {nextLogEntry_++, type, author, std::move(text), isSystem, clock_.now(), std::move(files)});
    ticket.lastUpdated = clock_.now();
}

std::chrono::milliseconds TicketDesk::lag() {
    const std::int64_t least = std::max(options_.lagMs, 0);
    const std::int64_t most = std::max<std::int64_t>(options_.lagUpToMs, least);
    if (most == least) return std::chrono::milliseconds{least};
    return std::chrono::milliseconds{
        least + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most - least + 1))};
}

int TicketDesk::nextVersion(int version) {
    return version + 1 + static_cast<int>(random_() % 2);
}

const Ticket* TicketDesk::find(const std::string& id) const {
    const auto number = toInteger(id);
    const auto found = std::find_if(tickets_.begin(), tickets_.end(),
                                    [&](const Ticket& ticket) { return ticket.id == number; });
    return found == tickets_.end() ? nullptr : &*found;
}

Ticket* TicketDesk::find(const std::string& id) {
    return const_cast<Ticket*>(std::as_const(*this).find(id));
}

Person TicketDesk::authorOf(const Grant& grant) const {
    const Technician* technician = directory_.findTechnician(grant.technicianId);
    if (!technician) return {0, "", "TECHNICIAN", "System"};
    return {technician->id, technician->uid, "TECHNICIAN",
            technician->firstName + " " + technician->lastName};
}

Reply TicketDesk::create(const Request& request, const Grant& grant) {
    if (!hasContentType(request, "application/json"))
        return applicationError(415, "FAILURE", "HTTP 415 Unsupported Media Type");
    auto body = json::parse(request.body);
    if (!body || !body->is_object()) return badRequest("invalid JSON");
    auto read = readNewTicket(body->get_object(), directory_, options_);
    if (!read) return badRequest(read.error().detail);
    if (read->fields.parentTicketId && !find(std::to_string(*read->fields.parentTicketId)))
        return badRequest("parentTicketId is unknown");
    Ticket& ticket = store(std::move(read->fields), clock_.now());
    if (read->description) addLog(ticket, "DESCRIPTION", authorOf(grant), *read->description, false);
    addLog(ticket, "SAVE", authorOf(grant), {false, "Ticket created", std::nullopt, std::nullopt}, true);
    happened(ticket.id, "NINJA_TICKETING_TICKET_CREATED", grant.technicianId);
    return jsonReply(200, ticketJson(ticket));
}

Reply TicketDesk::get(const std::string& id) const {
    const Ticket* ticket = find(id);
    return ticket ? jsonReply(200, ticketJson(*ticket)) : noTicket();
}

Reply TicketDesk::change(const Request& request, const Grant& grant, const std::string& id) {
    if (!hasContentType(request, "application/json"))
        return applicationError(415, "FAILURE", "HTTP 415 Unsupported Media Type");
    Ticket* ticket = find(id);
    if (!ticket) return noTicket();
    auto body = json::parse(request.body);
    if (!body || !body->is_object()) return badRequest("invalid JSON");
    auto read = readChangedTicket(body->get_object(), directory_, options_);
    if (!read) return badRequest(read.error().detail);
    if (read->version != ticket->version)
        return jsonReply(options_.conflictStatus,
                         {{"errorMessage",
                           {{"code", "ticket_version_conflict"},
                            {"params", {{"version", ticket->version}, {"given", read->version}}}}}});
    ticket->fields = std::move(read->fields);
    ticket->attributeIds.clear();
    for (std::size_t i = 0; i < ticket->fields.attributes.size(); ++i)
        ticket->attributeIds.push_back(nextAttributeValue_++);
    ticket->version = nextVersion(ticket->version);
    addLog(*ticket, "SAVE", authorOf(grant), {false, "Ticket updated", std::nullopt, std::nullopt}, true);
    return jsonReply(200, ticketJson(*ticket));
}

Reply TicketDesk::comment(const Request& request, const Grant& grant, const std::string& id) {
    if (!hasContentType(request, "multipart/form-data"))
        return applicationError(415, "FAILURE", "HTTP 415 Unsupported Media Type");
    Ticket* ticket = find(id);
    if (!ticket) return noTicket();
    auto parts = parseMultipart(*request.header("Content-Type"), request.body);
    if (!parts) return badRequest(parts.error().detail);
    std::optional<LogText> text;
    std::vector<LogFile> files;
    for (Part& part : *parts) {
        if (part.name == "comment") {
            auto body = json::parse(part.body);
            if (!body) return badRequest("comment: invalid JSON");
            auto read = readLogText(*body, "comment");
            if (!read) return badRequest(read.error().detail);
            text = std::move(*read);
        } else if (part.name == "files") {
            files.push_back({std::move(part.fileName), std::move(part.contentType), std::move(part.body)});
        }
    }
    if (!text) return badRequest("comment must not be null");
    addLog(*ticket, "COMMENT", authorOf(grant), std::move(*text), false, std::move(files));
    ++ticket->version;
    Reply reply;
    reply.status = 204;
    return reply;
}

Reply TicketDesk::logEntries(const Request& request, const std::string& id) const {
    const Ticket* ticket = find(id);
    if (!ticket) return noTicket();
    const auto query = [&](const char* name) {
        const auto found = request.query.find(name);
        return found == request.query.end() ? std::string{} : found->second;
    };
    const std::string type = query("type");
    const std::int64_t anchor = toInteger(query("anchorId")).value_or(0);
    const std::int64_t size = std::clamp<std::int64_t>(toInteger(query("pageSize")).value_or(500), 1, 1000);
    std::vector<const LogEntry*> found;
    for (const LogEntry& entry : ticket->log)
        if ((type.empty() || type == entry.type) && entry.id > anchor &&
            entry.createTime + std::chrono::milliseconds{options_.logLagMs} <= clock_.now())
            found.push_back(&entry);
    // A page is cut from the order it is shown in: newest first, the oldest are left out.
    if (options_.logOrder == LogOrder::NewestFirst) std::reverse(found.begin(), found.end());
    if (static_cast<std::int64_t>(found.size()) > size) found.resize(static_cast<std::size_t>(size));
    boost::json::array out;
    for (const LogEntry* entry : found) out.push_back(logJson(*entry));
    return jsonReply(200, out);
}

void TicketDesk::happened(int ticketId, const char* statusCode, int technicianId) {
    activities_.push_back({static_cast<std::int64_t>(activities_.size()) + 1, ticketId, statusCode,
                           clock_.now(), technicianId});
}

Reply TicketDesk::activities(const Request& request) const {
    const auto query = [&](const char* name) {
        const auto found = request.query.find(name);
        return found == request.query.end() ? std::string{} : found->second;
    };
    const std::int64_t newerThan = toInteger(query("newerThan")).value_or(0);
    const std::int64_t olderThan =
        toInteger(query("olderThan")).value_or(std::numeric_limits<std::int64_t>::max());
    const std::int64_t size = std::clamp<std::int64_t>(toInteger(query("pageSize")).value_or(200), 10, 1000);
    const std::string type = query("type");
    const std::string status = query("status");
    boost::json::array rows;
    for (auto it = activities_.rbegin(); it != activities_.rend(); ++it) {
        if (static_cast<std::int64_t>(rows.size()) == size) break;
        if (it->id <= newerThan || it->id >= olderThan) continue;
        if (!type.empty() && type != "NINJA_TICKETING") continue;
        if (!status.empty() && status != it->statusCode) continue;
        const Ticket* ticket = find(std::to_string(it->ticketId));
        boost::json::object row{{"id", it->id},
                                {"activityTime", epochSeconds(it->at)},
                                {"activityType", "NINJA_TICKETING"},
                                {"statusCode", it->statusCode},
                                {"status", it->statusCode},
                                {"subject", ticket ? ticket->fields.subject : ""},
                                {"message", "Ticket #" + std::to_string(it->ticketId)}};
        if (it->technicianId != 0) row["userId"] = it->technicianId;
        rows.push_back(std::move(row));
    }
    return jsonReply(200, {{"lastActivityId", static_cast<std::int64_t>(activities_.size())},
                           {"activities", std::move(rows)}});
}

Result<void> TicketDesk::work(const TicketWork& work) {
    Ticket* ticket = find(std::to_string(work.ticket));
    if (!ticket) return Error{ErrorKind::NotFound, "ticket: there is no such ticket"};
    if (work.status) {
        const auto status = std::find_if(kStatuses.begin(), kStatuses.end(), [&](const Status& known) {
            return std::to_string(known.id) == *work.status;
        });
        if (status == kStatuses.end()) return Error{ErrorKind::BadMessage, "status: is unknown"};
        ticket->fields.status = *status;
    }
    if (work.assignedAppUserId) ticket->fields.assignedAppUserId = *work.assignedAppUserId;
    if (work.deleted && *work.deleted != ticket->isDeleted) {
        ticket->isDeleted = *work.deleted;
        happened(ticket->id,
                 ticket->isDeleted ? "NINJA_TICKETING_TICKET_DELETED" : "NINJA_TICKETING_TICKET_REINSTATED",
                 2);
    }
    if (work.comment)
        addLog(*ticket, "COMMENT", authorOf({2, {}}), {false, *work.comment, std::nullopt, std::nullopt},
               false);
    editBySomebodyElse(std::to_string(work.ticket));
    return {};
}

void TicketDesk::editBySomebodyElse(const std::string& id) {
    if (Ticket* ticket = find(id)) {
        ticket->version = nextVersion(ticket->version);
        addLog(*ticket, "SAVE", authorOf({2, {}}), {false, "Ticket updated", std::nullopt, std::nullopt},
               true);
    }
}

boost::json::object TicketDesk::ticketJson(const Ticket& ticket) const {
    const TicketFields& fields = ticket.fields;
    boost::json::array attributes;
    for (std::size_t i = 0; i < fields.attributes.size(); ++i)
        attributes.push_back({{"id", ticket.attributeIds[i]},
                              {"attributeId", fields.attributes[i].attributeId},
                              {"value", fields.attributes[i].value}});
    return {{"id", ticket.id},
            {"version", ticket.version},
            {"nodeId", orNull(fields.nodeId)},
            {"clientId", fields.clientId},
            {"locationId", orNull(fields.locationId)},
            {"assignedAppUserId", orNull(fields.assignedAppUserId)},
            {"requesterUid", orNull(fields.requesterUid)},
            {"subject", fields.subject},
            {"status", statusJson(fields.status)},
            {"type", orNull(fields.type)},
            {"priority", fields.priority},
            {"severity", fields.severity},
            {"ticketFormId", fields.formId},
            {"source", "TECHNICIAN"},
            {"tags", json::encode(fields.tags)},
            {"ccList", {{"uids", json::encode(fields.ccUids)}, {"emails", json::encode(fields.ccEmails)}}},
            {"createTime", epochSeconds(ticket.createTime)},
            {"deleted", ticket.isDeleted},
            {"attributeValues", std::move(attributes)},
            {"additionalAssignedTechnicianIds", json::encode(fields.additionalTechnicians)},
            {"parentTicketId", orNull(fields.parentTicketId)},
            {"followupTime", orNull(fields.followupTime)}};
}

boost::json::array TicketDesk::state() const {
    boost::json::array all;
    for (const Ticket& ticket : tickets_) {
        boost::json::array log;
        for (const LogEntry& entry : ticket.log) {
            boost::json::object row = logJson(entry);
            boost::json::array files;
            for (const LogFile& file : entry.files)
                files.push_back({{"name", file.name},
                                 {"contentType", file.contentType},
                                 {"size", file.content.size()},
                                 {"content", file.content}});
            row["files"] = std::move(files);
            log.push_back(std::move(row));
        }
        boost::json::object row = ticketJson(ticket);
        row["logEntries"] = std::move(log);
        all.push_back(std::move(row));
    }
    return all;
}

}  // namespace ninja3cx::simulators
