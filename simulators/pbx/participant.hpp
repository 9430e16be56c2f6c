#pragma once

#include "simulators/pbx/profile.hpp"

#include <boost/json.hpp>

#include <string>

namespace ninja3cx::simulators {

/// One DN's leg in one call.
struct Participant {
    int id = 0;
    std::string status;  // Dialing, Ringing, Connected
    std::string dn;
    std::string partyCallerName;
    std::string partyDn;
    std::string partyCallerId;
    std::string partyDid;
    std::string deviceId;
    std::string partyDnType;
    bool directControl = false;
    std::string originatedByDn;
    std::string originatedByType = "None";
    std::string referredByDn;
    std::string referredByType = "None";
    int callId = 0;
    int legId = 0;
};

std::string entityOf(const Participant& leg);  // "/callcontrol/201/participants/8106"
boost::json::object participantJson(const Participant& leg);

/// `body` as the profile writes it: key case, ids as numbers or strings; with `hasOddities`, unknown fields
/// and null for empty strings.
boost::json::value inProfile(const boost::json::value& body, const Profile& profile, bool hasOddities);

}  // namespace ninja3cx::simulators
