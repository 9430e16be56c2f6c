#pragma once

#include "shared/crypto/key_fingerprint.hpp"

#include <filesystem>
#include <memory>
#include <string>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace ninja3cx::test {

/// A private key that certificates are made for.
class TestKey {
public:
    TestKey();
    evp_pkey_st* get() const { return key_.get(); }

private:
    std::shared_ptr<evp_pkey_st> key_;
};

/// A self-signed certificate with its key, as PEM files in a folder that vanishes with it. It is its own authority.
class TestCertificate {
public:
    /// `names` as OpenSSL writes them: "DNS:localhost,IP:127.0.0.1"; good from `fromS` to `untilS` seconds from now.
    explicit TestCertificate(const TestKey& key, const std::string& names = "DNS:localhost",
                             long fromS = -3600, long untilS = 3600);
    /// With a key of its own.
    explicit TestCertificate(const std::string& names, long fromS = -3600, long untilS = 3600)
        : TestCertificate(TestKey{}, names, fromS, untilS) {}
    ~TestCertificate();
    TestCertificate(const TestCertificate&) = delete;
    TestCertificate& operator=(const TestCertificate&) = delete;

    std::filesystem::path certificateFile() const { return folder_ / "certificate.pem"; }
    std::filesystem::path keyFile() const { return folder_ / "key.pem"; }
    const crypto::KeyFingerprint& key() const { return fingerprint_; }

private:
    std::filesystem::path folder_;
    crypto::KeyFingerprint fingerprint_;
};

}  // namespace ninja3cx::test
