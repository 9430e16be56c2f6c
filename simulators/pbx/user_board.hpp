#pragma once

#include "simulators/pbx/site.hpp"

#include <boost/json.hpp>

#include <map>

namespace ninja3cx::simulators {

/// What changes about a user of the PBX. `at`: seconds, only in scenarios.
struct UserChange {
    std::string number;
    std::optional<std::string> queueStatus;  // LoggedIn, LoggedOut
    std::optional<std::string> profile;      // Available, Away, Out of office, or a name of the site's own
    std::optional<bool> registered;
    std::optional<double> at;
};
BOOST_DESCRIBE_STRUCT(UserChange, (), (number, queueStatus, profile, registered, at))
/// What is wrong with it; `place` stands before the field.
std::optional<Error> problemOf(const std::string& place, const UserChange& change, const Site& site);

/// What the users of a PBX have set.
class UserBoard {
public:
    void change(const UserChange& change);
    bool isLoggedIn(const std::string& number) const { return of(number).isLoggedIn; }
    bool isRegistered(const std::string& number) const { return of(number).isRegistered; }
    const std::string& profileOf(const std::string& number) const { return of(number).profile; }

private:
    struct User {
        bool isLoggedIn = true;
        bool isRegistered = true;
        std::string profile = "Available";
    };
    const User& of(const std::string& number) const;

    std::map<std::string, User> users_;
    const User untouched_{};
};

}  // namespace ninja3cx::simulators
