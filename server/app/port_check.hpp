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

/// Whether only this computer can reach a server that listens there.
bool isLoopback(const std::string& address);

/// What the log says at the start of a server that others reach without encryption.
std::optional<std::string> warningOfReach(const config::ServerSettings& server);

}  // namespace ninja3cx::app
