#pragma once

#include "shared/core/clock.hpp"
#include "simulators/exchange/exchange.hpp"
#include "simulators/ninja_one/seed.hpp"

#include <random>
#include <string>

namespace ninja3cx::simulators {

/// {"resultCode":…,"errorMessage":…,"incidentId":"SIM-…"}: how the application layer refuses.
Reply applicationError(int status, const std::string& resultCode, const std::string& message);
/// A route that does not exist.
Reply unknownRoute();

/// A person a ticket can name, whatever kind.
struct Person {
    int id;
    std::string uid;
    std::string kind;  // TECHNICIAN, END_USER, CONTACT
    std::string name;
};

/// Organisations, locations, people and devices of the simulated tenant.
class Directory {
public:
    Directory(const Clock& clock, Seed seed, std::uint64_t randomSeed)
        : clock_(clock), seed_(std::move(seed)), random_(randomSeed ^ 0xD1EC70U) {}

    // GET routes; `ids` are the values of the braces.
    using Ids = std::vector<std::string>;
    Reply organizations(const Request& request, const Ids& ids) const;
    Reply organization(const Request& request, const Ids& ids) const;
    Reply organizationLocations(const Request& request, const Ids& ids) const;
    Reply organizationEndUsers(const Request& request, const Ids& ids) const;
    Reply organizationCustomFields(const Request& request, const Ids& ids) const;
    Reply organizationDevices(const Request& request, const Ids& ids) const;
    Reply locations(const Request& request, const Ids& ids) const;
    Reply contacts(const Request& request, const Ids& ids) const;
    Reply contact(const Request& request, const Ids& ids) const;
    Reply createContact(const Request& request, const Ids& ids);
    Reply changeContact(const Request& request, const Ids& ids);
    Reply ticketingContacts(const Request& request, const Ids& ids) const;
    Reply appUserContacts(const Request& request, const Ids& ids) const;
    Reply users(const Request& request, const Ids& ids) const;
    Reply endUsers(const Request& request, const Ids& ids) const;
    Reply technicians(const Request& request, const Ids& ids) const;
    Reply devices(const Request& request, const Ids& ids) const;
    Reply searchDevices(const Request& request, const Ids& ids) const;
    Reply device(const Request& request, const Ids& ids) const;
    Reply lastLoggedOnUser(const Request& request, const Ids& ids) const;
    Reply loggedOnUsers(const Request& request, const Ids& ids) const;
    Reply deviceHealth(const Request& request, const Ids& ids) const;
    Reply scopedCustomFields(const Request& request, const Ids& ids) const;
    Reply alerts(const Request& request, const Ids& ids) const;
    Reply deviceAlerts(const Request& request, const Ids& ids) const;

    const Organization* findOrganization(std::int64_t id) const;
    const Location* findLocation(std::int64_t id) const;
    const Device* findDevice(std::int64_t id) const;
    const Technician* findTechnician(std::int64_t id) const;
    std::optional<Person> findPerson(const std::string& uid) const;

private:
    boost::json::value alertJson(const Alert& alert) const;

    const Clock& clock_;
    Seed seed_;
    std::mt19937_64 random_;
};

}  // namespace ninja3cx::simulators
