#pragma once

#include "server/directory/phone_number.hpp"
#include "server/ticketing/ninja_records.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// NinjaOne's lists as this product keeps them: one record for each row, sorted by its key, no key twice. Pure.
namespace ninja3cx::directory {

/// In the order in which they are read: what a caller is recognised by first.
enum class List {
    Organizations = 1,
    EndUsers,
    Contacts,
    OrganizationNumbers,
    Technicians,
    Locations,
    Devices,
    DeviceHealth,
    Alerts,
    LoggedOnUsers
};
inline constexpr std::array kLists{
    List::Organizations, List::EndUsers,     List::Contacts, List::OrganizationNumbers,
    List::Technicians,   List::Locations,    List::Devices,  List::DeviceHealth,
    List::Alerts,        List::LoggedOnUsers};
struct ListName {
    const char* spoken;  // for the log: "end users"
    const char* table;   // in the copy on disk: "end_users"
};
ListName nameOf(List list);

struct OrganizationRecord {
    std::int64_t id = 0;
    std::string name;
    std::int64_t key() const { return id; }
    bool operator==(const OrganizationRecord&) const = default;
};

/// A contact or an end user: somebody a ticket can be made for.
struct PersonRecord {
    std::string uid;
    std::string name;
    std::string email;
    std::string phone;   // as it was written
    PhoneNumber number;  // the same, made comparable; empty: none
    std::int64_t organizationId = 0;
    bool isEnabled = true;
    std::vector<std::int64_t> deviceIds = {};  // assigned to an end user
    const std::string& key() const { return uid; }
    bool operator==(const PersonRecord&) const = default;
};

/// Of an organisation's switchboard, by a custom field.
struct OrganizationNumberRecord {
    std::int64_t organizationId = 0;
    std::string phone;  // as it was written
    std::int64_t key() const { return organizationId; }
    bool operator==(const OrganizationNumberRecord&) const = default;
};

struct TechnicianRecord {
    std::int64_t id = 0;
    std::string name;
    std::string email;
    bool isActive = true;
    std::int64_t key() const { return id; }
    bool operator==(const TechnicianRecord&) const = default;
};

struct LocationRecord {
    std::int64_t id = 0;
    std::int64_t organizationId = 0;
    std::string name;
    std::int64_t key() const { return id; }
    bool operator==(const LocationRecord&) const = default;
};

struct DeviceRecord {
    std::int64_t id = 0;
    std::int64_t organizationId = 0;
    std::int64_t locationId = 0;  // 0: none
    std::string name;
    std::string ownerUid;
    bool isOffline = false;
    std::int64_t key() const { return id; }
    bool operator==(const DeviceRecord&) const = default;
};

struct HealthRecord {
    std::int64_t deviceId = 0;
    std::string status;
    std::string rebootReason;
    std::int64_t key() const { return deviceId; }
    bool operator==(const HealthRecord&) const = default;
};

struct AlertRecord {
    std::string uid;
    std::int64_t deviceId = 0;
    std::string message;
    const std::string& key() const { return uid; }
    bool operator==(const AlertRecord&) const = default;
};

/// Who was logged on on a device last.
struct LoggedOnRecord {
    std::int64_t deviceId = 0;
    std::string userName;
    std::int64_t atS = 0;
    std::int64_t key() const { return deviceId; }
    bool operator==(const LoggedOnRecord&) const = default;
};

std::vector<OrganizationRecord> recordsOf(const std::vector<ticketing::Organization>& rows);
/// Without those who have no uid: no ticket could name them.
std::vector<PersonRecord> peopleOf(const std::vector<ticketing::Person>& rows, const DialPlan& plan);
std::vector<OrganizationNumberRecord> organizationNumbersOf(
    const std::vector<ticketing::OrganizationNumber>& rows);
std::vector<TechnicianRecord> techniciansOf(const std::vector<ticketing::Person>& rows);
std::vector<LocationRecord> locationRecordsOf(const std::vector<ticketing::Location>& rows);
std::vector<DeviceRecord> deviceRecordsOf(const std::vector<ticketing::Device>& rows);
std::vector<HealthRecord> healthOf(const std::vector<ticketing::DeviceHealth>& rows);
std::vector<AlertRecord> alertsOf(const std::vector<ticketing::Alert>& rows);
std::vector<LoggedOnRecord> loggedOnOf(const std::vector<ticketing::LoggedOnUser>& rows);

/// What `phone` says by this plan; empty where it says nothing.
PhoneNumber numberOf(const std::string& phone, const DialPlan& plan);

/// All lists. A copy shares its rows.
struct Lists {
    template <class Record>
    using Rows = std::shared_ptr<const std::vector<Record>>;
    Rows<OrganizationRecord> organizations = std::make_shared<std::vector<OrganizationRecord>>();
    Rows<PersonRecord> endUsers = std::make_shared<std::vector<PersonRecord>>();
    Rows<PersonRecord> contacts = std::make_shared<std::vector<PersonRecord>>();
    Rows<OrganizationNumberRecord> organizationNumbers =
        std::make_shared<std::vector<OrganizationNumberRecord>>();
    Rows<TechnicianRecord> technicians = std::make_shared<std::vector<TechnicianRecord>>();
    Rows<LocationRecord> locations = std::make_shared<std::vector<LocationRecord>>();
    Rows<DeviceRecord> devices = std::make_shared<std::vector<DeviceRecord>>();
    Rows<HealthRecord> health = std::make_shared<std::vector<HealthRecord>>();
    Rows<AlertRecord> alerts = std::make_shared<std::vector<AlertRecord>>();
    Rows<LoggedOnRecord> loggedOn = std::make_shared<std::vector<LoggedOnRecord>>();
};

/// What has to be written to turn one list into another.
template <class Record>
struct ListDifference {
    std::vector<const Record*> changed;  // of the new list: new rows and those that are not what they were
    std::vector<const Record*> gone;     // of the old one
    bool isEmpty() const { return changed.empty() && gone.empty(); }
};

/// Both sorted by key. The result points into them.
template <class Record>
ListDifference<Record> differenceOf(const std::vector<Record>& before, const std::vector<Record>& after) {
    ListDifference<Record> difference;
    auto old = before.begin();
    for (const Record& row : after) {
        while (old != before.end() && old->key() < row.key()) difference.gone.push_back(&*old++);
        const bool isHeld = old != before.end() && old->key() == row.key();
        if (!isHeld || *old != row) difference.changed.push_back(&row);
        if (isHeld) ++old;
    }
    while (old != before.end()) difference.gone.push_back(&*old++);
    return difference;
}

}  // namespace ninja3cx::directory
