#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ninja3cx::bench {

/// Sound of one kind in which nobody speaks: 16 kHz, 16 bit.
struct NonSpeech {
    std::string kind;
    std::vector<std::int16_t> samples;
};

/// `minutes` of what a line brings besides speech, in equal parts: silence, noises, tones, signals, music. Each kind
/// comes twice, the second time through a telephone line ("… (telephone)"). The same minutes give the same samples on
/// every machine with the same mathematical library; nothing clips.
std::vector<NonSpeech> makeNonSpeech(double minutes);

}  // namespace ninja3cx::bench
