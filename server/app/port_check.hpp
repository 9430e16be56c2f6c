#pragma once

#include "server/config/settings.hpp"

#include <boost/system/error_code.hpp>

#include <optional>
#include <string>

namespace ninja3cx::app {

enum class PortUse { Free = 1, OurServer, OtherProgram, NotAllowed, NotOurAddress, Unknown };

struct PortState {
    PortUse use{};
    std::string detail;  // the other server's version, or the system's words
};

/// What trying to listen there came to. An address in use counts as OtherProgram until it was asked who it is.
PortUse portUseOf(const boost::system::error_code& failure);

/// Tries to listen where the server would; where somebody listens, asks whether it is one of us.
PortState lookAtPort(const config::ServerSettings& server);

/// What the server that listens there says of itself in /health.
struct RunningServer {
    std::string origin;  // "https://127.0.0.1:3000"
    std::string version;
    std::string status;        // "ok", "degraded"
    std::string problem;       // empty: none
    std::string ninja;         // a LinkState's name; empty: an older server, which does not say
    std::string ninjaWarning;  // what is wrong there though the link works; empty: nothing
};
/// Nothing when none of ours answers there.
std::optional<RunningServer> askRunningServer(const config::ServerSettings& server);

/// Whether only this computer can reach a server that listens there.
bool isLoopback(const std::string& address);

/// What the log says at the start of a server that others reach without encryption.
std::optional<std::string> warningOfReach(const config::ServerSettings& server);

}  // namespace ninja3cx::app
