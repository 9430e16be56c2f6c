#pragma once

#include "agent/keyring/key_vault.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace ninja3cx::agent {

struct SpoolKeys {
    std::vector<crypto::SealedBox> boxes;  // the first one seals; what lies there may be sealed by any
    std::optional<Error> problem;          // there is a vault, and it cannot be used now
};

/// The key of the recordings on this PC: in the vault; where there is none, or it cannot be used, in a file of mode
/// 0600. A key file of before goes into the vault and is deleted once it can be read there. A file that was made while
/// the vault was locked stays as long as anything lies in the spool: it may be sealed with it.
Result<SpoolKeys> spoolKeys(const std::filesystem::path& keyFile, const std::filesystem::path& spoolFolder,
                            KeyVault& vault);

}  // namespace ninja3cx::agent
