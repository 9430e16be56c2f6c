#include "server/app/certificate.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace ninja3cx::app {
namespace {

/// As a directory service issues them: its names are, in this order, an otherName (a user principal name), a directory
/// name, a registered id, DNS:server.corp.example, IP:10.1.2.3 and IP:fd00::1.
constexpr const char* kOfADirectory = R"(-----BEGIN CERTIFICATE-----
MIIB2zCCAYGgAwIBAgIUcGByDGjy75zahdywwln7uBoP2F4wCgYIKoZIzj0EAwIw
HjEcMBoGA1UEAwwTc2VydmVyLmNvcnAuZXhhbXBsZTAgFw0yNjExMjIyMzU1MjRa
GA8yMTI2MTAyOTIzNTUyNFowHjEcMBoGA1UEAwwTc2VydmVyLmNvcnAuZXhhbXBs
ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFxKc5E8+SW8XEZJTEyKaabaDmsK
KN4zXg/YQ2z3ZqgnA1GsUPRXCJrwqyvJUrK/PnoN2feC3u/nIcYjRd4RcpujgZow
gZcwdgYDVR0RBG8wbaAjBgorBgEEAYI3FAIDoBUME3NlcnZlckBjb3JwLmV4YW1w
bGWkFDASMRAwDgYDVQQKDAdFeGFtcGxliAMqAwSCE3NlcnZlci5jb3JwLmV4YW1w
bGWHBAoBAgOHEP0AAAAAAAAAAAAAAAAAAAEwHQYDVR0OBBYEFA2lXoldx3RtubjO
f4aSOl0jka/wMAoGCCqGSM49BAMCA0gAMEUCIQDcJKAnMZUL0O7+fKxz+B0gc/F6
fGuGLIibHi2cU/6IwgIgB6xydEmtuoTPbzIOsKrpqaj7uEWjoiOF5J28bEUKENE=
-----END CERTIFICATE-----
)";

TEST(Certificate, NamesHostsAndAddressesAndNothingElse) {
    const auto file =
        std::filesystem::temp_directory_path() / ("directory_" + std::to_string(::getpid()) + ".crt");
    std::ofstream{file} << kOfADirectory;
    const auto certificate = readCertificate(file);
    std::filesystem::remove(file);
    ASSERT_TRUE(certificate) << certificate.error().detail;
    EXPECT_EQ(certificate->names, (std::vector<std::string>{"server.corp.example", "10.1.2.3", "fd00::1"}));
}

}  // namespace
}  // namespace ninja3cx::app
