#pragma once

#include "shared/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace ninja3cx::ticketing {

/// The refresh token on disk: encrypted (AES-256-GCM) in `<folder>/ninja-token` with the key in
/// `<folder>/ninja-token.key`; both 0600. A copy of the token file alone gives nothing away.
///
/// Blocks: call it where disk work may be done. One process at a time.
class TokenVault {
public:
    explicit TokenVault(std::filesystem::path folder);

    /// Nothing when none was ever saved. BadMessage when what is there cannot be opened (key lost, file
    /// damaged).
    Result<std::optional<std::string>> load() const;
    /// On success the token survives a power cut.
    Result<void> save(const std::string& token) const;

private:
    std::filesystem::path tokenFile_;
    std::filesystem::path keyFile_;
};

}  // namespace ninja3cx::ticketing
