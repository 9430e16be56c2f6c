#include "server/ticketing/token_vault.hpp"

#include "server/ticketing/private_file.hpp"
#include "shared/core/c_handle.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <utility>

namespace ninja3cx::ticketing {
namespace {

using Cipher = CHandle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

constexpr std::string_view kMagic = "N3T1";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kMaxFileBytes = 64U << 10U;

unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Error cannot(const char* what) {
    return Error{ErrorKind::Io, std::string{"cannot "} + what + " the NinjaOne token"};
}

Result<std::string> randomBytes(std::size_t count) {
    std::string random(count, '\0');
    if (RAND_bytes(bytes(random), static_cast<int>(count)) != 1) return cannot("find random bytes for");
    return random;
}

Result<std::string> seal(const std::string& key, const std::string& plain) {
    auto nonce = randomBytes(kNonceBytes);
    if (!nonce) return nonce.error();
    const Cipher cipher{EVP_CIPHER_CTX_new()};
    std::string sealed(plain.size(), '\0');
    std::string tag(kTagBytes, '\0');
    int length = 0;
    int rest = 0;
    if (!cipher ||
        EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(std::string_view{key}),
                           bytes(std::string_view{*nonce})) != 1 ||
        EVP_EncryptUpdate(cipher.get(), bytes(sealed), &length, bytes(std::string_view{plain}),
                          static_cast<int>(plain.size())) != 1 ||
        EVP_EncryptFinal_ex(cipher.get(), bytes(sealed) + length, &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagBytes), tag.data()) != 1)
        return cannot("encrypt");
    return std::string{kMagic} + *nonce + sealed + tag;
}

Result<std::string> unseal(const std::string& key, const std::string& file) {
    const Error damaged{ErrorKind::BadMessage, "the stored NinjaOne token cannot be opened: log in again"};
    if (key.size() != kKeyBytes || file.size() < kMagic.size() + kNonceBytes + kTagBytes ||
        !file.starts_with(kMagic))
        return damaged;
    const std::string_view nonce = std::string_view{file}.substr(kMagic.size(), kNonceBytes);
    const std::size_t begin = kMagic.size() + kNonceBytes;
    const std::string_view sealed = std::string_view{file}.substr(begin, file.size() - begin - kTagBytes);
    std::string tag = file.substr(file.size() - kTagBytes);
    const Cipher cipher{EVP_CIPHER_CTX_new()};
    std::string plain(sealed.size(), '\0');
    int length = 0;
    int rest = 0;
    if (!cipher ||
        EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(std::string_view{key}),
                           bytes(nonce)) != 1 ||
        EVP_DecryptUpdate(cipher.get(), bytes(plain), &length, bytes(sealed),
                          static_cast<int>(sealed.size())) != 1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTagBytes), tag.data()) !=
            1 ||
        EVP_DecryptFinal_ex(cipher.get(), bytes(plain) + length, &rest) != 1)
        return damaged;
    return plain;
}

}  // namespace

TokenVault::TokenVault(std::filesystem::path folder)
    : tokenFile_(folder / "ninja-token"), keyFile_(folder / "ninja-token.key") {}

Result<std::optional<std::string>> TokenVault::load() const {
    auto file = readPrivateFile(tokenFile_, kMaxFileBytes);
    if (!file) return file.error();
    if (!*file) return std::optional<std::string>{};
    auto key = readPrivateFile(keyFile_, kMaxFileBytes);
    if (!key) return key.error();
    auto token = unseal(key->value_or(""), **file);
    if (!token) return token.error();
    return std::optional<std::string>{std::move(*token)};
}

Result<void> TokenVault::save(const std::string& token) const {
    auto key = readPrivateFile(keyFile_, kMaxFileBytes);
    if (!key) return key.error();
    if (!*key || (*key)->size() != kKeyBytes) {
        auto fresh = randomBytes(kKeyBytes);
        if (!fresh) return fresh.error();
        if (auto saved = writePrivateFile(keyFile_, *fresh); !saved) return saved.error();
        *key = std::move(*fresh);
    }
    auto sealed = seal(**key, token);
    if (!sealed) return sealed.error();
    return writePrivateFile(tokenFile_, *sealed);
}

}  // namespace ninja3cx::ticketing
