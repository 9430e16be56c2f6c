#pragma once

#include "server/directory/phone_number.hpp"
#include "server/ticketing/ninja_records.hpp"

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// NinjaOne's lists as this product keeps them: one record for each row, sorted by its key, no key twice. Pure.
namespace ninja3cx::directory {

/// In the order in which they are read: what a caller is recognised by first.
enum class List { Organizations = 1, EndUsers, Contacts, Technicians };
inline constexpr List kLists[] = {List::Organizations, List::EndUsers, List::Contacts, List::Technicians};
/// For the log: "end users".
const char* nameOf(List list);

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
    const std::string& key() const { return uid; }
    bool operator==(const PersonRecord&) const = default;
};

struct TechnicianRecord {
    std::int64_t id = 0;
    std::string name;
    std::string email;
    bool isActive = true;
    std::int64_t key() const { return id; }
    bool operator==(const TechnicianRecord&) const = default;
};

std::vector<OrganizationRecord> recordsOf(const std::vector<ticketing::Organization>& rows);
/// Without those who have no uid: no ticket could name them.
std::vector<PersonRecord> peopleOf(const std::vector<ticketing::Person>& rows, const DialPlan& plan);
std::vector<TechnicianRecord> techniciansOf(const std::vector<ticketing::Person>& rows);

/// What `phone` says by this plan; empty where it says nothing.
PhoneNumber numberOf(const std::string& phone, const DialPlan& plan);

/// All lists. A copy shares its rows.
struct Lists {
    template <class Record>
    using Rows = std::shared_ptr<const std::vector<Record>>;
    Rows<OrganizationRecord> organizations = std::make_shared<std::vector<OrganizationRecord>>();
    Rows<PersonRecord> endUsers = std::make_shared<std::vector<PersonRecord>>();
    Rows<PersonRecord> contacts = std::make_shared<std::vector<PersonRecord>>();
    Rows<TechnicianRecord> technicians = std::make_shared<std::vector<TechnicianRecord>>();
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
