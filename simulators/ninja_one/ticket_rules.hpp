#pragma once

#include "shared/core/result.hpp"
#include "simulators/ninja_one/directory.hpp"
#include "simulators/ninja_one/options.hpp"

#include <boost/json.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What NinjaOne lets into a ticket: pure rules over a request's JSON.
namespace ninja3cx::simulators {

struct Status {
    int id;
    int parentId;
    const char* name;
    const char* displayName;
};
inline constexpr std::array kStatuses{
    Status{1000, 1000, "NEW", "New"},          Status{2000, 2000, "OPEN", "Open"},
    Status{2001, 2000, "PLANNED", "Planifié"}, Status{3000, 3000, "WAITING", "Waiting"},
    Status{4000, 4000, "PAUSED", "Paused"},    Status{5000, 5000, "RESOLVED", "Resolved"},
    Status{6000, 6000, "CLOSED", "Closed"},
};
boost::json::object statusJson(const Status& status);

inline constexpr int kCallIdAttribute = 54;    // TEXT "Call ID"
inline constexpr int kOriginAttribute = 55;    // DROPDOWN "Origine"
inline constexpr int kContractAttribute = 56;  // TEXT, required by form 2
boost::json::array attributesJson();
boost::json::array formsJson();

struct AttributeValue {
    int attributeId;
    std::string value;
};

/// What create and update have in common.
struct TicketFields {
    int clientId = 0;
    int formId = 0;
    std::string subject;
    Status status = kStatuses[0];
    std::optional<std::string> type;
    std::string priority = "NONE";
    std::string severity = "NONE";
    std::optional<std::string> requesterUid;
    std::optional<int> assignedAppUserId, locationId, nodeId, parentTicketId;
    std::vector<int> additionalTechnicians;
    std::vector<std::string> ccUids, ccEmails;
    std::vector<std::string> tags;
    std::vector<AttributeValue> attributes;
    std::optional<double> followupTime;
};

/// A text of a ticket: its description or a comment.
struct LogText {
    bool isPublic = true;
    std::optional<std::string> body, htmlBody;
    std::optional<int> timeTracked;
};

struct NewTicket {
    TicketFields fields;
    std::optional<LogText> description;
};
struct ChangedTicket {
    TicketFields fields;
    int version = 0;
};

/// Errors carry the text of NinjaOne's refusal.
Result<NewTicket> readNewTicket(const boost::json::object& body, const Directory& directory,
                                const NinjaOneOptions& options);
Result<ChangedTicket> readChangedTicket(const boost::json::object& body, const Directory& directory,
                                        const NinjaOneOptions& options);
Result<LogText> readLogText(const boost::json::value& body, const std::string& place);

}  // namespace ninja3cx::simulators
