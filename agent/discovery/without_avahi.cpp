#include "agent/discovery/search.hpp"

namespace ninja3cx::agent {

Result<FoundServers> searchServers(std::chrono::milliseconds) {
    return Error{ErrorKind::NotFound, "this build is without Avahi's library"};
}

}  // namespace ninja3cx::agent
