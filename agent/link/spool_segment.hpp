#pragma once

#include "shared/crypto/sealed_box.hpp"
#include "shared/protocol/audio_frame.hpp"

#include <cstdint>
#include <istream>
#include <vector>

namespace ninja3cx::agent {

/// What is longer was not written by us.
inline constexpr std::uint32_t kMaxRecordBytes =
    protocol::kAudioHeaderBytes + protocol::kMaxAudioPayloadBytes + crypto::SealedBox::kOverheadBytes;

/// Where the records of a segment lie, as far as they are whole: what comes after a torn one is unknown.
struct SegmentRecords {
    std::vector<std::int64_t> offsets;
    std::int64_t bytes = 0;  // of all whole records
    bool operator==(const SegmentRecords&) const = default;
};

/// `size`: the file's. Reads lengths only.
SegmentRecords scanSegment(std::istream& in, std::int64_t size);

}  // namespace ninja3cx::agent
