#include "shared/core/ids.hpp"

#include "shared/core/hex.hpp"

#include <openssl/rand.h>

#include <stdexcept>
#include <vector>

namespace ninja3cx {

std::string randomHex(std::size_t bytes) {
    std::vector<unsigned char> raw(bytes);
    if (RAND_bytes(raw.data(), static_cast<int>(raw.size())) != 1)
        throw std::runtime_error{"the operating system gives no random bytes"};
    return toHex(raw);
}

std::string makeId(const std::string& prefix) {
    return prefix + "-" + randomHex(10);
}

}  // namespace ninja3cx
