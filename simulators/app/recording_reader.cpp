#include "simulators/app/recording_reader.hpp"

#include "shared/audio/audio_file.hpp"
#include "shared/audio/wav.hpp"
#include "simulators/app/scenarios.hpp"

#include <algorithm>

namespace ninja3cx::simulators {
namespace {

constexpr double kLongestS = 1'200;  // bounds what a download takes of memory
constexpr std::uintmax_t kLargestFile = 64U << 20;

using Samples = std::vector<std::int16_t>;

/// What was said at once adds up, within the range of a sample.
Samples mixed(const std::vector<Samples>& channels, std::size_t length) {
    Samples sum(length);
    for (const Samples& channel : channels)
        for (std::size_t i = 0; i < std::min(length, channel.size()); ++i)
            sum[i] = static_cast<std::int16_t>(std::clamp(sum[i] + channel[i], -32768, 32767));
    return sum;
}

Result<RecordingFile> asItIs(const std::string& path) {
    std::error_code failure;
    if (std::filesystem::file_size(path, failure) > kLargestFile && !failure)
        return Error{ErrorKind::Io, path + ": is larger than 64 MiB"};
    auto bytes = readFile(path);
    if (!bytes) return bytes.error();
    const bool isWav = bytes->starts_with("RIFF");
    return RecordingFile{isWav ? "audio/x-wav" : "audio/mpeg", std::move(*bytes)};
}

}  // namespace

Result<RecordingFile> readRecording(const RecordingSource& source) {
    if (source.file) return asItIs(*source.file);
    audio::Pcm sound;
    if (source.audio) {
        audio::ReadLimits limits;
        limits.maxDuration = std::chrono::seconds{static_cast<int>(kLongestS)};
        auto read = audio::readAudioFile(*source.audio, limits);
        if (!read) return read.error();
        sound = std::move(*read);
    }
    const auto samples = [](double s) {
        return static_cast<std::ptrdiff_t>(std::clamp(s, 0.0, kLongestS) * audio::kRateHz);
    };
    const std::ptrdiff_t length = samples(source.lengthS);
    for (Samples& channel : sound.channels) {
        channel.erase(channel.begin(),
                      channel.begin() + std::min(samples(source.fromS), std::ssize(channel)));
        channel.resize(static_cast<std::size_t>(length));
    }
    audio::Pcm recording;
    if (source.channels == 2 && sound.channels.size() == 2)
        recording = std::move(sound);
    else
        recording.channels.assign(static_cast<std::size_t>(source.channels),
                                  mixed(sound.channels, static_cast<std::size_t>(length)));
    const auto wav = audio::encodeTelephoneWav(recording);
    return RecordingFile{"audio/x-wav", std::string{wav.begin(), wav.end()}};
}

}  // namespace ninja3cx::simulators
