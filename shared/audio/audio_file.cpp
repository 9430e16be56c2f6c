#include "shared/audio/audio_file.hpp"

#include "shared/audio/resampler.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>

// The decoders alone, private to this file: whoever wants miniaudio's devices compiles it once more.
#define MINIAUDIO_IMPLEMENTATION
#define MA_API static
#define MA_NO_DEVICE_IO
#define MA_NO_THREADING
#define MA_NO_ENCODING
#define MA_NO_GENERATION
#define MA_NO_RESOURCE_MANAGER
#define MA_NO_NODE_GRAPH
#define MA_NO_ENGINE
#include <miniaudio.h>

namespace ninja3cx::audio {
namespace {

struct UninitDecoder {
    void operator()(ma_decoder* decoder) const noexcept {
        ma_decoder_uninit(decoder);
        delete decoder;
    }
};
using Decoder = std::unique_ptr<ma_decoder, UninitDecoder>;

/// What the first bytes say. Asking every decoder in turn would take noise for MP3.
std::optional<ma_encoding_format> sniff(std::span<const std::uint8_t> head) {
    const auto starts = [&](std::string_view magic) {
        return head.size() >= magic.size() && std::memcmp(head.data(), magic.data(), magic.size()) == 0;
    };
    if (starts("RIFF") || starts("RIFX") || starts("RF64") || starts("riff")) return ma_encoding_format_wav;
    if (starts("fLaC")) return ma_encoding_format_flac;
    if (starts("ID3")) return ma_encoding_format_mp3;
    if (head.size() >= 2 && head[0] == 0xFF && (head[1] & 0xE0U) == 0xE0U) return ma_encoding_format_mp3;
    return std::nullopt;
}

const char* nameOf(ma_encoding_format format) {
    switch (format) {
        case ma_encoding_format_wav:
            return "WAV";
        case ma_encoding_format_flac:
            return "FLAC";
        default:
            return "MP3";
    }
}

Error bad(const std::string& name, const std::string& what) {
    return Error{ErrorKind::BadMessage, name + ": " + what};
}

std::string secondsOf(ma_uint64 frames, int rateHz) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2f", static_cast<double>(frames) / rateHz);
    return text.data();
}

/// How many frames the file says it has; 0 where it does not say. Only a FLAC's word counts: a WAV's head may
/// be that of an endless recording, and an MP3 has none.
ma_uint64 framesTold(ma_decoder& decoder, ma_encoding_format format) {
    ma_uint64 frames = 0;
    if (format != ma_encoding_format_flac) return 0;
    return ma_decoder_get_length_in_pcm_frames(&decoder, &frames) == MA_SUCCESS ? frames : 0;
}

Result<Pcm> decodeAll(ma_decoder& decoder, ma_encoding_format format, const std::string& name,
                      const ReadLimits& limits) {
    const auto channels = static_cast<int>(decoder.outputChannels);
    const auto rateHz = static_cast<int>(decoder.outputSampleRate);
    if (channels < 1 || channels > limits.maxChannels) {
        return bad(name, "has " + std::to_string(channels) + " channels; at most " +
                             std::to_string(limits.maxChannels) + " are read");
    }
    if (rateHz < 4'000 || rateHz > 192'000) {
        return bad(name, "has a sample rate of " + std::to_string(rateHz) + " Hz; 4000 to 192000 are read");
    }
    const auto maxSamples = static_cast<std::size_t>(limits.maxDuration.count()) * kRateHz;
    const auto width = static_cast<std::size_t>(channels);
    const ma_uint64 told = framesTold(decoder, format);
    ma_uint64 here = 0;

    Pcm pcm;
    pcm.channels.resize(width);
    std::vector<Resampler> resamplers(width, Resampler{rateHz, kRateHz});
    constexpr std::size_t kBlock = 8192;
    std::vector<float> block(kBlock * width);
    std::vector<float> one(kBlock);
    std::vector<float> resampled;
    const auto append = [&](std::size_t channel) {
        for (const float sample : resampled) pcm.channels[channel].push_back(toInt16(sample));
        resampled.clear();
    };
    for (;;) {
        ma_uint64 frames = 0;
        const ma_result result = ma_decoder_read_pcm_frames(&decoder, block.data(), kBlock, &frames);
        here += frames;
        for (std::size_t channel = 0; channel < width; ++channel) {
            one.resize(frames);
            for (std::size_t i = 0; i < frames; ++i) {
                const float sample = block[i * width + channel];
                one[i] = sample == sample ? std::clamp(sample, -1.0F, 1.0F) : 0.0F;
            }
            resamplers[channel].push(one, resampled);
            append(channel);
        }
        if (pcm.channels.front().size() > maxSamples) {
            return bad(name, "is longer than " + std::to_string(limits.maxDuration.count()) + " s");
        }
        if (result != MA_SUCCESS && result != MA_AT_END) {
            return bad(name, std::string{"is damaged: "} + ma_result_description(result));
        }
        if (frames == 0 || result == MA_AT_END) break;
    }
    if (here < told) {
        return bad(name, "is cut short: " + secondsOf(here, rateHz) + " of " + secondsOf(told, rateHz) +
                             " s are here");
    }
    for (std::size_t channel = 0; channel < width; ++channel) {
        resamplers[channel].finish(resampled);
        append(channel);
    }
    if (pcm.channels.front().empty()) return bad(name, "holds no sound");
    return pcm;
}

/// Programs that write to a pipe promise this much (sox) or more: they do not know the length.
constexpr std::uint64_t kNoLength = 0x7FFF'F000;

/// A WAV that was not written to its end: its first bytes tell how long it is. Empty when it is all there, is no WAV,
/// or was written by a program that did not know the length.
std::optional<Error> cutShort(std::span<const std::uint8_t> head, std::uint64_t size,
                              const std::string& name) {
    if (head.size() < 8 || std::memcmp(head.data(), "RIFF", 4) != 0) return std::nullopt;
    std::uint64_t promised = 0;
    for (std::size_t i = 0; i < 4; ++i) promised |= std::uint64_t{head[4 + i]} << (8 * i);
    // Some count the byte that makes a length even and leave it out.
    if (promised >= kNoLength || size + 1 >= promised + 8) return std::nullopt;
    return bad(name, "is cut short: " + std::to_string(size) + " of " + std::to_string(promised + 8) +
                         " bytes are here");
}

/// A WAV whose samples end within a byte is one with a damaged head; the decoder would read noise.
std::optional<Error> oddBits(ma_decoder& decoder, const std::string& name) {
    const ma_dr_wav& wav = static_cast<const ma_wav*>(decoder.pBackend)->dr;
    const unsigned bits = wav.fmt.bitsPerSample;
    if (wav.translatedFormatTag != MA_DR_WAVE_FORMAT_PCM) return std::nullopt;
    if (bits == 8 || bits == 16 || bits == 24 || bits == 32) return std::nullopt;
    return bad(name, "has " + std::to_string(bits) + " bits per sample; 8, 16, 24 and 32 are read");
}

template <class Open>
Result<Pcm> decodeWith(std::span<const std::uint8_t> head, std::uint64_t size, const std::string& name,
                       const ReadLimits& limits, Open open) {
    if (head.empty()) return bad(name, "is empty");
    const auto format = sniff(head);
    if (!format) return bad(name, "is not a WAV, FLAC or MP3 file");
    auto config = ma_decoder_config_init(ma_format_f32, 0, 0);
    config.encodingFormat = *format;
    auto raw = std::make_unique<ma_decoder>();
    if (const ma_result result = open(config, *raw); result != MA_SUCCESS) {
        return bad(name, std::string{"is not a valid "} + nameOf(*format) +
                             " file: " + ma_result_description(result));
    }
    const Decoder decoder{raw.release()};
    if (*format == ma_encoding_format_wav) {
        if (auto problem = oddBits(*decoder, name)) return *problem;
    }
    if (auto problem = cutShort(head, size, name)) return *problem;
    return decodeAll(*decoder, *format, name, limits);
}

}  // namespace

