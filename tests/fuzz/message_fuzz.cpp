#include "shared/protocol/messages.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace ninja3cx::protocol;

/// What we write we must be able to read, and it must say the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    if (const auto message = decodeClientMessage(input)) {
        const auto again = decodeClientMessage(encodeMessage(*message));
        if (!again || *again != *message) std::abort();
    }
    if (const auto message = decodeServerMessage(input)) {
        const auto again = decodeServerMessage(encodeMessage(*message));
        if (!again || *again != *message) std::abort();
    }
    return 0;
}
