#include "agent/link/spool_segment.hpp"

#include "shared/core/little_endian.hpp"

namespace ninja3cx::agent {
SegmentRecords scanSegment(std::istream& in, std::int64_t size) {
    SegmentRecords records;
    for (;;) {
        std::uint8_t head[4];
        if (!in.read(reinterpret_cast<char*>(head), 4)) break;
        const auto length = readLittle<std::uint32_t>(head, 0);
        if (length > kMaxRecordBytes || records.bytes + 4 + length > size) break;
        records.offsets.push_back(records.bytes);
        records.bytes += 4 + length;
        in.seekg(records.bytes);
    }
    return records;
}

}  // namespace ninja3cx::agent
