#pragma once

#include "bench/uplink/journal_score.hpp"
#include "bench/uplink/uplink_agent.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace ninja3cx::bench {

struct UplinkRunOptions {
    std::size_t agents = 100;
    double seconds = 300;   // of sound
    double cutRate = 0.01;  // of the connections, each second
    std::size_t kills = 2;  // kill -9 of the server, evenly over the time
    std::uint64_t seed = 1;
    double limitS = 120;             // for what is still under way after the sound
    std::filesystem::path programs;  // where 3cx-ninja-server is
    bool keepsFolder = false;
};

struct UplinkRunResult {
    JournalScore journals;        // of all channels
    UplinkAgent::Tally agents;    // of all of them
    std::size_t undelivered = 0;  // agents whose sound was not all acknowledged in the end
    std::size_t restarts = 0;
    std::size_t cuts = 0;
    double networkThreadS = 0;  // processor time
    double serverS = 0;         // that it ran
    double deliveryS = 0;       // from the end of the sound until all was acknowledged
    double seconds = 0;         // altogether
};

/// Starts the server as a program of its own on a port of loopback, with a folder that is removed in the end; lets agents
/// send; kills the server once more and reads the journals. An error: it could not be measured.
Result<UplinkRunResult> runUplink(const UplinkRunOptions& options);

}  // namespace ninja3cx::bench
