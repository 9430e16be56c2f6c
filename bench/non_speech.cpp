#include "bench/non_speech.hpp"

#include "bench/sound_kinds.hpp"
#include "bench/telephone.hpp"
#include "shared/audio/pcm.hpp"

#include <cmath>
#include <utility>

namespace ninja3cx::bench {

std::vector<NonSpeech> makeNonSpeech(double minutes) {
    std::vector<SoundKind> kinds = noiseKinds();
    kinds.insert(kinds.end(), musicKinds().begin(), musicKinds().end());
    const auto each = static_cast<std::size_t>(
        std::llround(minutes * 60 * audio::kRateHz / (2.0 * static_cast<double>(kinds.size()))));
    std::vector<NonSpeech> all;
    unsigned seed = 1;
    for (const SoundKind& kind : kinds) {
        for (const bool isTelephone : {false, true}) {
            Canvas canvas{each, seed++};
            kind.make(canvas);
            auto samples = canvas.samples();
            if (isTelephone) samples = throughTelephone(samples);
            all.push_back({kind.name + std::string{isTelephone ? " (telephone)" : ""}, std::move(samples)});
        }
    }
    return all;
}

}  // namespace ninja3cx::bench
