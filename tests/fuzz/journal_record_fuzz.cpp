#include "server/journal/journal_record.hpp"

#include <algorithm>
#include <cstdlib>

/// Any bytes may stand in a journal after a crash. What is taken for a record must be one that we could have
/// written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ninja3cx::journal;
    const std::span bytes{data, size};
    for (std::size_t at = 0; at < size;) {
        const auto reading = readRecord(bytes.subspan(at));
        if (reading.verdict != RecordReading::Verdict::Whole) {
            ++at;
            continue;
        }
        const auto again = encodeRecord(reading.frame);
        if (again.size() != reading.bytes || !std::equal(again.begin(), again.end(), data + at)) std::abort();
        at += reading.bytes;
    }
    return 0;
}
