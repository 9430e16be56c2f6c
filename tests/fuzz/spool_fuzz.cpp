#include "agent/link/spool_segment.hpp"
#include "shared/crypto/sealed_box.hpp"
#include "shared/protocol/audio_frame.hpp"

#include <cstdlib>
#include <span>
#include <sstream>
#include <string>

/// Any bytes may stand in a spool file after a crash or on a failing disk. What is taken for whole records
/// must lie inside the file, one after the other, and be found again once the rest has been cut off.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx;
    const std::string bytes{reinterpret_cast<const char*>(data), size};
    std::istringstream whole{bytes};
    const agent::SegmentRecords found = agent::scanSegment(whole, static_cast<std::int64_t>(size));
    if (found.bytes < 0 || found.bytes > static_cast<std::int64_t>(size)) std::abort();

    std::istringstream repaired{bytes.substr(0, static_cast<std::size_t>(found.bytes))};
    if (agent::scanSegment(repaired, found.bytes) != found) std::abort();

    const crypto::SealedBox box{crypto::Key{}};
    for (std::size_t i = 0; i < found.offsets.size(); ++i) {
        const std::int64_t end = i + 1 < found.offsets.size() ? found.offsets[i + 1] : found.bytes;
        const std::int64_t begin = found.offsets[i] + 4;
        if (begin > end) std::abort();
        const auto record = std::span{data, size}.subspan(static_cast<std::size_t>(begin),
                                                          static_cast<std::size_t>(end - begin));
        if (const auto plain = box.open(record)) (void)protocol::decodeAudioFrame(*plain);
    }
    return 0;
}
