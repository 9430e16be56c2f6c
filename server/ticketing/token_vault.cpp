#include "server/ticketing/token_vault.hpp"

#include "shared/core/files.hpp"
#include "shared/crypto/sealed_box.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace ninja3cx::ticketing {
namespace {

constexpr std::string_view kMagic = "N3T1";  // then one piece of a SealedBox
constexpr std::size_t kMaxFileBytes = 64U << 10U;

std::span<const std::uint8_t> bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string textOf(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<crypto::Key> keyIn(const std::optional<std::string>& content) {
    crypto::Key key{};
    if (!content || content->size() != key.size()) return std::nullopt;
    std::copy(content->begin(), content->end(), key.begin());
    return key;
}

/// Held until the descriptor is closed. On the folder itself, which needs no file of its own.
Result<FileDescriptor> locked(const std::filesystem::path& folder) {
    FileDescriptor fd{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    int failed = fd.isOpen() ? 0 : errno;
    while (failed == 0 && ::flock(fd.get(), LOCK_EX) != 0)
        if (errno != EINTR) failed = errno;
    if (failed == 0) return fd;
    return Error{ErrorKind::Io, "cannot lock " + folder.string() + ": " +
                                    std::error_code{failed, std::generic_category()}.message()};
}

}  // namespace

TokenVault::TokenVault(std::filesystem::path folder)
    : folder_(folder), tokenFile_(folder / "ninja-token"), keyFile_(folder / "ninja-token.key") {}

Result<std::optional<std::string>> TokenVault::load() const {
    auto file = readPrivateFile(tokenFile_, kMaxFileBytes);
    if (!file) return file.error();
    if (!*file) return std::optional<std::string>{};
    auto content = readPrivateFile(keyFile_, kMaxFileBytes);
    if (!content) return content.error();
    const Error damaged{ErrorKind::BadMessage, "the stored NinjaOne token cannot be opened: log in again"};
    const auto key = keyIn(*content);
    if (!key || !(*file)->starts_with(kMagic)) return damaged;
    auto token = crypto::SealedBox{*key}.open(bytesOf(std::string_view{**file}.substr(kMagic.size())));
    if (!token) return damaged;
    return std::optional<std::string>{textOf(*token)};
}

Result<void> TokenVault::save(const std::string& token) const {
    const auto lock = locked(folder_);
    if (!lock) return lock.error();
    return write(token);
}

Result<Stored> TokenVault::replace(const std::optional<std::string>& known, const std::string& token) const {
    const auto lock = locked(folder_);
    if (!lock) return lock.error();
    const auto stored = load();
    if (!stored && stored.error().kind == ErrorKind::Io) return stored.error();
    if ((stored ? *stored : std::nullopt) != known) return Stored::Anothers;
    if (auto written = write(token); !written) return written.error();
    return Stored::Ours;
}

std::optional<SystemTime> TokenVault::storedAt() const {
    struct stat about {};
    if (::stat(tokenFile_.c_str(), &about) != 0) return std::nullopt;
    return fromEpochMs(std::int64_t{about.st_mtim.tv_sec} * 1000 + about.st_mtim.tv_nsec / 1'000'000);
}

Result<void> TokenVault::write(const std::string& token) const {
    auto content = readPrivateFile(keyFile_, kMaxFileBytes);
    if (!content) return content.error();
    auto key = keyIn(*content);
    try {
        if (!key) {
            key = crypto::randomKey();
            if (auto saved = writePrivateFile(keyFile_, textOf(*key)); !saved) return saved.error();
        }
        const auto sealed = crypto::SealedBox{*key}.seal(bytesOf(token));
        return writePrivateFile(tokenFile_, std::string{kMagic} + textOf(sealed));
    } catch (const std::runtime_error& failure) {
        return Error{ErrorKind::Io, std::string{"cannot encrypt the NinjaOne token: "} + failure.what()};
    }
}

}  // namespace ninja3cx::ticketing
