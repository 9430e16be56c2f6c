#pragma once

#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/key_fingerprint.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace ninja3cx::app {

/// What a certificate in a PEM file says; the first one where the file holds a chain.
struct CertificateInfo {
    std::vector<std::string> names;  // for which it is good: host names and addresses
    SystemTime notBefore;
    SystemTime notAfter;
    crypto::KeyFingerprint key = {};  // what agents pin
};
Result<CertificateInfo> readCertificate(const std::filesystem::path& file);

/// Whether the PEM file holds the certificate's private key, without a password.
Result<void> checkKey(const std::filesystem::path& keyFile, const std::filesystem::path& certificateFile);

enum class Validity { NotYet = 1, Good, EndsSoon, Ended };
/// Soon: within 30 days, time enough to replace it.
Validity validityOf(const CertificateInfo& certificate, SystemTime now);

}  // namespace ninja3cx::app
