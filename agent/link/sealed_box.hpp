#pragma once

#include "shared/core/result.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace ninja3cx::agent {

/// Encrypts what lies on the technician's PC: AES-256-GCM, a random nonce for each piece.
/// Sealed form: 12 bytes nonce, ciphertext, 16 bytes tag.
class SealedBox {
public:
    using Key = std::array<std::uint8_t, 32>;
    explicit SealedBox(const Key& key) : key_(key) {}

    /// Reads the key file, or makes one (mode 0600) when there is none. Refuses a file that others may read.
    static Result<SealedBox> fromKeyFile(const std::filesystem::path& file);

    std::vector<std::uint8_t> seal(std::span<const std::uint8_t> plain) const;
    /// BadMessage when the piece was changed, cut, or sealed with another key.
    Result<std::vector<std::uint8_t>> open(std::span<const std::uint8_t> sealed) const;

    static constexpr std::size_t kOverheadBytes = 12 + 16;

private:
    Key key_;
};

}  // namespace ninja3cx::agent
