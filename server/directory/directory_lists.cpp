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

}  // namespace

const char* nameOf(List list) {
    switch (list) {
        case List::Organizations:
            return "organisations";
        case List::EndUsers:
            return "end users";
        case List::Contacts:
            return "contacts";
        case List::Technicians:
            return "technicians";
    }
    return "";
}

std::vector<OrganizationRecord> recordsOf(const std::vector<ticketing::Organization>& rows) {
    std::vector<OrganizationRecord> records;
    records.reserve(rows.size());
    for (const auto& row : rows) records.push_back({row.id, row.name});
    return sorted(std::move(records));
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
                               row.organizationId, row.isEnabled});
    std::stable_partition(records.begin(), records.end(),
                          [](const PersonRecord& record) { return record.isEnabled; });
    return sorted(std::move(records));
}

std::vector<TechnicianRecord> techniciansOf(const std::vector<ticketing::Person>& rows) {
    std::vector<TechnicianRecord> records;
    records.reserve(rows.size());
    for (const ticketing::Person& row : rows)
        records.push_back({row.id, nameOf(row), row.email, row.isEnabled});
    return sorted(std::move(records));
}

}  // namespace ninja3cx::directory
