#include "server/ticketing/ticket_update.hpp"

#include "shared/core/text.hpp"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// Null counts as absent.
const value* given(const object& of, std::string_view name) {
    const value* field = of.if_contains(name);
    return field && !field->is_null() ? field : nullptr;
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

std::optional<value> shapedNumber(const value& held) {
    boost::system::error_code notWhole;
    if (!held.is_number()) return std::nullopt;
    const auto number = held.to_number<std::int32_t>(notWhole);
    if (notWhole) return std::nullopt;
    return value(number);
}

std::optional<value> shapedText(const value& held) {
    return held.is_string() ? std::optional{held} : std::nullopt;
}

template <class Shape>
std::optional<value> shapedList(const value& held, Shape shape) {
    const array* items = held.if_array();
    if (!items) return std::nullopt;
    array list;
    for (const value& item : *items) {
        auto sent = item.is_null() ? std::nullopt : shape(item);
        if (!sent && !item.is_null()) return std::nullopt;
        if (sent && !sent->is_null()) list.push_back(std::move(*sent));
    }
    return value(std::move(list));
}

std::optional<value> shapedCopies(const value& held) {
    const object* copies = held.if_object();
    if (!copies) return std::nullopt;
    object made;
    for (const std::string_view name : {"uids", "emails"}) {
        const value* list = given(*copies, name);
        if (!list) continue;
        auto sent = shapedList(*list, shapedText);
        if (!sent) return std::nullopt;
        made[name] = std::move(*sent);
    }
    return value(std::move(made));
}

/// One without a value is none.
std::optional<value> shapedAttribute(const value& row) {
    const object* fields = row.if_object();
    const value* number = fields ? given(*fields, "attributeId") : nullptr;
    auto attributeId = number ? shapedNumber(*number) : std::nullopt;
    if (!attributeId) return std::nullopt;
    const value* held = given(*fields, "value");
    if (!held) return value(nullptr);
    object attribute{{"attributeId", std::move(*attributeId)}, {"value", asText(*held)}};
    if (const value* id = given(*fields, "id"))
        if (auto sent = shapedNumber(*id)) attribute["id"] = std::move(*sent);
    return value(std::move(attribute));
}

enum class Shape { Number = 1, Text, Time, Numbers, Texts, Copies, Attributes };

struct Field {
    std::string_view name;
    Shape shape{};
    bool isRequired = false;
    std::string_view sentAs = {};  // empty: by the same name
};

/// All that NinjaOne's PUT replaces, but for the status.
constexpr std::array<Field, 17> kFields{{{"version", Shape::Number, true},
                                         {"clientId", Shape::Number, true},
                                         {"ticketFormId", Shape::Number, true},
                                         {"subject", Shape::Text, true},
                                         {"requesterUid", Shape::Text, true},
                                         {"type", Shape::Text},
                                         {"priority", Shape::Text},
                                         {"severity", Shape::Text},
                                         {"assignedAppUserId", Shape::Number},
                                         {"additionalAssignedTechnicianIds", Shape::Numbers},
                                         {"locationId", Shape::Number},
                                         {"nodeId", Shape::Number},
                                         {"tags", Shape::Texts},
                                         {"followupTime", Shape::Time},
                                         {"parentTicketId", Shape::Number},
                                         {"ccList", Shape::Copies, false, "cc"},
                                         {"attributeValues", Shape::Attributes, false, "attributes"}}};

/// As the request wants it; nothing: it cannot be given back.
std::optional<value> shaped(const value& held, Shape shape) {
    switch (shape) {
        case Shape::Number:
            return shapedNumber(held);
        case Shape::Text:
            return shapedText(held);
        case Shape::Time:
            return held.is_number() ? std::optional{held} : std::nullopt;
        case Shape::Numbers:
            return shapedList(held, shapedNumber);
        case Shape::Texts:
            return shapedList(held, shapedText);
        case Shape::Copies:
            return shapedCopies(held);
        case Shape::Attributes:
            return shapedList(held, shapedAttribute);
    }
    return std::nullopt;
}

}  // namespace

TicketUpdate ticketUpdate(const value& ticket, const TicketChange& change) {
    TicketUpdate update;
    static const object kNothing;
    const object& read = ticket.is_object() ? ticket.get_object() : kNothing;
    object put;
    for (const Field& field : kFields) {
        const value* held = given(read, field.name);
        if (!held && !field.isRequired) continue;
        auto sent = held ? shaped(*held, field.shape) : std::nullopt;
        if (!sent) {
            update.lacks = field.name;
            return update;
        }
        put[field.sentAs.empty() ? field.name : field.sentAs] = std::move(*sent);
    }
    put["status"] = change.status;
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
    return reply.status == 400 && lowered(reply.detail).find("version") != std::string::npos;
}

}  // namespace ninja3cx::ticketing
