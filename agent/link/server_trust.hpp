#pragma once

#include "shared/core/result.hpp"
#include "shared/crypto/key_fingerprint.hpp"

#include <optional>
#include <string>

namespace ninja3cx::agent {

/// What a server showed in a TLS handshake; that it has the key to it is proven then.
struct ServerCertificate {
    crypto::KeyFingerprint key;
    /// Why neither the system nor `caFile` vouches for it, in OpenSSL's words ("self-signed certificate", "certificate has
    /// expired", "hostname mismatch"); empty: they do.
    std::string distrust;
    bool operator==(const ServerCertificate&) const = default;
};

/// Why a server's certificate is not taken. Nothing was said to it.
struct Distrust {
    std::string server;  // "https://server:3000"
    crypto::KeyFingerprint seen;
    std::optional<crypto::KeyFingerprint>
        pinned;       // another key; empty: none is pinned, and nobody vouches for it
    std::string why;  // as ServerCertificate::distrust
    bool operator==(const Distrust&) const = default;
};

/// A pinned key is taken, and no other: whatever else the certificate says, even where it has ended or is another host's.
/// Without a pin it is taken where the system, or `caFile`, vouches for it. Empty: it is taken.
std::optional<Distrust> distrustOf(const std::string& server, const ServerCertificate& certificate,
                                   const std::optional<crypto::KeyFingerprint>& pin);

/// NotFound: what answers there is not known to be the server. For a log, and the technical detail; in English.
Error errorOf(const Distrust& distrust);

}  // namespace ninja3cx::agent
