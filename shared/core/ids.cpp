#include "shared/core/ids.hpp"

#include <openssl/rand.h>

#include <stdexcept>
#include <vector>

namespace ninja3cx {

std::string randomHex(std::size_t bytes) {
    std::vector<unsigned char> raw(bytes);
    if (RAND_bytes(raw.data(), static_cast<int>(raw.size())) != 1)
        throw std::runtime_error{"the operating system gives no random bytes"};
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes * 2);
    for (unsigned char byte : raw) {
        hex.push_back(kDigits[byte >> 4]);
        hex.push_back(kDigits[byte & 15]);
    }
    return hex;
}

std::string makeId(const std::string& prefix) {
    return prefix + "-" + randomHex(10);
}

}  // namespace ninja3cx
