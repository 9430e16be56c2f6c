#include "shared/opus/opus_codec.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

/// Packets from a client, one after the other: a byte tells how long the next one is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto decoder = ninja3cx::opus::Decoder::make();
    if (!decoder) std::abort();
    const std::span<const std::uint8_t> bytes{data, size};
    for (std::size_t at = 0; at < size;) {
        const std::size_t length = std::min<std::size_t>(bytes[at] * 16U, size - at - 1);
        if (const auto plain = decoder->decode(bytes.subspan(at + 1, length)); plain && plain->size() > 1'920)
            std::abort();
        at += 1 + length;
    }
    return 0;
}
