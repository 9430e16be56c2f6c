#include "agent/keyring/spool_key.hpp"

namespace ninja3cx::agent {
namespace {

namespace fs = std::filesystem;
using crypto::Key;
using crypto::SealedBox;

bool isEmpty(const fs::path& folder) {
    std::error_code failure;
    return !fs::exists(folder, failure) || fs::is_empty(folder, failure);
}

/// True once the vault gives back what it was given.
Result<void> moveInto(KeyVault& vault, const Key& key) {
    if (auto stored = vault.store(key); !stored) return stored;
    const auto found = vault.load();
    if (!found) return found.error();
    if (*found != key) return Error{ErrorKind::Io, "the keyring does not give back the key that it took"};
    return {};
}

std::optional<Error> toTell(const Error& error) {
    return error.kind == ErrorKind::NotFound ? std::nullopt : std::optional{error};
}

/// Without a vault.
Result<SpoolKeys> fromFile(const fs::path& file, const std::optional<Key>& known, const Error& why) {
    Key key{};
    if (known) {
        key = *known;
    } else {
        key = crypto::randomKey();
        if (auto written = crypto::writeKeyFile(file, key); !written) return written.error();
    }
    return SpoolKeys{{SealedBox{key}}, toTell(why)};
}

}  // namespace

Result<SpoolKeys> spoolKeys(const fs::path& keyFile, const fs::path& spoolFolder, KeyVault& vault) {
    const auto inFile = crypto::readKeyFile(keyFile);
    if (!inFile) return inFile.error();
    const auto inVault = vault.load();
    if (!inVault) return fromFile(keyFile, *inFile, inVault.error());
    std::error_code ignored;
    if (!*inVault) {
        const Key key = *inFile ? **inFile : crypto::randomKey();
        if (auto moved = moveInto(vault, key); !moved) {
            if (!*inFile)
                if (auto written = crypto::writeKeyFile(keyFile, key); !written) return written.error();
            return SpoolKeys{{SealedBox{key}}, toTell(moved.error())};
        }
        fs::remove(keyFile, ignored);
        return SpoolKeys{{SealedBox{key}}, std::nullopt};
    }
    SpoolKeys keys{{SealedBox{**inVault}}, std::nullopt};
    if (!*inFile) return keys;
    if (**inFile == **inVault || isEmpty(spoolFolder))
        fs::remove(keyFile, ignored);
    else
        keys.boxes.emplace_back(**inFile);
    return keys;
}

}  // namespace ninja3cx::agent
