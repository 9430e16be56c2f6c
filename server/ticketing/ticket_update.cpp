#include "server/ticketing/ticket_update.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string_view>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using boost::json::object;
using boost::json::value;

/// Null counts as absent.
const value* given(const object& of, std::string_view name) {
    const value* field = of.if_contains(name);
    return field && !field->is_null() ? field : nullptr;
}

std::optional<std::int64_t> wholeOf(const object& of, std::string_view name) {
    const value* field = given(of, name);
    if (!field || !field->is_number()) return std::nullopt;
    boost::system::error_code notWhole;
    const auto number = field->to_number<std::int64_t>(notWhole);
    if (notWhole) return std::nullopt;
    return number;
}

/// As the request wants an attribute's value. Never "1.76E9", which no date is read from.
std::string asText(const value& held) {
    if (held.is_string()) return std::string{held.get_string()};
    if (!held.is_double()) return boost::json::serialize(held);
    std::array<char, 400> digits{};
    const auto written =
        std::to_chars(digits.begin(), digits.end(), held.get_double(), std::chars_format::fixed);
    return {digits.begin(), written.ptr};
}

boost::json::array attributesOf(const value& read) {
    boost::json::array attributes;
    if (!read.is_array()) return attributes;
    for (const value& row : read.get_array()) {
        const object* fields = row.if_object();
        const auto id = fields ? wholeOf(*fields, "attributeId") : std::nullopt;
        const value* held = fields ? given(*fields, "value") : nullptr;
        if (!id || !held) continue;
        object attribute{{"attributeId", *id}};
        attribute["value"] = asText(*held);
        if (const auto number = wholeOf(*fields, "id")) attribute["id"] = *number;
        attributes.emplace_back(std::move(attribute));
    }
    return attributes;
}

}  // namespace

TicketUpdate ticketUpdate(const value& ticket, const TicketChange& change) {
    TicketUpdate update;
    static const object kNothing;
    const object& read = ticket.is_object() ? ticket.get_object() : kNothing;
    object put;
    static constexpr std::array<std::string_view, 5> kWanted{"version", "clientId", "ticketFormId", "subject",
                                                             "requesterUid"};
    for (const std::string_view name : kWanted) {
        const value* field = given(read, name);
        if (!field) {
            update.lacks = name;
            return update;
        }
        put[name] = *field;
    }
    put["status"] = change.status;
    static constexpr std::array<std::string_view, 10> kKept{
        "type",       "priority", "severity", "assignedAppUserId", "additionalAssignedTechnicianIds",
        "locationId", "nodeId",   "tags",     "followupTime",      "parentTicketId"};
    for (const std::string_view name : kKept)
        if (const value* field = given(read, name)) put[name] = *field;
    if (const value* cc = given(read, "ccList")) put["cc"] = *cc;
    if (const value* values = given(read, "attributeValues")) put["attributes"] = attributesOf(*values);
    update.json = boost::json::serialize(put);
    return update;
}

std::optional<bool> isClosed(const value& ticket) {
    const auto status = readStatusOf(ticket);
    if (!status) return std::nullopt;
    return blockOf(*status) == kResolved || blockOf(*status) == kClosed;
}

bool isVersionConflict(const Reply& reply) {
    if (reply.kind != ReplyKind::Refused) return false;
    if (reply.status == 409 || reply.status == 412) return true;
    std::string text = reply.detail;
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return reply.status == 400 && text.find("version") != std::string::npos;
}

}  // namespace ninja3cx::ticketing
