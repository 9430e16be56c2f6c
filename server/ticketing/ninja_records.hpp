#pragma once

#include "shared/protocol/ticket_status.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// NinjaOne's records, as far as this product reads them. Decoding is lenient: unknown fields are ignored, a
/// row without its number is left out, a missing text is empty. It gives nothing only when the whole is not
/// what was asked for.
namespace ninja3cx::ticketing {

struct Organization {
    std::int64_t id = 0;
    std::string name;
    bool operator==(const Organization&) const = default;
};

struct Person {
    std::int64_t id = 0;  // of a technician: what a ticket is assigned to
    std::string uid;      // what a ticket's requester is named by
    std::string firstName;
    std::string lastName;
    std::string email;
    std::string phone;
    std::int64_t organizationId = 0;  // 0: none
    bool isEnabled = true;
    std::vector<std::int64_t> deviceIds;  // assigned to an end user
    bool operator==(const Person&) const = default;
};

struct Location {
    std::int64_t id = 0;
    std::int64_t organizationId = 0;
    std::string name;
    bool operator==(const Location&) const = default;
};

struct Device {
    std::int64_t id = 0;
    std::int64_t organizationId = 0;
    std::int64_t locationId = 0;  // 0: none
    std::string name;             // as it is shown, else as it calls itself
    std::string ownerUid;         // whom it is assigned to; empty: nobody
    bool isOffline = false;
    bool operator==(const Device&) const = default;
};

struct DeviceHealth {
    std::int64_t deviceId = 0;
    std::string status;        // HEALTHY, NEEDS_ATTENTION, UNHEALTHY, UNKNOWN
    std::string rebootReason;  // why a restart is due; empty: it is not
    bool operator==(const DeviceHealth&) const = default;
};

struct Alert {
    std::string uid;
    std::int64_t deviceId = 0;
    std::string message;
    bool operator==(const Alert&) const = default;
};

struct LoggedOnUser {
    std::int64_t deviceId = 0;
    std::string userName;  // "DOMAIN\\name", "name", an e-mail address
    double logonTime = 0;  // epoch seconds
    bool operator==(const LoggedOnUser&) const = default;
};

/// What is written in an organisation's custom field.
struct OrganizationNumber {
    std::int64_t organizationId = 0;
    std::string phone;
    bool operator==(const OrganizationNumber&) const = default;
};

/// One page of a report (/queries/…).
template <class Row>
struct ReportPage {
    std::vector<Row> rows;
    std::size_t rowsSent = 0;           // including those that could not be read
    std::optional<std::string> cursor;  // of the next page; none: that was all
};

struct Board {
    std::int64_t id = 0;
    std::string name;
    bool isSystem = false;
    std::int64_t ticketCount = 0;
    bool operator==(const Board&) const = default;
};

struct BoardRow {
    std::int64_t id = 0;
    std::optional<double> createTime;  // epoch seconds
    std::string summary;               // the ticket's subject
    std::optional<std::string> description;
    std::string organization;  // its name
    std::string requester;     // likewise
    std::vector<std::string> tags;
    std::vector<std::string> attributeValues;
};

struct BoardPage {
    std::vector<BoardRow> rows;
    std::size_t rowsSent = 0;  // including those that could not be read
    std::optional<std::int64_t> lastCursorId;
};

struct TicketStatus {
    std::int64_t id = 0;
    std::int64_t parentId = 0;
    std::string name;
    std::string displayName;
};
using protocol::kClosed;
using protocol::kResolved;
/// By its parent where NinjaOne tells one (0: none), else by its number.
std::int64_t blockOf(std::int64_t statusId, std::int64_t parentId);
std::int64_t blockOf(const TicketStatus& status);
BOOST_DESCRIBE_STRUCT(TicketStatus, (), (id, parentId, name, displayName))

struct TicketForm {
    std::int64_t id = 0;
    std::string name;
    bool isDefault = false;
    bool isActive = true;
    std::optional<std::vector<std::int64_t>> attributes = {};  // their numbers; absent: NinjaOne does not say
};
BOOST_DESCRIBE_STRUCT(TicketForm, (), (id, name, isDefault, isActive, attributes))

struct AttributeOption {
    std::string id;  // what a ticket names it by
    std::string name;
    bool isActive = true;
};
BOOST_DESCRIBE_STRUCT(AttributeOption, (), (id, name, isActive))

struct TicketAttribute {
    std::int64_t id = 0;
    std::string type;
    std::string name;
    bool isActive = true;
    bool isRequired = false;
    bool isSystem = false;  // one of NinjaOne's own: the subject, the organisation …
    std::optional<std::int64_t> maxCharacters = {};
    std::vector<AttributeOption> options = {};
};
BOOST_DESCRIBE_STRUCT(TicketAttribute, (),
                      (id, type, name, isActive, isRequired, isSystem, maxCharacters, options))

struct LogEntry {
    std::int64_t id = 0;
    std::string type;
    std::string body;
    std::string htmlBody;
};

struct Ticket {
    std::int64_t id = 0;
    std::int64_t clientId = 0;
    std::string subject;
    bool isDeleted = false;
    std::string requesterUid;  // empty: none
    std::string type;          // in NinjaOne's words, as are these; empty: not told
    std::string priority;
    std::string severity;
    std::int64_t locationId = 0;  // 0: none
    std::int64_t deviceId = 0;    // likewise
};

/// What a board's row, or a ticket read by itself, tells of a ticket's present state.
struct SeenTicket {
    std::int64_t id = 0;
    std::optional<double> lastUpdated;  // epoch seconds; in rows only
    std::optional<TicketStatus> status;
    std::string subject;
    std::vector<std::string> tags;
    std::int64_t clientId = 0;  // rows have a name instead: 0
    std::string organization;   // that name; in rows only
    std::string requesterUid;   // likewise: empty
    bool isDeleted = false;
};

struct SeenPage {
    std::vector<SeenTicket> rows;
    std::size_t rowsSent = 0;  // including those that could not be read
    std::optional<std::int64_t> lastCursorId;
};

using boost::json::value;
std::optional<std::vector<Organization>> readOrganizations(const value& body);
std::optional<std::vector<Person>> readPeople(const value& body);
std::optional<std::vector<Location>> readLocations(const value& body);
std::optional<std::vector<Device>> readDevices(const value& body);
std::optional<std::vector<Alert>> readAlerts(const value& body);
std::optional<ReportPage<DeviceHealth>> readDeviceHealth(const value& body);
std::optional<ReportPage<LoggedOnUser>> readLoggedOnUsers(const value& body);
/// Those of organisations that have text in `field`.
std::optional<ReportPage<OrganizationNumber>> readOrganizationNumbers(const value& body,
                                                                      std::string_view field);
std::optional<std::vector<Board>> readBoards(const value& body);
std::optional<BoardPage> readBoardPage(const value& body);
std::optional<std::vector<TicketStatus>> readStatuses(const value& body);
std::optional<std::vector<TicketForm>> readForms(const value& body);
std::optional<std::vector<TicketAttribute>> readAttributes(const value& body);
/// Nothing also where one entry cannot be read.
std::optional<std::vector<LogEntry>> readLogEntries(const value& body);
std::optional<Ticket> readTicket(const value& body);
/// Of a ticket or of a board's row. Nothing: it shows no status.
std::optional<TicketStatus> readStatusOf(const value& ticket);
std::optional<SeenTicket> readSeenTicket(const value& body);
std::optional<SeenPage> readSeenPage(const value& body);

/// The board that shows every ticket, or nothing when none can be told for certain. Never the one of deleted
/// tickets.
std::optional<Board> allTicketsBoard(const std::vector<Board>& boards);
/// Whether a board's name says that it shows deleted tickets (a warning for ninja.boardId).
bool isDeletedTicketsBoard(const Board& board);

}  // namespace ninja3cx::ticketing
