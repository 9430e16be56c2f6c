#include "shared/audio/wav.hpp"

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

}  // namespace

std::vector<std::uint8_t> encodeWav(const Pcm& pcm) {
    const std::size_t channels = pcm.channels.size();
    const std::size_t frames = channels == 0 ? 0 : pcm.channels.front().size();
    const std::size_t dataBytes = frames * channels * 2;
    Writer out;
    out.bytes.reserve(44 + dataBytes);
    out.text("RIFF");
    out.u32(36 + dataBytes);
    out.text("WAVEfmt ");
    out.u32(16);
    out.u16(1);  // PCM
    out.u16(channels);
    out.u32(kRateHz);
    out.u32(kRateHz * channels * 2);
    out.u16(channels * 2);
    out.u16(16);
    out.text("data");
    out.u32(dataBytes);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        for (const auto& channel : pcm.channels) out.u16(static_cast<std::uint16_t>(channel[frame]));
    }
    return std::move(out.bytes);
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
