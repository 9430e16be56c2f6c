#pragma once

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

struct Organization {
    int id = 0;
    std::string name;
    std::map<std::string, std::string> customFields;
};
BOOST_DESCRIBE_STRUCT(Organization, (), (id, name, customFields))

struct Location {
    int id = 0;
    int organizationId = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Location, (), (id, organizationId, name))

struct Contact {
    int id = 0;
    int organizationId = 0;
    std::string uid;
    std::string firstName;
    std::string lastName;
    std::optional<std::string> email, phone, jobTitle;
};
BOOST_DESCRIBE_STRUCT(Contact, (), (id, organizationId, uid, firstName, lastName, email, phone, jobTitle))

struct EndUser {
    int id = 0;
    int organizationId = 0;
    std::string uid;
    bool enabled = true;
    std::string firstName;
    std::string lastName;
    std::string email;
    std::string phone;
    std::vector<int> assignedDeviceIds;
};
BOOST_DESCRIBE_STRUCT(EndUser, (),
                      (id, organizationId, uid, enabled, firstName, lastName, email, phone,
                       assignedDeviceIds))

struct Technician {
    int id = 0;
    std::string uid;
    bool enabled = true;
    std::string firstName;
    std::string lastName;
    std::string email;
    std::string phone;
};
BOOST_DESCRIBE_STRUCT(Technician, (), (id, uid, enabled, firstName, lastName, email, phone))

struct Device {
    int id = 0;
    int organizationId = 0;
    int locationId = 0;
    std::string uid;
    std::string nodeClass;
    bool offline = false;
    std::string systemName;
    std::optional<std::string> lastUser, ipAddress, assignedOwnerUid;
};
BOOST_DESCRIBE_STRUCT(Device, (),
                      (id, organizationId, locationId, uid, nodeClass, offline, systemName, lastUser,
                       ipAddress, assignedOwnerUid))

/// Something a device complains about.
struct Alert {
    std::string uid;
    int deviceId = 0;
    std::string message;
    std::string sourceType;  // CONDITION_…
    std::optional<std::string> severity, priority;
    double ageHours = 0;
};
BOOST_DESCRIBE_STRUCT(Alert, (), (uid, deviceId, message, sourceType, severity, priority, ageHours))

/// A ticket that was there before.
struct OldTicket {
    int clientId = 0;
    std::string subject;
    std::string description;
    std::string status;  // "1000"
    std::optional<std::string> type, priority, requesterUid;
    std::optional<int> assignedAppUserId;
    double ageHours = 0;
    bool deleted = false;
};
BOOST_DESCRIBE_STRUCT(OldTicket, (),
                      (clientId, subject, description, status, type, priority, requesterUid,
                       assignedAppUserId, ageHours, deleted))

/// Everything a tenant knows at the start. Lists that a file leaves out are empty.
struct Seed {
    std::vector<Organization> organizations;
    std::vector<Location> locations;
    std::vector<Contact> contacts;
    std::vector<EndUser> endUsers;
    std::vector<Technician> technicians;
    std::vector<Device> devices;
    std::vector<Alert> alerts;
    std::vector<OldTicket> tickets;
};
BOOST_DESCRIBE_STRUCT(Seed, (),
                      (organizations, locations, contacts, endUsers, technicians, devices, alerts, tickets))

/// The built-in tenant: the customers of the six sample calls, and numbers that are awkward to look up.
/// Telephone numbers are of the ranges reserved for fiction. Without tickets.
Seed builtInSeed();
/// Tickets of the past for the demo.
std::vector<OldTicket> demoTickets();

}  // namespace ninja3cx::simulators
