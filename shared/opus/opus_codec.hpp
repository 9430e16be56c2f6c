#pragma once

#include "shared/core/c_handle.hpp"
#include "shared/core/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

struct OpusEncoder;
struct OpusDecoder;
extern "C" {
void opus_encoder_destroy(OpusEncoder*);
void opus_decoder_destroy(OpusDecoder*);
}

/// Speech of 16 kHz as Opus packets. The packets of a channel belong together, in order: each is told from the ones
/// before it. 6.5 ms of the sound come with the packet after.
namespace ninja3cx::opus {

inline constexpr int kBitsPerSecond = 24'000;  // of one channel; PCM has 256'000

class Encoder {
public:
    /// Io: the library has none to give.
    static Result<Encoder> make();
    /// One packet. Nothing where Opus has no packet of that length: it has of 2.5, 5, 10 and 20 to 120 ms.
    std::optional<std::vector<std::uint8_t>> encode(std::span<const std::int16_t> samples);

private:
    using Handle = CHandle<OpusEncoder, opus_encoder_destroy>;
    explicit Encoder(Handle handle) : handle_(std::move(handle)) {}
    Handle handle_;
};

class Decoder {
public:
    static Result<Decoder> make();
    /// 2.5 to 120 ms. BadMessage: that is no packet.
    Result<std::vector<std::int16_t>> decode(std::span<const std::uint8_t> packet);

private:
    using Handle = CHandle<OpusDecoder, opus_decoder_destroy>;
    explicit Decoder(Handle handle) : handle_(std::move(handle)) {}
    Handle handle_;
};

}  // namespace ninja3cx::opus
