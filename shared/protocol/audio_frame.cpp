#include "shared/protocol/audio_frame.hpp"

#include "shared/core/little_endian.hpp"

#include <algorithm>
#include <array>

namespace ninja3cx::protocol {
namespace {

constexpr std::array<std::uint8_t, 4> kMagic{'3', 'C', 'X', 'A'};

Error refused(const std::string& what) {
    return Error{ErrorKind::BadMessage, "audio frame: " + what};
}

}  // namespace

Result<AudioFrame> decodeAudioFrame(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < kAudioHeaderBytes)
        return refused("shorter than its header of " + std::to_string(kAudioHeaderBytes) + " bytes");
    if (!std::equal(kMagic.begin(), kMagic.end(), bytes.begin()))
        return refused("does not start with '3CXA'");
    if (bytes[4] != kAudioVersion)
        return refused("version " + std::to_string(bytes[4]) + ", this server speaks version 1");
    if (bytes[5] > 1)
        return refused("channel " + std::to_string(bytes[5]) + ", must be 0 (agent) or 1 (customer)");
    if (bytes[6] != static_cast<std::uint8_t>(AudioFormat::Pcm16))
        return refused("format " + std::to_string(bytes[6]) + ", must be 1 (PCM16, 16 kHz)");
    if (bytes[7] != 0) return refused("unknown flags " + std::to_string(bytes[7]));
    const auto payload = readLittle<std::uint32_t>(bytes, 28);
    if (payload != bytes.size() - kAudioHeaderBytes)
        return refused("payloadBytes says " + std::to_string(payload) + ", the message holds " +
                       std::to_string(bytes.size() - kAudioHeaderBytes));
    if (payload == 0 || payload % 2 != 0 || payload > kMaxAudioPayloadBytes)
        return refused("payload of " + std::to_string(payload) + " bytes, must be even and 2 to " +
                       std::to_string(kMaxAudioPayloadBytes));
    AudioFrame frame;
    frame.channel = bytes[5] == 0 ? Speaker::Agent : Speaker::Customer;
    frame.sequence = readLittle<std::uint64_t>(bytes, 8);
    frame.callClockMs = readLittle<std::int64_t>(bytes, 16);
    constexpr std::int64_t kOneWeekMs = 7LL * 24 * 3600 * 1000;
    if (frame.callClockMs < 0 || frame.callClockMs > kOneWeekMs)
        return refused("callClockMs " + std::to_string(frame.callClockMs) + " is outside 0 to one week");
    frame.streamId = readLittle<std::uint32_t>(bytes, 24);
    frame.samples.reserve(payload / 2);
    for (std::size_t at = kAudioHeaderBytes; at < bytes.size(); at += 2)
        frame.samples.push_back(readLittle<std::int16_t>(bytes, at));
    return frame;
}

std::vector<std::uint8_t> encodeAudioFrame(const AudioFrame& frame) {
    std::vector<std::uint8_t> out;
    out.reserve(kAudioHeaderBytes + frame.samples.size() * 2);
    out.insert(out.end(), kMagic.begin(), kMagic.end());
    out.push_back(kAudioVersion);
    out.push_back(frame.channel == Speaker::Agent ? 0 : 1);
    out.push_back(static_cast<std::uint8_t>(frame.format));
    out.push_back(0);
    appendLittle(out, frame.sequence);
    appendLittle(out, frame.callClockMs);
    appendLittle(out, frame.streamId);
    appendLittle(out, static_cast<std::uint32_t>(frame.samples.size() * 2));
    for (std::int16_t sample : frame.samples) appendLittle(out, static_cast<std::uint16_t>(sample));
    return out;
}

}  // namespace ninja3cx::protocol
