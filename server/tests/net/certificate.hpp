#pragma once

#include <filesystem>
#include <string>

namespace ninja3cx::net {

/// A self-signed certificate with its key, in a folder that vanishes with it. It is its own authority.
class TestCertificate {
public:
    /// `names` as OpenSSL writes them: "DNS:localhost,IP:127.0.0.1".
    /// Good from `fromS` to `untilS` seconds from now.
    explicit TestCertificate(const std::string& names, long fromS = -3600, long untilS = 3600);
    ~TestCertificate();
    TestCertificate(const TestCertificate&) = delete;
    TestCertificate& operator=(const TestCertificate&) = delete;

    std::filesystem::path certificateFile() const { return folder_ / "certificate.pem"; }
    std::filesystem::path keyFile() const { return folder_ / "key.pem"; }

private:
    std::filesystem::path folder_;
};

}  // namespace ninja3cx::net
