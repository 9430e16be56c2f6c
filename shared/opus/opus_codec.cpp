#include "shared/opus/opus_codec.hpp"

#include <opus.h>

#include <string>

namespace ninja3cx::opus {
namespace {

constexpr int kRateHz = 16'000;
constexpr int kMostSamples = kRateHz * 120 / 1000;
constexpr std::size_t kMostBytes = 4'000;

Error refused(const std::string& why) {
    return Error{ErrorKind::BadMessage, "no Opus packet: " + why};
}

}  // namespace

Result<Encoder> Encoder::make() {
    int failure = OPUS_OK;
    Handle handle{opus_encoder_create(kRateHz, 1, OPUS_APPLICATION_VOIP, &failure)};
    if (failure == OPUS_OK) failure = opus_encoder_ctl(handle.get(), OPUS_SET_BITRATE(kBitsPerSecond));
    if (failure != OPUS_OK)
        return Error{ErrorKind::Io, std::string{"Opus encoder: "} + opus_strerror(failure)};
    return Encoder{std::move(handle)};
}

std::optional<std::vector<std::uint8_t>> Encoder::encode(std::span<const std::int16_t> samples) {
    if (samples.empty() || samples.size() > static_cast<std::size_t>(kMostSamples)) return std::nullopt;
    std::vector<std::uint8_t> packet(kMostBytes);
    const opus_int32 bytes = opus_encode(handle_.get(), samples.data(), static_cast<int>(samples.size()),
                                         packet.data(), static_cast<opus_int32>(packet.size()));
    if (bytes <= 0) return std::nullopt;
    packet.resize(static_cast<std::size_t>(bytes));
    return packet;
}

Result<Decoder> Decoder::make() {
    int failure = OPUS_OK;
    Handle handle{opus_decoder_create(kRateHz, 1, &failure)};
    if (failure != OPUS_OK)
        return Error{ErrorKind::Io, std::string{"Opus decoder: "} + opus_strerror(failure)};
    return Decoder{std::move(handle)};
}

Result<std::vector<std::int16_t>> Decoder::decode(std::span<const std::uint8_t> packet) {
    // An empty one would ask the decoder to make up what was lost.
    if (packet.empty() || packet.size() > kMostBytes)
        return refused("it has " + std::to_string(packet.size()) + " bytes, must be 1 to " +
                       std::to_string(kMostBytes));
    const auto length = static_cast<opus_int32>(packet.size());
    const int samples = opus_packet_get_nb_samples(packet.data(), length, kRateHz);
    if (samples <= 0 || samples > kMostSamples)
        return refused(samples < 0 ? opus_strerror(samples) : "it is longer than 120 ms");
    std::vector<std::int16_t> plain(static_cast<std::size_t>(samples));
    const int decoded = opus_decode(handle_.get(), packet.data(), length, plain.data(), samples, 0);
    if (decoded <= 0) return refused(opus_strerror(decoded));
    plain.resize(static_cast<std::size_t>(decoded));
    return plain;
}

}  // namespace ninja3cx::opus
