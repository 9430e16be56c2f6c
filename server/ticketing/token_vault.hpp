#pragma once

#include "shared/core/clock.hpp"
#include "shared/core/result.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace ninja3cx::ticketing {

/// Whose token holds after TokenVault::replace. (No bool: a Result of one turns into 'true' when it is copied.)
enum class Stored { Ours = 1, Anothers };

/// The refresh token on disk: encrypted (AES-256-GCM) in `<folder>/ninja-token` with the key in
/// `<folder>/ninja-token.key`; both 0600. A copy of the token file alone gives nothing away.
///
/// Blocks: call it where disk work may be done. `ninja login` writes while a server runs: what is written is
/// written under a lock on the folder, which is held for a moment only.
class TokenVault {
public:
    explicit TokenVault(std::filesystem::path folder);

    /// Nothing when none was ever saved. BadMessage when what is there cannot be opened (key lost, file
    /// damaged).
    Result<std::optional<std::string>> load() const;
    /// On success the token survives a power cut.
    Result<void> save(const std::string& token) const;
    /// Saves it only if `known` is still what is stored (nothing: nothing that can be opened). What
    /// another process has stored since is the newer, and stays.
    Result<Stored> replace(const std::optional<std::string>& known, const std::string& token) const;
    /// When the token that is stored was stored.
    std::optional<SystemTime> storedAt() const;

private:
    Result<void> write(const std::string& token) const;

    std::filesystem::path folder_;
    std::filesystem::path tokenFile_;
    std::filesystem::path keyFile_;
};

}  // namespace ninja3cx::ticketing
