#pragma once

#include <string>
#include <string_view>

namespace ninja3cx::auth {

/// SHA-256 as lower-case hex. Keys and tokens are 256 random bits, so one round without salt is enough to
/// store them.
std::string sha256Hex(std::string_view text);

/// Compares in a time that depends on the lengths alone.
bool equalInConstantTime(std::string_view a, std::string_view b);

}  // namespace ninja3cx::auth
