#pragma once

#include "shared/core/result.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace ninja3cx::simulators {

/// Where PBX builds and their set-up differ, or nobody knows what the real one does.
struct Profile {
    std::string version = "v20.0.9";        // v18, v20.0.7, v20.0.9
    std::string expiresIn = "seconds";      // seconds, minutes
    bool singleToken = true;                // a new token ends the one before
    std::string keyCase = "snake";          // snake, pascal
    std::string ids = "number";             // number, string
    std::string hold = "upsert-connected";  // silent, upsert-connected, status-held
    bool chatter = false;                   // every leg's Upsert repeats each 750 ms
    int devices = 1;                        // phones of an extension that does not say
    int tokenLifeS = 3600;
    std::string callControl = "on";  // on, off: the API client may not use it
    std::string xapi = "on";         // on, off
    std::string licence = "full";    // full, missing: neither of the two
    std::string role = "owner";      // owner, user: sees no recordings
    double clockSkewS = 0;           // how far the PBX's date is ahead
    std::string tls = "off";         // off, valid, self-signed, wrong-name, expired; only from the start on
};
struct ProfileChanges {
    std::optional<std::string> version, expiresIn, keyCase, ids, hold, callControl, xapi, licence, role, tls;
    std::optional<bool> singleToken, chatter;
    std::optional<int> devices, tokenLifeS;
    std::optional<double> clockSkewS;
};
BOOST_DESCRIBE_STRUCT(ProfileChanges, (),
                      (version, expiresIn, keyCase, ids, hold, callControl, xapi, licence, role, tls,
                       singleToken, chatter, devices, tokenLifeS, clockSkewS))
/// An error names the field whose value nobody knows.
Result<void> apply(const ProfileChanges& changes, Profile& profile);

}  // namespace ninja3cx::simulators
