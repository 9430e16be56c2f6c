#include "shared/audio/wav.hpp"

#include "shared/audio/resampler.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

namespace ninja3cx::audio {
namespace {

class Writer {
public:
    void text(std::string_view four) { bytes.insert(bytes.end(), four.begin(), four.end()); }
    void u32(std::size_t value) {
        for (int shift = 0; shift < 32; shift += 8)
            bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    void u16(std::size_t value) {
        for (int shift = 0; shift < 16; shift += 8)
            bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    std::vector<std::uint8_t> bytes;
};

std::vector<std::uint8_t> encode(const std::vector<std::vector<std::int16_t>>& samples, std::size_t rateHz) {
    const std::size_t channels = samples.size();
    const std::size_t frames = channels == 0 ? 0 : samples.front().size();
    const std::size_t dataBytes = frames * channels * 2;
    Writer out;
    out.bytes.reserve(44 + dataBytes);
    out.text("RIFF");
    out.u32(36 + dataBytes);
    out.text("WAVEfmt ");
    out.u32(16);
    out.u16(1);  // PCM
    out.u16(channels);
    out.u32(rateHz);
    out.u32(rateHz * channels * 2);
    out.u16(channels * 2);
    out.u16(16);
    out.text("data");
    out.u32(dataBytes);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        for (const auto& channel : samples) out.u16(static_cast<std::uint16_t>(channel[frame]));
    }
    return std::move(out.bytes);
}

}  // namespace

std::vector<std::uint8_t> encodeWav(const Pcm& pcm) {
    return encode(pcm.channels, kRateHz);
}

std::vector<std::uint8_t> encodeTelephoneWav(const Pcm& pcm) {
    constexpr int kTelephoneHz = 8'000;
    std::vector<std::vector<std::int16_t>> channels;
    for (const auto& channel : pcm.channels) {
        std::vector<float> wide(channel.size());
        std::transform(channel.begin(), channel.end(), wide.begin(), toFloat);
        std::vector<float> narrow;
        Resampler resampler{kRateHz, kTelephoneHz};
        resampler.push(wide, narrow);
        resampler.finish(narrow);
        auto& out = channels.emplace_back(narrow.size());
        std::transform(narrow.begin(), narrow.end(), out.begin(), toInt16);
    }
    return encode(channels, kTelephoneHz);
}

Result<void> writeWavFile(const std::filesystem::path& file, const Pcm& pcm) {
    const auto bytes = encodeWav(pcm);
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return Error{ErrorKind::Io, file.string() + ": cannot be written: " + std::strerror(errno)};
    return {};
}

}  // namespace ninja3cx::audio
