#pragma once

#include "agent/app/agent_config.hpp"
#include "agent/app/command_line.hpp"
#include "agent/link/server_pins.hpp"

#include <filesystem>
#include <iosfwd>

namespace ninja3cx::agent {

/// Where the results and the complaints of a command go.
struct Streams {
    std::ostream& out;
    std::ostream& errors;
};

/// The commands that set an agent up, which end by themselves. False: it failed, and the reason is written.
/// `discover`: the servers of this network.
bool discover(const CommandLine& line, Language language, Streams streams);
/// `pair URL`: looks at the server's certificate, and pins its key in `pins` where nobody vouches for it. Throws
/// std::runtime_error for a `caFile` that cannot be used.
bool pair(const CommandLine& line, Language language, const AgentConfig& config, ServerPins pins,
          Streams streams);

}  // namespace ninja3cx::agent
