#include "shared/crypto/sealed_box.hpp"

#include "shared/core/c_handle.hpp"
#include "shared/core/files.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace ninja3cx::crypto {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
using CipherContext = CHandle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

void require(int status) {
    if (status != 1) throw std::runtime_error{"AES-256-GCM or randomness is not available in this OpenSSL"};
}

int lengthOf(std::size_t bytes) {
    if (bytes > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw std::runtime_error{"a piece to seal is larger than 2 GiB"};
    return static_cast<int>(bytes);
}

CipherContext newContext() {
    CipherContext context{EVP_CIPHER_CTX_new()};
    if (!context) throw std::bad_alloc{};
    return context;
}

}  // namespace

Key randomKey() {
    Key key{};
    require(RAND_bytes(key.data(), static_cast<int>(key.size())));
    return key;
}

Result<std::optional<Key>> readKeyFile(const std::filesystem::path& file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0) {
        if (errno == ENOENT) return std::optional<Key>{};
        return Error{ErrorKind::Io,
                     "key file " + file.string() + ": " + std::generic_category().message(errno)};
    }
    if ((facts.st_mode & 077) != 0)
        return Error{ErrorKind::Io, "key file " + file.string() + " can be read by others: chmod 600 it"};
    auto content = readPrivateFile(file, Key{}.size());
    if (!content && content.error().kind != ErrorKind::BadMessage) return content.error();
    if (!content || !*content || (*content)->size() != Key{}.size())
        return Error{ErrorKind::Io, "key file " + file.string() + " is not 32 bytes long"};
    Key key{};
    std::copy((*content)->begin(), (*content)->end(), key.begin());
    OPENSSL_cleanse((*content)->data(), (*content)->size());
    return std::optional{key};
}

Result<void> writeKeyFile(const std::filesystem::path& file, const Key& key) {
    const std::string_view bytes{reinterpret_cast<const char*>(key.data()), key.size()};
    if (auto written = writePrivateFile(file, bytes); !written) return inContext("key file", written.error());
    return {};
}

SealedBox::~SealedBox() {
    OPENSSL_cleanse(key_.data(), key_.size());
}

Result<SealedBox> SealedBox::fromKeyFile(const std::filesystem::path& file) {
    const auto found = readKeyFile(file);
    if (!found) return found.error();
    if (*found) return SealedBox{**found};
    const Key key = randomKey();
    if (auto written = writeKeyFile(file, key); !written) return written.error();
    return SealedBox{key};
}

std::vector<std::uint8_t> SealedBox::seal(std::span<const std::uint8_t> plain) const {
    std::vector<std::uint8_t> sealed(kNonceBytes + plain.size() + kTagBytes);
    std::uint8_t* const nonce = sealed.data();
    std::uint8_t* const cipher = nonce + kNonceBytes;
    require(RAND_bytes(nonce, kNonceBytes));
    const CipherContext context = newContext();
    int written = 0;
    int rest = 0;
    require(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), nonce));
    require(EVP_EncryptUpdate(context.get(), cipher, &written, plain.data(), lengthOf(plain.size())));
    require(EVP_EncryptFinal_ex(context.get(), cipher + written, &rest));
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, cipher + plain.size()));
    return sealed;
}

Result<std::vector<std::uint8_t>> SealedBox::open(std::span<const std::uint8_t> sealed) const {
    if (sealed.size() < kOverheadBytes) return Error{ErrorKind::BadMessage, "sealed piece is cut short"};
    const auto nonce = sealed.first(kNonceBytes);
    const auto cipher = sealed.subspan(kNonceBytes, sealed.size() - kOverheadBytes);
    std::array<std::uint8_t, kTagBytes> tag{};
    std::copy_n(sealed.end() - kTagBytes, kTagBytes, tag.begin());
    std::vector<std::uint8_t> plain(cipher.size());
    const CipherContext context = newContext();
    int written = 0;
    int rest = 0;
    require(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), nonce.data()));
    require(EVP_DecryptUpdate(context.get(), plain.data(), &written, cipher.data(), lengthOf(cipher.size())));
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()));
    if (EVP_DecryptFinal_ex(context.get(), plain.data() + written, &rest) != 1)
        return Error{ErrorKind::BadMessage, "sealed piece was changed, or sealed with another key"};
    return plain;
}

}  // namespace ninja3cx::crypto
