#pragma once

#include "shared/protocol/audio_frame.hpp"

#include <cstdint>
#include <span>
#include <vector>

/// One frame of audio in a journal file. A file is nothing but records. Layout, all little-endian:
///
///   offset size
///    0     4   magic "3CXJ"
///    4     1   version, 2; 1 has no deviceTimeUs: its samples begin at 32
///    5     1   channel: 0 agent, 1 customer
///    6     2   0
///    8     8   sequence of the frame
///   16     8   callClockMs: its start in ms since the call was answered
///   24     4   sample count, 1 to 16000
///   28     4   CRC-32 (as in zlib) of bytes 0 to 27 and of all that follows
///   32     8   deviceTimeUs: as in the frame; 0 unknown
///   40     …   samples, signed 16 bit, 16 kHz
namespace ninja3cx::journal {

inline constexpr std::size_t kRecordHeaderBytes = 40;
inline constexpr std::size_t kOldRecordHeaderBytes = 32;  // of version 1
inline constexpr std::size_t kMaxRecordBytes = kRecordHeaderBytes + protocol::kMaxAudioPayloadBytes;

/// `streamId` is not kept: it names a connection's stream, not the call.
std::vector<std::uint8_t> encodeRecord(const protocol::AudioFrame& frame);

struct RecordReading {
    enum class Verdict {
        Whole = 1,
        Cut,      // what is there is the beginning of a record
        Damaged,  // no record begins here
    };
    Verdict verdict = Verdict::Damaged;
    std::size_t bytes = 0;  // of the record, when whole
    protocol::AudioFrame frame;
};

/// What stands at the beginning of `bytes`. Pure; takes any bytes.
RecordReading readRecord(std::span<const std::uint8_t> bytes);

}  // namespace ninja3cx::journal
