#pragma once

#include "shared/core/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

struct x509_st;  // OpenSSL's X509

namespace ninja3cx::crypto {

/// SHA-256 of a certificate's public key (SubjectPublicKeyInfo, DER): whoever renews the certificate with the same key
/// keeps it. No secret.
struct KeyFingerprint {
    std::array<std::uint8_t, 32> bytes{};
    bool operator==(const KeyFingerprint&) const = default;

    /// "AB:CD:…", as people read it out and compare it.
    std::string text() const;
};

/// 64 hexadecimal digits, in any case, with or without colons or spaces between them. Errors say what is wrong.
Result<KeyFingerprint> readKeyFingerprint(std::string_view text);

/// Throws std::runtime_error where OpenSSL has no SHA-256.
KeyFingerprint keyFingerprintOf(const x509_st& certificate);

}  // namespace ninja3cx::crypto
