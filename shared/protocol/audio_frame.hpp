#pragma once

#include "shared/core/result.hpp"
#include "shared/protocol/analysis.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Audio on the wire: one binary WebSocket message is one frame. Layout, all little-endian (docs/PROTOCOL.md):
///
///   offset size
///    0     4   magic "3CXA"
///    4     1   version, 2; 1 has no deviceTimeUs: its payload begins at 32, and it is PCM
///    5     1   channel: 0 agent (technician's microphone), 1 customer
///    6     1   format: 1 = PCM signed 16 bit, 16 kHz, mono. 2 = one Opus packet.
///    7     1   flags: 1 = the Opus encoder began anew with this frame. Receivers refuse flags they do not know.
///    8     8   sequence: counts the frames of this call and channel, from 0, without gaps
///   16     8   callClockMs: start of this frame in ms since the call was answered
///   24     4   streamId: names the call; the server gives it in audioReady
///   28     4   payloadBytes
///   32     8   deviceTimeUs: its start by the capturing device's own clock, from any moment on; 0 unknown
///   40     …   payload: 1 to 1000 ms of audio
///
/// A frame is acknowledged (audioAck) only when it is on the server's disk. After a reconnect `audioReady` says,
/// for each channel, the next sequence the server wants; frames below it are ignored as repeats.
namespace ninja3cx::protocol {

inline constexpr std::size_t kAudioHeaderBytes = 40;
inline constexpr std::uint8_t kAudioVersion = 2;
inline constexpr std::uint8_t kOldestAudioVersion = 1;
inline constexpr int kSampleRateHz = 16'000;
inline constexpr std::size_t kMaxAudioPayloadBytes = std::size_t{2} * kSampleRateHz;  // one second
inline constexpr std::size_t kMaxOpusBytes = 4'000;                                   // of one frame

enum class AudioFormat : std::uint8_t { Pcm16 = 1, Opus = 2 };

struct AudioFrame {
    Speaker channel{};
    AudioFormat format = AudioFormat::Pcm16;
    std::uint64_t sequence = 0;
    std::int64_t callClockMs = 0;
    std::uint32_t streamId = 0;
    std::vector<std::int16_t> samples;  // none while it is an Opus packet
    std::int64_t deviceTimeUs = 0;
    std::vector<std::uint8_t> packet{};  // Opus alone
    bool beginsPackets = false;          // Opus alone: the packets before it say nothing about this one
    bool operator==(const AudioFrame&) const = default;
};

/// Bytes of one binary message. Refuses, naming the field, what does not fit the layout above.
Result<AudioFrame> decodeAudioFrame(std::span<const std::uint8_t> bytes);
/// `version` 1 is for servers that read no other: without deviceTimeUs, PCM alone.
std::vector<std::uint8_t> encodeAudioFrame(const AudioFrame& frame, std::uint8_t version = kAudioVersion);

}  // namespace ninja3cx::protocol
