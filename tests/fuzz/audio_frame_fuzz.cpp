#include "shared/protocol/audio_frame.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace ninja3cx::protocol;

/// A frame that is accepted is written back byte for byte.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span<const std::uint8_t> bytes{data, size};
    if (const auto frame = decodeAudioFrame(bytes)) {
        const auto written = encodeAudioFrame(*frame, bytes[4]);
        if (!std::equal(written.begin(), written.end(), bytes.begin(), bytes.end())) std::abort();
    }
    return 0;
}
