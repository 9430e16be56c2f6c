#include "agent/link/sealed_box.hpp"

#include "shared/core/c_handle.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace ninja3cx::agent {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
using CipherContext = CHandle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

void require(int status) {
    if (status != 1) throw std::runtime_error{"AES-256-GCM is not available in this OpenSSL"};
}

class FileDescriptor {
public:
    explicit FileDescriptor(int fd) : fd_(fd) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }

private:
    int fd_;
};

}  // namespace

Result<SealedBox> SealedBox::fromKeyFile(const std::filesystem::path& file) {
    Key key{};
    FileDescriptor existing{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (existing.get() >= 0) {
        struct stat facts {};
        if (::fstat(existing.get(), &facts) == 0 && (facts.st_mode & 077) != 0)
            return Error{ErrorKind::Io, "key file " + file.string() + " can be read by others: chmod 600 it"};
        if (::read(existing.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size()))
            return Error{ErrorKind::Io, "key file " + file.string() + " is not 32 bytes long"};
        return SealedBox{key};
    }
    require(RAND_bytes(key.data(), static_cast<int>(key.size())));
    FileDescriptor fresh{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (fresh.get() < 0 || ::write(fresh.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
        ::fsync(fresh.get()) != 0)
        return Error{ErrorKind::Io, "cannot write the key file " + file.string()};
    return SealedBox{key};
}

std::vector<std::uint8_t> SealedBox::seal(std::span<const std::uint8_t> plain) const {
    std::vector<std::uint8_t> sealed(kNonceBytes + plain.size() + kTagBytes);
    require(RAND_bytes(sealed.data(), kNonceBytes));
    CipherContext context{EVP_CIPHER_CTX_new()};
    int written = 0;
    require(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), sealed.data()));
    require(EVP_EncryptUpdate(context.get(), sealed.data() + kNonceBytes, &written, plain.data(),
                              static_cast<int>(plain.size())));
    require(EVP_EncryptFinal_ex(context.get(), sealed.data() + kNonceBytes + written, &written));
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                                sealed.data() + kNonceBytes + plain.size()));
    return sealed;
}

Result<std::vector<std::uint8_t>> SealedBox::open(std::span<const std::uint8_t> sealed) const {
    if (sealed.size() < kOverheadBytes) return Error{ErrorKind::BadMessage, "sealed piece is cut short"};
    const std::size_t size = sealed.size() - kOverheadBytes;
    std::vector<std::uint8_t> plain(size);
    std::array<std::uint8_t, kTagBytes> tag;
    std::copy_n(sealed.end() - kTagBytes, kTagBytes, tag.begin());
    CipherContext context{EVP_CIPHER_CTX_new()};
    int written = 0;
    require(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), sealed.data()));
    require(EVP_DecryptUpdate(context.get(), plain.data(), &written, sealed.data() + kNonceBytes,
                              static_cast<int>(size)));
    require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()));
    if (EVP_DecryptFinal_ex(context.get(), plain.data() + written, &written) != 1)
        return Error{ErrorKind::BadMessage, "sealed piece was changed, or sealed with another key"};
    return plain;
}

}  // namespace ninja3cx::agent
