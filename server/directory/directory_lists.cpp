#include "server/directory/directory_lists.hpp"

#include <algorithm>
#include <utility>

namespace ninja3cx::directory {
namespace {

std::string nameOf(const ticketing::Person& person) {
    std::string name = person.firstName;
    if (!name.empty() && !person.lastName.empty()) name += ' ';
    name += person.lastName;
    return name.empty() ? person.email : name;
}

/// The first of those with one key stays.
template <class Record>
std::vector<Record> sorted(std::vector<Record> rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Record& a, const Record& b) { return a.key() < b.key(); });
    const auto end = std::unique(rows.begin(), rows.end(),
                                 [](const Record& a, const Record& b) { return a.key() == b.key(); });
    rows.erase(end, rows.end());
    return rows;
}

template <class Record, class Row, class Make>
std::vector<Record> made(const std::vector<Row>& rows, Make make) {
    std::vector<Record> records;
    records.reserve(rows.size());
    for (const Row& row : rows) records.push_back(make(row));
    return sorted(std::move(records));
}

}  // namespace

ListName nameOf(List list) {
    switch (list) {
        case List::Organizations:
            return {"organisations", "organizations"};
        case List::EndUsers:
            return {"end users", "end_users"};
        case List::Contacts:
            return {"contacts", "contacts"};
        case List::OrganizationNumbers:
            return {"organisations' numbers", "organization_numbers"};
        case List::Technicians:
            return {"technicians", "technicians"};
        case List::Locations:
            return {"locations", "locations"};
        case List::Devices:
            return {"devices", "devices"};
        case List::DeviceHealth:
            return {"the devices' health", "device_health"};
        case List::Alerts:
            return {"alerts", "alerts"};
        case List::LoggedOnUsers:
            return {"logged-on users", "logged_on_users"};
    }
    return {"", ""};
}

std::vector<OrganizationRecord> recordsOf(const std::vector<ticketing::Organization>& rows) {
    return made<OrganizationRecord>(rows, [](const auto& row) {
        return OrganizationRecord{row.id, row.name};
    });
}

PhoneNumber numberOf(const std::string& phone, const DialPlan& plan) {
    return readPhoneNumber(phone, plan).value_or(PhoneNumber{});
}

std::vector<PersonRecord> peopleOf(const std::vector<ticketing::Person>& rows, const DialPlan& plan) {
    std::vector<PersonRecord> records;
    records.reserve(rows.size());
    for (const ticketing::Person& row : rows)
        if (!row.uid.empty())
            records.push_back({row.uid, nameOf(row), row.email, row.phone, numberOf(row.phone, plan),
                               row.organizationId, row.isEnabled, row.deviceIds});
    std::stable_partition(records.begin(), records.end(),
                          [](const PersonRecord& record) { return record.isEnabled; });
    return sorted(std::move(records));
}

std::vector<OrganizationNumberRecord> organizationNumbersOf(
    const std::vector<ticketing::OrganizationNumber>& rows) {
    return made<OrganizationNumberRecord>(rows, [](const auto& row) {
        return OrganizationNumberRecord{row.organizationId, row.phone};
    });
}

std::vector<TechnicianRecord> techniciansOf(const std::vector<ticketing::Person>& rows) {
    return made<TechnicianRecord>(rows, [](const auto& row) {
        return TechnicianRecord{row.id, nameOf(row), row.email, row.isEnabled};
    });
}

std::vector<LocationRecord> locationRecordsOf(const std::vector<ticketing::Location>& rows) {
    return made<LocationRecord>(rows, [](const auto& row) {
        return LocationRecord{row.id, row.organizationId, row.name};
    });
}

std::vector<DeviceRecord> deviceRecordsOf(const std::vector<ticketing::Device>& rows) {
    return made<DeviceRecord>(rows, [](const auto& row) {
        return DeviceRecord{row.id,   row.organizationId, row.locationId,
                            row.name, row.ownerUid,       row.isOffline};
    });
}

std::vector<HealthRecord> healthOf(const std::vector<ticketing::DeviceHealth>& rows) {
    return made<HealthRecord>(rows, [](const auto& row) {
        return HealthRecord{row.deviceId, row.status, row.rebootReason};
    });
}

std::vector<AlertRecord> alertsOf(const std::vector<ticketing::Alert>& rows) {
    return made<AlertRecord>(rows, [](const auto& row) {
        return AlertRecord{row.uid, row.deviceId, row.message};
    });
}

std::vector<LoggedOnRecord> loggedOnOf(const std::vector<ticketing::LoggedOnUser>& rows) {
    std::vector<ticketing::LoggedOnUser> latestFirst = rows;
    std::stable_sort(latestFirst.begin(), latestFirst.end(),
                     [](const auto& a, const auto& b) { return a.logonTime > b.logonTime; });
    return made<LoggedOnRecord>(latestFirst, [](const auto& row) {
        // Within a whole number, whatever it says.
        const double atS = std::clamp(row.logonTime, 0.0, 1e12);
        return LoggedOnRecord{row.deviceId, row.userName, static_cast<std::int64_t>(atS)};
    });
}

}  // namespace ninja3cx::directory
