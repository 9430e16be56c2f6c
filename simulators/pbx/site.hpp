#pragma once

#include "shared/core/result.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ninja3cx::simulators {

struct ExtensionSetup {
    std::string number;
    std::string firstName;
    std::string lastName;
    std::string email;
    std::optional<int> devices;
    bool directControl = false;  // its phone lets the app answer
};
BOOST_DESCRIBE_STRUCT(ExtensionSetup, (), (number, firstName, lastName, email, devices, directControl))

struct QueueSetup {
    std::string dn;
    std::string name;
    std::vector<std::string> members;  // none: every extension that is monitored
};
BOOST_DESCRIBE_STRUCT(QueueSetup, (), (dn, name, members))

/// The numbers of a PBX.
struct Site {
    std::string clientId = "900";  // the API client's route point as well
    std::string clientSecret = "sim-key";
    std::string trunk = "10001";
    std::vector<ExtensionSetup> extensions;
    std::vector<QueueSetup> queues;
    std::vector<std::string> monitored;  // extensions and queues

    const ExtensionSetup* findExtension(const std::string& number) const;
    const QueueSetup* findQueue(const std::string& dn) const;
    std::vector<std::string> membersOf(const QueueSetup& queue) const;
    std::string nameOf(const std::string& number) const;     // "Marie Martin", or nothing
    std::string displayOf(const std::string& number) const;  // "201 Marie Martin"
};

std::optional<Error> unlessExtension(const std::string& place, const std::string& number, const Site& site);
/// What is wrong with its numbers.
std::optional<Error> problemOf(const Site& site);

/// Extensions 201 to 206, all monitored; queue 800, which is not.
Site builtInSite();

}  // namespace ninja3cx::simulators
