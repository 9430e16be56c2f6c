#include "shared/crypto/key_fingerprint.hpp"

#include "shared/core/c_handle.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace ninja3cx::crypto {
namespace {

constexpr const char* kText =
    "00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:FF";

KeyFingerprint counted() {
    KeyFingerprint made;
    for (std::size_t i = 0; i < made.bytes.size(); ++i) made.bytes[i] = static_cast<std::uint8_t>(i);
    made.bytes.back() = 0xFF;
    return made;
}

TEST(KeyFingerprint, IsReadHoweverPeopleWriteIt) {
    EXPECT_EQ(counted().text(), kText);
    for (const char* written :
         {kText, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff",
          "0001 0203 0405 0607 0809 0a0b 0c0d 0e0f 1011 1213 1415 1617 1819 1a1b 1c1d 1eFF "})
        EXPECT_EQ(readKeyFingerprint(written).value(), counted()) << written;
}

TEST(KeyFingerprint, ThatIsNoneIsRefusedWithTheReason) {
    EXPECT_EQ(readKeyFingerprint("00:01").error().detail,
              "it has 4 hexadecimal digits, and a SHA-256 has 64");
    EXPECT_EQ(readKeyFingerprint(std::string{kText} + ":00").error().detail,
              "it has 66 hexadecimal digits, and a SHA-256 has 64");
    EXPECT_EQ(readKeyFingerprint("").error().detail, "it has 0 hexadecimal digits, and a SHA-256 has 64");
    EXPECT_EQ(readKeyFingerprint("sha256//AAAA").error().detail,
              "it has something else than digits 0-9 and A-F");
}

constexpr const char* kCertificate = R"(-----BEGIN CERTIFICATE-----
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

/// As `openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | sha256sum` says.
TEST(KeyFingerprint, IsTheSha256OfTheSubjectPublicKeyInfo) {
    const CHandle<BIO, BIO_free_all> bio{BIO_new_mem_buf(kCertificate, -1)};
    const CHandle<X509, X509_free> certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    ASSERT_TRUE(certificate);
    EXPECT_EQ(keyFingerprintOf(*certificate),
              readKeyFingerprint("4e9358fc72561d27fb71de6ff1d22361da7cf9ce12e6eb8651acdced7de6fed8").value());
}

}  // namespace
}  // namespace ninja3cx::crypto
