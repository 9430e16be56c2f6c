#include "shared/crypto/key_fingerprint.hpp"

#include "shared/core/hex.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>

namespace ninja3cx::crypto {
namespace {

int digitOf(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string KeyFingerprint::text() const {
    std::string text;
    for (const std::uint8_t byte : bytes) {
        if (!text.empty()) text += ':';
        for (const char digit : toHex({&byte, 1}))
            text += digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
    }
    return text;
}

Result<KeyFingerprint> readKeyFingerprint(std::string_view text) {
    KeyFingerprint read;
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == ':' || c == ' ') continue;
        const int digit = digitOf(c);
        if (digit < 0) return Error{ErrorKind::BadMessage, "it has something else than digits 0-9 and A-F"};
        if (digits < read.bytes.size() * 2) {
            std::uint8_t& byte = read.bytes[digits / 2];
            byte = static_cast<std::uint8_t>(byte * 16 + digit);
        }
        ++digits;
    }
    if (digits != read.bytes.size() * 2)
        return Error{ErrorKind::BadMessage,
                     "it has " + std::to_string(digits) + " hexadecimal digits, and a SHA-256 has 64"};
    return read;
}

KeyFingerprint keyFingerprintOf(const x509_st& certificate) {
    KeyFingerprint made;
    unsigned char* der = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&certificate), &der);
    const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner{
        der, [](unsigned char* bytes) { OPENSSL_free(bytes); }};
    if (length <= 0 || EVP_Digest(der, static_cast<std::size_t>(length), made.bytes.data(), nullptr,
                                  EVP_sha256(), nullptr) != 1)
        throw std::runtime_error{"OpenSSL cannot make a public key's SHA-256"};
    return made;
}

}  // namespace ninja3cx::crypto
