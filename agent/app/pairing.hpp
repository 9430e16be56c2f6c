#pragma once

#include "agent/link/server_pins.hpp"
#include "agent/link/server_trust.hpp"

#include <optional>

namespace ninja3cx::agent {

/// What `pair` makes of a server.
enum class Pairing {
    Trusted = 1,  // the system vouches for its certificate: no key is pinned
    Pinned,       // its key is the one that it must have from now on
    Unchanged,    // it is that already
    NotAsked,     // it has another key than the one that was asked for
    Changed  // it is paired, and has another key now, or nobody vouches for it any more: only a key that is asked for is taken
};

/// `known`: the server as it was paired before. `asked`: the key that the administrator read out; without it the key that is
/// seen first is taken, once.
Pairing pairingOf(const ServerCertificate& seen, const std::optional<PairedServer>& known,
                  const std::optional<crypto::KeyFingerprint>& asked);

}  // namespace ninja3cx::agent
