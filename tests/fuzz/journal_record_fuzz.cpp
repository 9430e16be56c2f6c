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
    if (reading.bytes > bytes.size()) std::abort();
    const auto again = encodeRecord(reading.frame);
    const bool isOld = bytes[4] == 1;  // written no more
    if (isOld ? readRecord(again).frame != reading.frame
              : again.size() != reading.bytes || !std::equal(again.begin(), again.end(), bytes.begin()))
        std::abort();
    return reading.bytes;
}

/// The checksum that would make all of `bytes` one record: no fuzzer guesses it.
void putChecksum(std::vector<std::uint8_t>& bytes) {
    constexpr std::size_t kAt = kOldRecordHeaderBytes - 4;
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), kAt);
    crc.process_bytes(bytes.data() + kOldRecordHeaderBytes, bytes.size() - kOldRecordHeaderBytes);
    for (std::size_t i = 0; i < 4; ++i) bytes[kAt + i] = static_cast<std::uint8_t>(crc.checksum() >> (8 * i));
}

}  // namespace

/// Any bytes may stand in a journal after a crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span bytes{data, size};
    for (std::size_t at = 0; at < size;) at += std::max<std::size_t>(recordAt(bytes.subspan(at)), 1);
    if (size >= kOldRecordHeaderBytes) {
        std::vector<std::uint8_t> repaired{data, data + size};
        putChecksum(repaired);
        recordAt(repaired);
    }
    return 0;
}
