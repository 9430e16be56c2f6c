#include "shared/protocol/audio_frame.hpp"

#include "shared/core/little_endian.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace ninja3cx::protocol {
namespace {

constexpr std::array<std::uint8_t, 4> kMagic{'3', 'C', 'X', 'A'};
constexpr std::size_t kOldHeaderBytes = 32;  // of version 1
constexpr std::uint8_t kBeginsPackets = 1;   // flag

Error refused(const std::string& what) {
    return Error{ErrorKind::BadMessage, "audio frame: " + what};
}

std::size_t headerBytesOf(std::uint8_t version) {
    return version == kOldestAudioVersion ? kOldHeaderBytes : kAudioHeaderBytes;
}

Error tooShort(std::size_t header) {
    return refused("shorter than its header of " + std::to_string(header) + " bytes");
}

std::optional<Error> wrongPayload(AudioFormat format, std::size_t bytes) {
    const std::string has = "payload of " + std::to_string(bytes) + " bytes, must be ";
    if (format == AudioFormat::Opus && (bytes == 0 || bytes > kMaxOpusBytes))
        return refused(has + "1 to " + std::to_string(kMaxOpusBytes) + " of Opus");
    if (format == AudioFormat::Pcm16 && (bytes == 0 || bytes % 2 != 0 || bytes > kMaxAudioPayloadBytes))
        return refused(has + "even and 2 to " + std::to_string(kMaxAudioPayloadBytes));
    return std::nullopt;
}

}  // namespace

Result<AudioFrame> decodeAudioFrame(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kOldHeaderBytes) return tooShort(kOldHeaderBytes);
    if (!std::equal(kMagic.begin(), kMagic.end(), bytes.begin()))
        return refused("does not start with '3CXA'");
    const std::uint8_t version = bytes[4];
    if (version < kOldestAudioVersion || version > kAudioVersion)
        return refused("version " + std::to_string(version) + ", this server speaks versions 1 and 2");
    const std::size_t header = headerBytesOf(version);
    if (bytes.size() < header) return tooShort(header);
    if (bytes[5] > 1)
        return refused("channel " + std::to_string(bytes[5]) + ", must be 0 (agent) or 1 (customer)");
    const bool isOpus =
        version > kOldestAudioVersion && bytes[6] == static_cast<std::uint8_t>(AudioFormat::Opus);
    if (!isOpus && bytes[6] != static_cast<std::uint8_t>(AudioFormat::Pcm16))
        return refused("format " + std::to_string(bytes[6]) + ", must be 1 (PCM16, 16 kHz)" +
                       (version > kOldestAudioVersion ? " or 2 (Opus)" : ""));
    if ((bytes[7] & ~(isOpus ? kBeginsPackets : 0)) != 0)
        return refused("unknown flags " + std::to_string(bytes[7]));
    const auto payload = readLittle<std::uint32_t>(bytes, 28);
    if (payload != bytes.size() - header)
        return refused("payloadBytes says " + std::to_string(payload) + ", the message holds " +
                       std::to_string(bytes.size() - header));
    AudioFrame frame;
    frame.format = isOpus ? AudioFormat::Opus : AudioFormat::Pcm16;
    if (const auto wrong = wrongPayload(frame.format, payload)) return *wrong;
    frame.channel = bytes[5] == 0 ? Speaker::Agent : Speaker::Customer;
    frame.beginsPackets = bytes[7] != 0;
    frame.sequence = readLittle<std::uint64_t>(bytes, 8);
    frame.callClockMs = readLittle<std::int64_t>(bytes, 16);
    constexpr std::int64_t kOneWeekMs = 7LL * 24 * 3600 * 1000;
    if (frame.callClockMs < 0 || frame.callClockMs > kOneWeekMs)
        return refused("callClockMs " + std::to_string(frame.callClockMs) + " is outside 0 to one week");
    frame.streamId = readLittle<std::uint32_t>(bytes, 24);
    if (version > kOldestAudioVersion) frame.deviceTimeUs = readLittle<std::int64_t>(bytes, 32);
    if (isOpus) {
        frame.packet.assign(bytes.begin() + static_cast<std::ptrdiff_t>(header), bytes.end());
        return frame;
    }
    frame.samples.reserve(payload / 2);
    for (std::size_t at = header; at < bytes.size(); at += 2)
        frame.samples.push_back(readLittle<std::int16_t>(bytes, at));
    return frame;
}

std::vector<std::uint8_t> encodeAudioFrame(const AudioFrame& frame, std::uint8_t version) {
    const bool isOpus = frame.format == AudioFormat::Opus;
    const std::size_t payload = isOpus ? frame.packet.size() : frame.samples.size() * 2;
    std::vector<std::uint8_t> out;
    out.reserve(kAudioHeaderBytes + payload);
    out.insert(out.end(), kMagic.begin(), kMagic.end());
    out.push_back(version);
    out.push_back(frame.channel == Speaker::Agent ? 0 : 1);
    out.push_back(static_cast<std::uint8_t>(frame.format));
    out.push_back(isOpus && frame.beginsPackets ? kBeginsPackets : 0);
    appendLittle(out, frame.sequence);
    appendLittle(out, frame.callClockMs);
    appendLittle(out, frame.streamId);
    appendLittle(out, static_cast<std::uint32_t>(payload));
    if (version > kOldestAudioVersion) appendLittle(out, frame.deviceTimeUs);
    if (isOpus) out.insert(out.end(), frame.packet.begin(), frame.packet.end());
    for (std::int16_t sample : frame.samples) appendLittle(out, static_cast<std::uint16_t>(sample));
    return out;
}

}  // namespace ninja3cx::protocol
