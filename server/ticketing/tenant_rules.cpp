#include "server/ticketing/tenant_rules.hpp"

#include "server/ticketing/ticket_payload.hpp"
#include "shared/core/text.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

using protocol::AttributeValue;
using protocol::DraftFields;
using protocol::FieldFault;
using Faults = std::vector<TenantFault>;

constexpr std::int64_t kMarkerUnits = 16;
constexpr std::int64_t kMostSecondsTracked = 7 * 24 * 3'600;  // more is a slip, and may be billed

/// "Call ID", "call_id", "call-id": one name.
std::string spelled(std::string_view name) {
    std::string plain;
    for (const char c : name)
        if (c != ' ' && c != '_' && c != '-') plain += lowered(c);
    return plain;
}

template <class Row>
const Row* withId(const std::vector<Row>& rows, std::int64_t id) {
    const auto found = std::ranges::find_if(rows, [id](const Row& row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

/// As the tenant knows it, else by its number. Nothing: a name that nobody knows.
std::optional<TicketStatus> statusNamed(const TenantSettings& tenant, const std::string& wanted) {
    if (const TicketStatus* status = findStatus(tenant.facts.statuses, wanted)) return *status;
    TicketStatus status;
    const auto read = std::from_chars(wanted.data(), wanted.data() + wanted.size(), status.id);
    if (read.ec != std::errc{} || read.ptr != wanted.data() + wanted.size()) return std::nullopt;
    return status;
}

bool isResolved(const std::optional<TicketStatus>& status) {
    return status && blockOf(*status) == kResolved;
}

bool isOn(const TicketForm& form, std::int64_t attributeId) {
    return form.attributes && std::ranges::find(*form.attributes, attributeId) != form.attributes->end();
}

const std::vector<AttributeValue>& valuesOf(const DraftFields& fields) {
    static const std::vector<AttributeValue> kNone;
    return fields.attributes ? *fields.attributes : kNone;
}

bool isList(const TicketAttribute& attribute) {
    return attribute.type == "DROPDOWN" && !attribute.options.empty();
}

/// Null: it is none of those that may be chosen.
const AttributeOption* findOption(const TicketAttribute& attribute, std::string_view value) {
    const auto find = [&](auto isMeant) {
        const auto found = std::ranges::find_if(attribute.options, [&](const AttributeOption& option) {
            return option.isActive && isMeant(option);
        });
        return found == attribute.options.end() ? nullptr : &*found;
    };
    const std::string_view wanted = trimmed(value);
    if (const auto* option = find([&](const AttributeOption& one) { return isSameWord(one.id, wanted); }))
        return option;
    if (const auto* option = find([&](const AttributeOption& one) { return trimmed(one.name) == wanted; }))
        return option;
    return find([&](const AttributeOption& one) { return isSameWord(trimmed(one.name), wanted); });
}

/// "-12", and with `hasFraction` "-12.5".
bool isNumber(std::string_view text, bool hasFraction) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = hasFraction ? text.find('.') : std::string_view::npos;
    const auto isDigits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (point == std::string_view::npos) return isDigits(text);
    return isDigits(text.substr(0, point)) && isDigits(text.substr(point + 1));
}

/// What is wrong with a value; none where nothing is known against it.
std::optional<FieldFault> faultOf(const TicketAttribute& attribute, const std::string& value) {
    if (isList(attribute)) {
        if (!findOption(attribute, value)) return FieldFault::NotAllowed;
        return std::nullopt;
    }
    const std::string& type = attribute.type;
    const bool isWrongType =
        (type == "NUMERIC" && !isNumber(value, false)) || (type == "DECIMAL" && !isNumber(value, true)) ||
        (type == "CHECKBOX" && value != "true" && value != "false") || type == "ATTACHMENT";
    if (isWrongType) return FieldFault::NotAllowed;
    if (attribute.maxCharacters &&
        cutToUnits(value, static_cast<std::size_t>(*attribute.maxCharacters)).size() < value.size())
        return FieldFault::TooLong;
    return std::nullopt;
}

std::string nameOf(const TicketAttribute& attribute) {
    return "the attribute " + std::to_string(attribute.id) + " (" + attribute.name + ")";
}

std::string wordsOf(FieldFault fault) {
    return fault == FieldFault::TooLong ? "is longer than it may be" : "has a value that it does not know";
}

void judgeTime(const DraftFields& fields, Faults& faults) {
    const std::int64_t seconds = fields.timeTrackedS.value_or(0);
    if (seconds < 0 || seconds > kMostSecondsTracked)
        faults.push_back({"timeTrackedS", FieldFault::NotAllowed,
                          "the time spent is " + std::to_string(seconds) + " s; it may be 0 to " +
                              std::to_string(kMostSecondsTracked)});
}

void judgeForm(const TenantSettings& tenant, const DraftFields& fields, Faults& faults) {
    if (tenant.facts.forms.empty()) return;
    const auto id = formOf(tenant, fields);
    if (!id) {
        faults.push_back(
            {"ticketFormId", FieldFault::Required, "NinjaOne has no active default ticket form"});
        return;
    }
    const TicketForm* form = withId(tenant.facts.forms, *id);
    if (!form)
        faults.push_back(
            {"ticketFormId", FieldFault::Unknown, "there is no ticket form " + std::to_string(*id)});
    else if (!form->isActive)
        faults.push_back({"ticketFormId", FieldFault::Inactive,
                          "the ticket form " + std::to_string(*id) + " is not active"});
}

void judgeStatus(const TenantSettings& tenant, const DraftFields& fields, Faults& faults) {
    if (tenant.facts.statuses.empty()) return;
    if (!fields.status && fields.isSolved) return;  // one that the tenant has is chosen
    const std::string& wanted = fields.status ? *fields.status : tenant.newStatus;
    const TicketStatus* status = findStatus(tenant.facts.statuses, wanted);
    if (!status)
        faults.push_back({"status", FieldFault::Unknown, "there is no ticket status " + wanted});
    else if (blockOf(*status) == kClosed)
        faults.push_back(
            {"status", FieldFault::NotAllowed,
             "no ticket can begin in the status " + wanted + ": NinjaOne itself closes tickets"});
}

void judgeValues(const TenantSettings& tenant, const DraftFields& fields, const TicketForm* form,
                 Faults& faults) {
    const auto add = [&faults](FieldFault fault, std::string detail) {
        faults.push_back({"attributes", fault, std::move(detail)});
    };
    std::set<std::int64_t> seen;
    for (const AttributeValue& given : valuesOf(fields)) {
        if (trimmed(given.value).empty()) continue;
        const std::string number = std::to_string(given.attributeId);
        const TicketAttribute* attribute = withId(tenant.facts.attributes, given.attributeId);
        if (!attribute) {
            if (!tenant.facts.attributes.empty())
                add(FieldFault::Unknown, "there is no ticket attribute " + number);
            continue;
        }
        if (!seen.insert(given.attributeId).second)
            add(FieldFault::NotAllowed, "the attribute " + number + " is there twice");
        if (!attribute->isActive) {
            add(FieldFault::Inactive, nameOf(*attribute) + " is not active");
            continue;
        }
        if (form && form->attributes && !isOn(*form, attribute->id))
            add(FieldFault::NotAllowed,
                nameOf(*attribute) + " is not on the ticket form " + std::to_string(form->id));
        if (const auto fault = faultOf(*attribute, given.value))
            add(*fault, nameOf(*attribute) + " " + wordsOf(*fault) + ": " + given.value);
    }
}

void judgeRequired(const TenantSettings& tenant, const DraftFields& fields, const TicketForm& form,
                   Faults& faults) {
    const auto callId = callIdAttributeOf(tenant, form.id);
    for (const TicketAttribute& attribute : tenant.facts.attributes) {
        if (!attribute.isRequired || !attribute.isActive || attribute.isSystem) continue;
        if (!isOn(form, attribute.id) || callId == attribute.id) continue;
        const bool isGiven = std::ranges::any_of(valuesOf(fields), [&](const AttributeValue& value) {
            return value.attributeId == attribute.id && !trimmed(value.value).empty();
        });
        if (!isGiven)
            faults.push_back(
                {"attributes", FieldFault::Required,
                 nameOf(attribute) + " is required by the ticket form " + std::to_string(form.id)});
    }
}

}  // namespace

const TicketStatus* findStatus(const std::vector<TicketStatus>& statuses, const std::string& wanted) {
    const auto found = std::ranges::find_if(statuses, [&](const TicketStatus& status) {
        return std::to_string(status.id) == wanted || (!wanted.empty() && status.name == wanted);
    });
    return found == statuses.end() ? nullptr : &*found;
}

std::optional<std::int64_t> formOf(const TenantSettings& tenant, const DraftFields& fields) {
    if (fields.ticketFormId) return fields.ticketFormId;
    if (tenant.formId) return tenant.formId;
    for (const TicketForm& form : tenant.facts.forms)
        if (form.isDefault && form.isActive) return form.id;
    return std::nullopt;
}

std::string solvedStatus(const TenantSettings& tenant) {
    const auto& statuses = tenant.facts.statuses;
    const TicketStatus* status = findStatus(statuses, tenant.solvedStatus);
    if (status && blockOf(*status) == kResolved) return std::to_string(status->id);
    for (const TicketStatus& other : statuses)
        if (blockOf(other) == kResolved) return std::to_string(other.id);
    return std::to_string(kResolved);
}

std::optional<std::string> finalStatus(const TenantSettings& tenant, const DraftFields& fields) {
    if (fields.status && (fields.isSolved || !fields.commentOn))
        if (const auto asked = statusNamed(tenant, *fields.status); isResolved(asked))
            return std::to_string(asked->id);
    if (fields.isSolved) return solvedStatus(tenant);
    return std::nullopt;
}

bool mayHaveFinalStatus(const TenantSettings& tenant, const DraftFields& fields) {
    if (finalStatus(tenant, fields)) return true;
    return tenant.facts.statuses.empty() && !fields.commentOn && fields.status &&
           !statusNamed(tenant, *fields.status);
}

FirstStatus firstStatus(const TenantSettings& tenant, const DraftFields& fields, bool startsOpen) {
    const auto last = finalStatus(tenant, fields);
    if (last && !startsOpen) return {*last, true};
    if (!fields.status) return {tenant.newStatus, false};
    const auto asked = statusNamed(tenant, *fields.status);
    if (isResolved(asked)) return {tenant.newStatus, false};
    return {asked ? std::to_string(asked->id) : *fields.status, false};
}

std::optional<std::int64_t> callIdAttributeOf(const TenantSettings& tenant,
                                              std::optional<std::int64_t> formId) {
    const TicketForm* form = formId ? withId(tenant.facts.forms, *formId) : nullptr;
    const std::string wanted = spelled(tenant.callIdAttribute);
    if (!form || wanted.empty()) return std::nullopt;
    for (const TicketAttribute& attribute : tenant.facts.attributes) {
        const bool isMeant =
            attribute.isActive && attribute.type == "TEXT" && spelled(attribute.name) == wanted;
        const bool hasRoom = !attribute.maxCharacters || *attribute.maxCharacters >= kMarkerUnits;
        if (isMeant && hasRoom && isOn(*form, attribute.id)) return attribute.id;
    }
    return std::nullopt;
}

std::vector<AttributeValue> attributesToSend(const TenantSettings& tenant, const DraftFields& fields,
                                             const std::string& marker) {
    std::vector<AttributeValue> sent;
    const auto callId = callIdAttributeOf(tenant, formOf(tenant, fields));
    if (callId) sent.push_back({*callId, marker});
    const auto isThere = [&sent](std::int64_t id) {
        return std::ranges::any_of(sent, [id](const AttributeValue& one) { return one.attributeId == id; });
    };
    for (const AttributeValue& given : valuesOf(fields)) {
        if (trimmed(given.value).empty() || isThere(given.attributeId)) continue;
        AttributeValue value{given.attributeId, toValidUtf8(given.value)};
        const TicketAttribute* attribute = withId(tenant.facts.attributes, given.attributeId);
        if (attribute && isList(*attribute))
            if (const AttributeOption* option = findOption(*attribute, value.value)) value.value = option->id;
        sent.push_back(std::move(value));
    }
    return sent;
}

std::vector<TenantFault> faultsOf(const TenantSettings& tenant, const DraftFields& fields) {
    Faults faults;
    judgeTime(fields, faults);
    if (fields.commentOn) return faults;  // no new ticket
    judgeForm(tenant, fields, faults);
    judgeStatus(tenant, fields, faults);
    const auto formId = formOf(tenant, fields);
    const TicketForm* form = formId ? withId(tenant.facts.forms, *formId) : nullptr;
    judgeValues(tenant, fields, form, faults);
    if (form) judgeRequired(tenant, fields, *form, faults);
    return faults;
}

std::vector<protocol::FieldProblem> problemsOf(const TenantSettings& tenant, const DraftFields& fields) {
    std::vector<protocol::FieldProblem> problems;
    for (const TenantFault& fault : faultsOf(tenant, fields)) {
        protocol::FieldProblem problem{fault.field, wordOf(fault.fault)};
        if (std::ranges::find(problems, problem) == problems.end()) problems.push_back(std::move(problem));
    }
    return problems;
}

}  // namespace ninja3cx::ticketing
