#pragma once

#include "shared/core/result.hpp"

#include <filesystem>
#include <string>

namespace ninja3cx::simulators {

/// A server certificate for 127.0.0.1 and localhost, made for one run, in a folder of its own that ends with the
/// object.
class TestCertificates {
public:
    /// `kind`: valid, wrong-name, expired (all signed by an authority made for the run) or self-signed.
    static Result<TestCertificates> make(const std::string& kind);
    TestCertificates(TestCertificates&& other) noexcept : folder_(std::move(other.folder_)) {
        other.folder_.clear();
    }
    TestCertificates& operator=(TestCertificates&&) = delete;
    ~TestCertificates();

    std::filesystem::path certificateFile() const { return folder_ / "certificate.pem"; }
    std::filesystem::path keyFile() const { return folder_ / "key.pem"; }
    /// What a client must trust; of a self-signed certificate, itself.
    std::filesystem::path caFile() const { return folder_ / "ca.pem"; }

private:
    explicit TestCertificates(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

}  // namespace ninja3cx::simulators
