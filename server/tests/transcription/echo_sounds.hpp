#pragma once

#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

namespace ninja3cx::transcription {

using Sound = std::vector<std::int16_t>;

inline std::size_t samplesOf(double seconds) {
    return static_cast<std::size_t>(seconds * audio::kRateHz);
}

/// Something like a voice: syllables of a quarter second with gaps, each a row of harmonics or a hiss. Between
/// `from` and `to`; noise at -70 dBFS everywhere.
inline Sound babble(double seconds, double from, double to, unsigned seed, double levelDb = -20) {
    std::mt19937 random{seed};
    std::normal_distribution<double> noise;
    std::uniform_real_distribution<double> any;
    Sound sound(samplesOf(seconds));
    for (auto& sample : sound) sample = audio::toInt16(static_cast<float>(noise(random) * 3e-4));
    const double gain = std::pow(10, levelDb / 20);
    for (std::size_t at = samplesOf(from); at + 4'000 < std::min(samplesOf(to), sound.size());) {
        const auto length = static_cast<std::size_t>(2'400 + 2'400 * any(random));
        const double pitch = 90 + 120 * any(random);
        const double formant = 300 + 2'500 * any(random);
        const bool isHiss = any(random) < 0.25;
        std::vector<double> voice(length);
        if (isHiss) {
            double last = 0;
            for (double& value : voice) {
                const double white = noise(random);
                value = 0.4 * (white - last);
                last = white;
            }
        } else {
            for (int h = 1; h * pitch < 7'000; ++h) {
                const double distance = (h * pitch - formant) / 500;
                auto turning = std::polar(std::exp(-distance * distance) + 0.3 / h + 0.01, 1.0 * h * h);
                const auto step = std::polar(1.0, 2 * std::numbers::pi * h * pitch / audio::kRateHz);
                for (double& value : voice) {
                    value += turning.imag();
                    turning *= step;
                }
            }
        }
        for (std::size_t i = 0; i < length && at + i < sound.size(); ++i) {
            const double shape =
                std::sin(std::numbers::pi * static_cast<double>(i) / static_cast<double>(length));
            sound[at + i] =
                audio::toInt16(audio::toFloat(sound[at + i]) + static_cast<float>(gain * shape * voice[i]));
        }
        at += length + static_cast<std::size_t>(1'600 * any(random));
    }
    return sound;
}

/// `near` plus `far` over a loudspeaker and a room that decays within `roomMs`.
inline Sound withEcho(const Sound& near, const Sound& far, double attenuationDb, int delayMs,
                      unsigned seed = 7, int roomMs = 80) {
    std::mt19937 random{seed};
    std::normal_distribution<float> noise;
    std::vector<float> room(static_cast<std::size_t>(roomMs) * audio::kSamplesPerMs / 8);  // every 8th
    float energy = 0;
    for (std::size_t i = 0; i < room.size(); ++i) {
        room[i] = i == 0 ? 1.0F
                         : 0.5F * noise(random) *
                               std::exp(-6.9F * static_cast<float>(i) / static_cast<float>(room.size()));
        energy += room[i] * room[i];
    }
    const float gain = static_cast<float>(std::pow(10, -attenuationDb / 20)) / std::sqrt(energy);
    const std::size_t delay = static_cast<std::size_t>(delayMs) * audio::kSamplesPerMs;
    std::vector<float> sum(near.size());
    for (std::size_t i = 0; i < near.size(); ++i) sum[i] = audio::toFloat(near[i]);
    for (std::size_t i = 0; i < far.size(); ++i) {
        const float played = std::tanh(2 * audio::toFloat(far[i])) / 2 * gain;
        for (std::size_t k = 0; k < room.size() && i + delay + 8 * k < sum.size(); ++k)
            sum[i + delay + 8 * k] += played * room[k];
    }
    Sound mixed(near.size());
    std::transform(sum.begin(), sum.end(), mixed.begin(), audio::toInt16);
    return mixed;
}

inline double levelDb(const Sound& sound, double from, double to) {
    double energy = 1e-3;
    for (std::size_t i = samplesOf(from); i < samplesOf(to) && i < sound.size(); ++i)
        energy += static_cast<double>(sound[i]) * sound[i];
    return 10 * std::log10(energy / (to - from) / audio::kRateHz / 32768 / 32768);
}

}  // namespace ninja3cx::transcription
