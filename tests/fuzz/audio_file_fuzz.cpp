#include "shared/audio/audio_file.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ninja3cx::audio::ReadLimits limits{std::chrono::seconds{10}, 4};
    const auto pcm = ninja3cx::audio::decodeAudio({data, size}, "fuzz", limits);
    if (!pcm) return 0;
    for (const auto& channel : pcm->channels) {
        if (channel.size() != pcm->channels.front().size()) std::abort();  // all channels last equally long
    }
    return 0;
}
