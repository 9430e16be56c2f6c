#include "agent/app/pairing.hpp"

namespace ninja3cx::agent {

Pairing pairingOf(const ServerCertificate& seen, const std::optional<PairedServer>& known,
                  const std::optional<crypto::KeyFingerprint>& asked) {
    const bool isKnownKey = known && known->key == seen.key;
    if (asked && *asked != seen.key) return Pairing::NotAsked;
    if (asked) return isKnownKey ? Pairing::Unchanged : Pairing::Pinned;
    if (isKnownKey) return Pairing::Unchanged;
    if (known && known->key) return Pairing::Changed;
    if (seen.distrust.empty()) return Pairing::Trusted;
    return known ? Pairing::Changed : Pairing::Pinned;
}

}  // namespace ninja3cx::agent
