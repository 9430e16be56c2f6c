#pragma once

#include "simulators/pbx/site.hpp"

#include <functional>

namespace ninja3cx::simulators {

/// One call as it is scripted. Times in seconds.
struct CallScript {
    std::optional<std::string> name;
    double at = 0;             // from the start; negative: it was there before
    std::string extension;     // whose call it is
    std::string callerNumber;  // the other party; "" or "anonymous" hides it. internal: an extension
    std::string callerName;
    std::string did;                    // the number that was called
    std::string direction = "inbound";  // inbound, outbound, internal
    std::string variant = "answered";   // kVariants
    double ringS = 6;
    double durationS = 0;             // from answer to hang-up
    std::string endsBy = "customer";  // customer, agent
    std::optional<std::string> audio;
    std::string queueDn = "800";          // queue
    std::vector<std::string> members;     // queue: who rings; the extension answers
    double waitS = 0;                     // queue: before anybody rings
    std::optional<double> givesUpAfterS;  // queue: the caller hangs up unless answered by then
    std::string transferTo;               // transfer, attended-transfer, consultation
    double transferAtS = 10;              // from the answer: the transfer, or the consultation's start
    double consultForS = 10;              // attended-transfer, consultation: from the colleague's answer
    std::string consultCallId = "joins";  // attended-transfer: joins (the colleague's leg gets the customer's
                                          // callid), stays (the customer's call gets the colleague's)
    std::string conferenceWith;           // conference
    double conferenceAtS = 10;            // from the answer: the colleague rings
    double parkAtS = 10;                  // park: from the answer
    double parkForS = 10;                 // park
    std::string pickedUpBy;               // park
    double holdAtS = 0;                   // hold: from the answer
    double holdForS = 0;                  // hold
    std::optional<std::string> holdMusic;  // hold: what the customer's channel carries meanwhile
    bool isRecorded = false;
    double recordingDelayS = 10;  // from the end
    int recordingChannels = 1;
    std::optional<std::string> recordingFile;  // given as it is, instead of the audio
};

/// A call as it is written in a scenario.
struct CallFile {
    std::optional<std::string> name;
    std::optional<double> at;
    std::string extension;
    std::string callerNumber;
    std::optional<std::string> callerName, did, direction, variant, endsBy, audio, queueDn, transferTo,
        consultCallId, conferenceWith, pickedUpBy, holdMusic, recordingFile;
    std::optional<double> ringS, durationS, waitS, givesUpAfterS, transferAtS, consultForS, conferenceAtS,
        parkAtS, parkForS, holdAtS, holdForS, recordingDelayS;
    std::optional<int> recordingChannels;
    bool recorded = false;
    std::vector<std::string> members;
};
BOOST_DESCRIBE_STRUCT(CallFile, (),
                      (name, at, extension, callerNumber, callerName, did, direction, variant, endsBy, audio,
                       queueDn, transferTo, consultCallId, conferenceWith, pickedUpBy, holdMusic,
                       recordingFile, ringS, durationS, waitS, givesUpAfterS, transferAtS, consultForS,
                       conferenceAtS, parkAtS, parkForS, holdAtS, holdForS, recordingDelayS,
                       recordingChannels, recorded, members))

/// What is known of a sound file: where it really is, and how long it lasts.
struct AudioInfo {
    std::string path;
    std::optional<double> durationS;
};
using AudioLookup = std::function<AudioInfo(const std::string& audio)>;

/// Errors begin with the field.
Result<CallScript> toCall(const CallFile& file, const Site& site, const AudioLookup& audio);

}  // namespace ninja3cx::simulators
