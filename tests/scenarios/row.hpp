#pragma once

#include "shared/core/result.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Scenarios: what happens at a PBX, and what this product must make of it. How a row is written: simulators/README.md.
namespace ninja3cx::scenarios {

/// The keys of the server's configuration that matter here, by their own names.
struct PbxKeys {
    std::optional<std::string> mode;  // auto, callControl, activeCalls, legacy
    std::vector<std::string> extensions;
    std::optional<int> longWaitSeconds;
};
BOOST_DESCRIBE_STRUCT(PbxKeys, (), (mode, extensions, longWaitSeconds))

struct DoNotRecordKeys {
    std::optional<std::string> number, extension, direction;
};
BOOST_DESCRIBE_STRUCT(DoNotRecordKeys, (), (number, extension, direction))

struct RecordingKeys {
    bool internalCalls = false;
    std::vector<DoNotRecordKeys> doNotRecord;
};
BOOST_DESCRIBE_STRUCT(RecordingKeys, (), (internalCalls, doNotRecord))

/// The server of a row. Times in seconds.
struct ServerSetup {
    std::optional<PbxKeys> pbx;
    std::optional<RecordingKeys> recording;
    std::optional<double> startsAt;   // absent: with the PBX
    std::optional<double> diesAt;     // it is killed, and starts again
    std::optional<double> isDeadFor;  // 3 s unless it says otherwise
    bool looksAtQueues = false;       // tells who waits in them
};
BOOST_DESCRIBE_STRUCT(ServerSetup, (), (pbx, recording, startsAt, diesAt, isDeadFor, looksAtQueues))

struct Row {
    std::string name;
    std::optional<std::string> why;  // for who reads it
    boost::json::value pbx;          // as a scenario file of the simulator
    std::optional<ServerSetup> server;
    std::vector<std::string> timeline;
    std::vector<std::string> log;               // words that must be in the server's log
    std::map<std::string, int> atMostRequests;  // "POST /connect/token": 3
    bool leavesLinkOut = false;                 // the timeline says nothing of the link
    std::optional<double> untilS;               // absent: 65 s more than the last line
};
BOOST_DESCRIBE_STRUCT(Row, (), (name, why, pbx, server, timeline, log, atMostRequests, leavesLinkOut, untilS))

/// The rows of one file. Errors name the file and the field.
Result<std::vector<Row>> readRows(const std::filesystem::path& file);

}  // namespace ninja3cx::scenarios
