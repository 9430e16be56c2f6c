#include "server/journal/journal_record.hpp"

#include <boost/crc.hpp>

#include <algorithm>
#include <cstdlib>
#include <vector>

using namespace ninja3cx::journal;

namespace {

/// What is taken for a record must be one that we could have written. Gives its bytes, 0 when there is none.
std::size_t recordAt(std::span<const std::uint8_t> bytes) {
    const auto reading = readRecord(bytes);
    if (reading.verdict != RecordReading::Verdict::Whole) return 0;
    const auto again = encodeRecord(reading.frame);
    if (again.size() != reading.bytes || again.size() > bytes.size() ||
        !std::equal(again.begin(), again.end(), bytes.begin()))
        std::abort();
    return reading.bytes;
}

/// The checksum that would make all of `bytes` one record: no fuzzer guesses it.
void putChecksum(std::vector<std::uint8_t>& bytes) {
    constexpr std::size_t kAt = kRecordHeaderBytes - 4;
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), kAt);
    crc.process_bytes(bytes.data() + kRecordHeaderBytes, bytes.size() - kRecordHeaderBytes);
    for (std::size_t i = 0; i < 4; ++i) bytes[kAt + i] = static_cast<std::uint8_t>(crc.checksum() >> (8 * i));
}

}  // namespace

/// Any bytes may stand in a journal after a crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span bytes{data, size};
    for (std::size_t at = 0; at < size;) at += std::max<std::size_t>(recordAt(bytes.subspan(at)), 1);
    if (size >= kRecordHeaderBytes) {
        std::vector<std::uint8_t> repaired{data, data + size};
        putChecksum(repaired);
        recordAt(repaired);
    }
    return 0;
}
