#pragma once

#include "server/ticketing/ninja_records.hpp"
#include "shared/protocol/codes.hpp"
#include "shared/protocol/records.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a tenant's forms, statuses and attributes make of a draft's fields. Pure.
namespace ninja3cx::ticketing {

/// As NinjaOne says. A list that could not be read is empty, and then speaks against nothing.
struct TenantFacts {
    std::vector<TicketForm> forms;
    std::vector<TicketStatus> statuses;
    std::vector<TicketAttribute> attributes;
};
BOOST_DESCRIBE_STRUCT(TenantFacts, (), (forms, statuses, attributes))

/// What this tenant wants in a ticket: the configuration's say, and NinjaOne's.
struct TenantSettings {
    std::optional<std::int64_t> formId;  // none: the tenant's default form
    std::string newStatus = "1000";
    std::string solvedStatus = "5000";
    std::string callIdAttribute = "Call ID";  // name of the one that holds the marker; empty: none
    TenantFacts facts = {};
};

/// The form of a ticket; none where the tenant has no active default form.
std::optional<std::int64_t> formOf(const TenantSettings& tenant, const protocol::DraftFields& fields);

/// Where the tenant has it and lets a ticket get there; else another of the resolved block, else the new one.
std::string solvedStatus(const TenantSettings& tenant);

struct FirstStatus {
    std::string id;
    bool isResolved = false;
};
/// A solved call's is a resolved one, whatever else is asked for. `startsOpen`: NinjaOne refused that.
FirstStatus firstStatus(const TenantSettings& tenant, const protocol::DraftFields& fields, bool startsOpen);

/// The attribute that holds the marker, where the form has it: one it does not have may be refused, and with it every
/// ticket.
std::optional<std::int64_t> callIdAttributeOf(const TenantSettings& tenant,
                                              std::optional<std::int64_t> formId);

/// With the marker. Options by their number, whatever the fields call them; an empty value is none.
std::vector<protocol::AttributeValue> attributesToSend(const TenantSettings& tenant,
                                                       const protocol::DraftFields& fields,
                                                       const std::string& marker);

/// Why NinjaOne would refuse these fields.
struct TenantFault {
    std::string field;  // of DraftFields
    protocol::FieldFault fault{};
    std::string detail;  // for an administrator, in English
};
/// What NinjaOne itself fills in (its own attributes) is not asked for.
std::vector<TenantFault> faultsOf(const TenantSettings& tenant, const protocol::DraftFields& fields);
/// The same for a technician, each once.
std::vector<protocol::FieldProblem> problemsOf(const TenantSettings& tenant,
                                               const protocol::DraftFields& fields);

/// By number or by NinjaOne's name ("NEW"); null: the tenant has none.
const TicketStatus* findStatus(const std::vector<TicketStatus>& statuses, const std::string& wanted);

}  // namespace ninja3cx::ticketing
