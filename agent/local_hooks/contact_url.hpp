#pragma once

#include "shared/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace ninja3cx::agent {

/// Where 3CX's client announces calls on this PC.
struct ContactUrl {
    std::uint16_t port = 0;
    std::string secret;  // part of the path: who does not know it is not heard
    bool isNew = false;  // made or moved just now

    /// "/3cx/SECRET/ringing"
    std::string path() const;
    /// To be pasted into 3CX, with its variables.
    std::string text() const;
};

/// The port and the secret of this account, kept in `folder` (0600), so that the URL stays the same. Made at the first
/// time: the secret by chance, the port a free one unless `port` names it. A later `port` replaces the one that is kept.
/// Errors name the file.
Result<ContactUrl> contactUrlIn(const std::filesystem::path& folder, std::optional<std::uint16_t> port);

}  // namespace ninja3cx::agent
