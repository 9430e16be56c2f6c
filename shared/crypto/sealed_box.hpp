#pragma once

#include "shared/core/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

namespace ninja3cx::crypto {

using Key = std::array<std::uint8_t, 32>;

/// Throws std::runtime_error when the system has no randomness to give.
Key randomKey();

/// 32 bytes that their owner alone may read. Nothing when there is no such file; Io for one that others may read, or of
/// another length.
Result<std::optional<Key>> readKeyFile(const std::filesystem::path& file);
/// Mode 0600.
Result<void> writeKeyFile(const std::filesystem::path& file, const Key& key);

/// Encrypts pieces of data that lie on a disk, each for itself, and notices any change to one of them:
/// AES-256-GCM.
///
/// Format: 12 bytes nonce, ciphertext (as long as the plain text), 16 bytes tag. No version and no key name:
///         the file around it says what it is.
/// Nonce:  random for each piece. That is sound for some thousand million pieces of one key (a year of calls
///         has a tenth of that); nothing else may be derived from the key.
/// Limits: pieces below 2 GiB. A piece does not know its place: who stores several of them puts what tells
///         them apart (a sequence, a channel) inside.
/// Errors: only `open` meets bad data. What can fail otherwise is OpenSSL without AES-GCM or without
///         randomness: std::runtime_error.
class SealedBox {
public:
    explicit SealedBox(const Key& key) : key_(key) {}
    SealedBox(const SealedBox&) = default;
    SealedBox& operator=(const SealedBox&) = default;
    ~SealedBox();  // the key does not stay in memory

    /// Of the key file; makes one when there is none.
    static Result<SealedBox> fromKeyFile(const std::filesystem::path& file);

    std::vector<std::uint8_t> seal(std::span<const std::uint8_t> plain) const;
    /// BadMessage when the piece was changed, cut, or sealed with another key.
    Result<std::vector<std::uint8_t>> open(std::span<const std::uint8_t> sealed) const;

    static constexpr std::size_t kOverheadBytes = 12 + 16;

private:
    Key key_;
};

}  // namespace ninja3cx::crypto
