#pragma once

#include "shared/core/clock.hpp"
#include "simulators/ninja_one/directory.hpp"
#include "simulators/ninja_one/options.hpp"
#include "simulators/ninja_one/ticket_rules.hpp"
#include "simulators/ninja_one/token_desk.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <random>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

struct LogFile {
    std::string name;
    std::string contentType;
    std::string content;
};

struct LogEntry {
    std::int64_t id;
    std::string type;  // DESCRIPTION, COMMENT, SAVE
    Person author;
    LogText text;
    bool isSystem;
    SystemTime createTime;
    std::vector<LogFile> files;
};

struct Ticket {
    int id;
    int version;
    TicketFields fields;
    std::vector<std::int64_t> attributeIds;  // of `fields.attributes`
    SystemTime createTime;
    SystemTime lastUpdated;
    SteadyTime visibleFrom;  // on boards
    bool isDeleted = false;
    std::vector<LogEntry> log;  // oldest first
};

/// What somebody does in NinjaOne's own interface.
struct TicketWork {
    int ticket = 0;
    std::optional<std::string> status;  // "5000"
    std::optional<bool> deleted;
    std::optional<int> assignedAppUserId;
    std::optional<std::string> comment;  // private
};
BOOST_DESCRIBE_STRUCT(TicketWork, (), (ticket, status, deleted, assignedAppUserId, comment))

/// Something that happened to a ticket.
struct Activity {
    std::int64_t id;
    int ticketId;
    const char* statusCode;
    SystemTime at;
    int technicianId;  // 0: nobody
};

/// Tickets, their log entries and the boards that list them.
class TicketDesk {
public:
    TicketDesk(const Clock& clock, const NinjaOneOptions& options, const Directory& directory,
               const std::vector<OldTicket>& old);

    Reply create(const Request& request, const Grant& grant);
    Reply get(const std::string& id) const;
    Reply change(const Request& request, const Grant& grant, const std::string& id);
    Reply comment(const Request& request, const Grant& grant, const std::string& id);
    Reply logEntries(const Request& request, const std::string& id) const;
    Reply boards() const;
    Reply runBoard(const Request& request, const Grant& grant, const std::string& id) const;

    /// `GET /activities`: tickets that were created or deleted, newest first.
    Reply activities(const Request& request) const;
    /// A technician works on the ticket in NinjaOne itself. NotFound, or BadMessage for an unknown status.
    Result<void> work(const TicketWork& work);

    /// Somebody else edits the ticket: its version moves on.
    void editBySomebodyElse(const std::string& id);
    /// Every ticket with its log entries and files.
    boost::json::array state() const;

private:
    Ticket& store(TicketFields fields, SystemTime at);
    void addLog(Ticket& ticket, const std::string& type, const Person& author, LogText text, bool isSystem,
                std::vector<LogFile> files = {});
    int nextVersion(int version);
    std::chrono::milliseconds lag();
    void happened(int ticketId, const char* statusCode, int technicianId);
    Ticket* find(const std::string& id);
    const Ticket* find(const std::string& id) const;
    Person authorOf(const Grant& grant) const;
    boost::json::object ticketJson(const Ticket& ticket) const;
    boost::json::object rowJson(const Ticket& ticket) const;
    bool isOnBoard(const Ticket& ticket, int board, const Grant& grant) const;

    const Clock& clock_;
    const NinjaOneOptions& options_;
    const Directory& directory_;
    std::mt19937_64 random_;
    std::vector<Ticket> tickets_;
    std::vector<Activity> activities_;
    int nextTicket_ = 1001;
    std::int64_t nextLogEntry_ = 20'001;
    std::int64_t nextAttributeValue_ = 9001;
};

}  // namespace ninja3cx::simulators
