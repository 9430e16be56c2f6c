#pragma once

#include "shared/core/result.hpp"
#include "simulators/exchange/faults.hpp"

#include <boost/describe.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ninja3cx::simulators {

/// Where PBX builds differ, or nobody knows what the real one does.
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
};
struct ProfileChanges {
    std::optional<std::string> version, expiresIn, keyCase, ids, hold;
    std::optional<bool> singleToken, chatter;
    std::optional<int> devices, tokenLifeS;
};
BOOST_DESCRIBE_STRUCT(ProfileChanges, (),
                      (version, expiresIn, keyCase, ids, hold, singleToken, chatter, devices, tokenLifeS))
/// An error names the field whose value nobody knows.
Result<void> apply(const ProfileChanges& changes, Profile& profile);

struct ExtensionSetup {
    std::string number;
    std::string firstName;
    std::string lastName;
    std::string email;
    std::optional<int> devices;
    bool directControl = false;  // its phone lets the app answer
};
BOOST_DESCRIBE_STRUCT(ExtensionSetup, (), (number, firstName, lastName, email, devices, directControl))

/// One call as it is scripted. Times in seconds.
struct CallScript {
    std::optional<std::string> name;
    double at = 0;             // from the start; negative: it was there before
    std::string extension;     // whose call it is
    std::string callerNumber;  // the other party; "" hides it. internal: an extension
    std::string callerName;
    std::string did;                    // the number that was called
    std::string direction = "inbound";  // inbound, outbound, internal
    std::string variant = "answered";   // answered, missed, rejected, queue, transfer, hold
    double ringS = 6;
    double durationS = 0;             // from answer to hang-up
    std::string endsBy = "customer";  // customer, agent
    std::optional<std::string> audio;
    std::string queueDn = "800";       // queue
    std::vector<std::string> members;  // queue: who rings; the extension answers
    std::string transferTo;            // transfer
    double transferAtS = 10;           // transfer: from the answer
    double holdAtS = 0;                // hold: from the answer
    double holdForS = 0;
};

struct PbxScenario {
    Profile profile;
    std::string clientId = "900";
    std::string clientSecret = "sim-key";
    std::vector<std::string> monitored;
    std::string trunk = "10001";
    std::vector<ExtensionSetup> extensions;
    std::vector<CallScript> calls;
    std::optional<double> repeatEveryS;  // the calls start again
    std::vector<Fault> faults;
};

/// What is known of a sound file: where it really is, and how long it lasts.
struct AudioInfo {
    std::string path;
    std::optional<double> durationS;
};
using AudioLookup = std::function<AudioInfo(const std::string& audio)>;

/// Extensions 201-204, all monitored; no calls.
PbxScenario builtInSite();
/// The content of a scenario file. What it leaves out of the site is as in `site`. Errors name the field.
Result<PbxScenario> parsePbxScenario(std::string_view text, const AudioLookup& audio,
                                     const PbxScenario& site = builtInSite());
/// The six sample calls spread over 201-204, again and again.
Result<PbxScenario> demoScenario(const AudioLookup& audio);

}  // namespace ninja3cx::simulators
