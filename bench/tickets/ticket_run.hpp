#pragma once

#include "bench/tickets/score.hpp"
#include "bench/tickets/ticket_agent.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace ninja3cx::bench {

struct TicketRunOptions {
    std::size_t count = 1000;  // drafts
    std::size_t agents = 20;
    std::string faults = "all";
    double faultRate = 1;  // how many times as often as usual
    double speed = 20;     // of NinjaOne and of the server's side towards it
    std::uint64_t seed = 1;
    double killEveryS = 10;          // 0: never
    double pauseS = 4;               // of a technician between two drafts, in the mean
    double limitS = 900;             // then it ends, whatever is still under way
    std::filesystem::path programs;  // where 3cx-ninja-server and 3cx-ninja-sim are
    std::filesystem::path model;
    bool areCareless = false;  // the technicians: only the product's own look-ups stand between two tickets
    bool keepsFolder = false;
};

struct TicketRunResult {
    TicketScore score;
    TicketAgent::Tally agents;  // of all of them
    std::size_t unsettled = 0;  // for the product, at the end
    std::size_t kills = 0;
    std::size_t interrupted = 0;  // deliveries that were under way when the server was killed
    std::size_t logins = 0;
    std::size_t requests = 0;    // of the product to NinjaOne
    std::size_t violations = 0;  // of them, what NinjaOne's interface does not describe
    double seconds = 0;          // from the first start of the server on
};

/// Starts simulator and server as programs of their own, on ports of loopback and with a folder that is removed in the
/// end, lets the agents work, and counts what NinjaOne holds. An error: it could not be measured.
Result<TicketRunResult> runTickets(const TicketRunOptions& options);

}  // namespace ninja3cx::bench