Result<Pcm> readAudioFile(const std::filesystem::path& file, const ReadLimits& limits) {
    const std::string name = file.string();
    std::error_code failure;
    if (std::filesystem::is_directory(file, failure)) return Error{ErrorKind::Io, name + ": is a folder"};
    std::ifstream in{file, std::ios::binary};
    if (!in) {
        const auto kind = errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Io;
        return Error{kind, name + ": cannot be opened: " + std::strerror(errno)};
    }
    std::array<std::uint8_t, 12> head{};
    in.read(reinterpret_cast<char*>(head.data()), head.size());
    const auto headSize = static_cast<std::size_t>(in.gcount());
    in.close();
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    if (failure) return Error{ErrorKind::Io, name + ": " + failure.message()};
    return decodeWith(std::span{head}.first(headSize), size, name, limits,
                      [&](const auto& config, ma_decoder& decoder) {
                          return ma_decoder_init_file(name.c_str(), &config, &decoder);
                      });
}

Result<Pcm> decodeAudio(std::span<const std::uint8_t> bytes, const std::string& name,
                        const ReadLimits& limits) {
    return decodeWith(bytes, bytes.size(), name, limits, [&](const auto& config, ma_decoder& decoder) {
        return ma_decoder_init_memory(bytes.data(), bytes.size(), &config, &decoder);
    });
}

}  // namespace ninja3cx::audio
