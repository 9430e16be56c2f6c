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

/// The configured one where the tenant has it in the resolved block; else another of that block, else NinjaOne's own.
/// Never one of the closed block: NinjaOne lets nobody go there directly.
std::string solvedStatus(const TenantSettings& tenant);

/// The resolved status that the ticket of these fields is to end in: the one they ask for, else, of a solved call, the
/// configured one. Nothing: it stays open. A ticket that is only commented on ends in one because of a solved call alone.
std::optional<std::string> finalStatus(const TenantSettings& tenant, const protocol::DraftFields& fields);
/// True also where they name a status and NinjaOne never said which there are.
bool mayHaveFinalStatus(const TenantSettings& tenant, const protocol::DraftFields& fields);

struct FirstStatus {
    std::string id;
    bool isResolved = false;
};
/// The final one where there is one. `startsOpen`: NinjaOne refused that, it is given at the end.
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
