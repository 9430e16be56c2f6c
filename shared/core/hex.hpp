#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ninja3cx {

/// Two lower-case digits for each byte.
inline std::string toHex(std::span<const unsigned char> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

}  // namespace ninja3cx
