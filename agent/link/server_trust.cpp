#include "agent/link/server_trust.hpp"

namespace ninja3cx::agent {

std::optional<Distrust> distrustOf(const std::string& server, const ServerCertificate& certificate,
                                   const std::optional<crypto::KeyFingerprint>& pin) {
    if (pin ? *pin == certificate.key : certificate.distrust.empty()) return std::nullopt;
    return Distrust{server, certificate.key, pin, certificate.distrust};
}

Error errorOf(const Distrust& distrust) {
    const std::string seen = distrust.seen.text();
    if (distrust.pinned)
        return {ErrorKind::NotFound, distrust.server +
                                         " has another key than the one that was paired: expected SHA-256 " +
                                         distrust.pinned->text() + ", seen " + seen +
                                         "; nothing was sent. If the server has a new "
                                         "key: 3cx-ninja-agent pair " +
                                         distrust.server + " --fingerprint " + seen};
    return {ErrorKind::NotFound, "nobody vouches for the certificate of " + distrust.server + " (" +
                                     distrust.why + "), and it is not paired; its key is SHA-256 " + seen +
                                     ". To pair: 3cx-ninja-agent pair " + distrust.server};
}

}  // namespace ninja3cx::agent
