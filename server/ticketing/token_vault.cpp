#include "server/ticketing/token_vault.hpp"

#include "shared/core/files.hpp"
#include "shared/crypto/sealed_box.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>
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

}  // namespace

TokenVault::TokenVault(std::filesystem::path folder)
    : tokenFile_(folder / "ninja-token"), keyFile_(folder / "ninja-token.key") {}

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
