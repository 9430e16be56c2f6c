#pragma once

#include "shared/core/result.hpp"
#include "shared/crypto/sealed_box.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace ninja3cx::agent {

/// The system's place for secrets of one account: it opens with the account's session. Blocks, for `kPatience` at most:
/// ask it before the network loop runs.
///
/// Errors: NotFound, there is no such service; Busy, it is locked; TimedOut; Io, it refuses.
class KeyVault {
public:
    virtual ~KeyVault() = default;
    /// Nothing: the vault has no key of ours. It never asks the technician for a password.
    virtual Result<std::optional<crypto::Key>> load() = 0;
    virtual Result<void> store(const crypto::Key& key) = 0;

    static constexpr std::chrono::seconds kPatience{3};
};

/// The keyring of the desktop's session (Secret Service over D-Bus) on Linux, the account's DPAPI on Windows.
/// `agentFolder` tells the keys of several agents of one account apart.
std::unique_ptr<KeyVault> systemVault(const std::filesystem::path& agentFolder);

}  // namespace ninja3cx::agent
