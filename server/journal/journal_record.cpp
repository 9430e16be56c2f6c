#include "server/journal/journal_record.hpp"

#include "shared/core/little_endian.hpp"

#include <boost/crc.hpp>

#include <algorithm>
#include <array>

namespace ninja3cx::journal {
namespace {

constexpr std::array<std::uint8_t, 4> kMagic{'3', 'C', 'X', 'J'};
constexpr std::uint8_t kVersion = 2;
constexpr std::uint8_t kOldVersion = 1;
constexpr std::size_t kChecksumAt = 28;
constexpr std::size_t kChecksumEnd = 32;
constexpr std::uint32_t kMaxSamples = protocol::kMaxAudioPayloadBytes / 2;

std::uint32_t checksumOf(std::span<const std::uint8_t> record) {
    boost::crc_32_type crc;
    crc.process_bytes(record.data(), kChecksumAt);
    crc.process_bytes(record.data() + kChecksumEnd, record.size() - kChecksumEnd);
    return crc.checksum();
}

}  // namespace

std::vector<std::uint8_t> encodeRecord(const protocol::AudioFrame& frame) {
    std::vector<std::uint8_t> out;
    out.reserve(kRecordHeaderBytes + frame.samples.size() * 2);
    out.insert(out.end(), kMagic.begin(), kMagic.end());
    out.push_back(kVersion);
    out.push_back(frame.channel == protocol::Speaker::Agent ? 0 : 1);
    appendLittle(out, std::uint16_t{0});
    appendLittle(out, frame.sequence);
    appendLittle(out, frame.callClockMs);
    appendLittle(out, static_cast<std::uint32_t>(frame.samples.size()));
    appendLittle(out, std::uint32_t{0});
    appendLittle(out, frame.deviceTimeUs);
    for (const std::int16_t sample : frame.samples) appendLittle(out, static_cast<std::uint16_t>(sample));
    writeLittle(std::span{out}, kChecksumAt, checksumOf(out));
    return out;
}

RecordReading readRecord(std::span<const std::uint8_t> bytes) {
    RecordReading reading;
    const std::size_t magicBytes = std::min(bytes.size(), kMagic.size());
    if (!std::equal(kMagic.begin(), kMagic.begin() + static_cast<std::ptrdiff_t>(magicBytes), bytes.begin()))
        return reading;
    if (bytes.size() < kOldRecordHeaderBytes) {
        reading.verdict = RecordReading::Verdict::Cut;
        return reading;
    }
    const auto samples = readLittle<std::uint32_t>(bytes, 24);
    const bool isOld = bytes[4] == kOldVersion;
    if ((bytes[4] != kVersion && !isOld) || bytes[5] > 1 || readLittle<std::uint16_t>(bytes, 6) != 0 ||
        samples == 0 || samples > kMaxSamples)
        return reading;
    const std::size_t header = isOld ? kOldRecordHeaderBytes : kRecordHeaderBytes;
    const std::size_t whole = header + std::size_t{samples} * 2;
    if (bytes.size() < whole) {
        reading.verdict = RecordReading::Verdict::Cut;
        return reading;
    }
    if (checksumOf(bytes.first(whole)) != readLittle<std::uint32_t>(bytes, kChecksumAt)) return reading;
    reading.verdict = RecordReading::Verdict::Whole;
    reading.bytes = whole;
    reading.frame.channel = bytes[5] == 0 ? protocol::Speaker::Agent : protocol::Speaker::Customer;
    reading.frame.sequence = readLittle<std::uint64_t>(bytes, 8);
    reading.frame.callClockMs = readLittle<std::int64_t>(bytes, 16);
    if (!isOld) reading.frame.deviceTimeUs = readLittle<std::int64_t>(bytes, 32);
    reading.frame.samples.reserve(samples);
    for (std::size_t at = header; at < whole; at += 2)
        reading.frame.samples.push_back(readLittle<std::int16_t>(bytes, at));
    return reading;
}

}  // namespace ninja3cx::journal
