#pragma once

#include "bench/sound_canvas.hpp"

#include <functional>
#include <vector>

/// What a line brings besides speech.
namespace ninja3cx::bench {

struct SoundKind {
    const char* name;
    std::function<void(Canvas&)> make;
};

/// Silence, noises, tones and signals.
const std::vector<SoundKind>& noiseKinds();
/// As it is played to those who wait.
const std::vector<SoundKind>& musicKinds();

}  // namespace ninja3cx::bench
