#pragma once

#include "shared/core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace ninja3cx::ticketing {

/// `text` on one line and cut: what came from outside must not steer a terminal.
std::string plainLine(std::string_view text, std::size_t maxBytes);

/// Why a login did not come about: NinjaOne's `error` and `error_description` (OAuth), and what to do about those that
/// are known.
Error loginRefused(std::string_view code, std::string_view description);

}  // namespace ninja3cx::ticketing
