#include "bench/sound_kinds.hpp"
#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ninja3cx::bench {
namespace {

constexpr double kRate = audio::kRateHz;

struct Timbre {
    int harmonics;
    double fall;     // of each harmonic against the one before
    double attack;   // seconds
    double decay;    // seconds; 0: held
    double vibrato;  // share of the pitch
};

void note(Canvas& canvas, double from, double length, double midi, double gain, const Timbre& timbre) {
    const double hertz = 440 * std::pow(2.0, (midi - 69) / 12);
    const double pace = canvas.dice.between(4.5, 6.5);
    double phase = canvas.dice.between(0, kTurn);
    canvas.shaped(from, from + length, [&](double time, double left) {
        phase += kTurn * hertz *
                 (1 + timbre.vibrato * std::min(1.0, time / 0.3) * std::sin(kTurn * pace * time)) / kRate;
        double sum = 0;
        double share = 1;
        for (int h = 1; h <= timbre.harmonics && h * hertz < 7500; ++h, share *= timbre.fall)
            sum += share * std::sin(h * phase);
        double shape = std::min({1.0, time / timbre.attack, left / 0.02});
        if (timbre.decay > 0) shape *= std::exp(-time / timbre.decay);
        return gain * shape * sum;
    });
}

void drum(Canvas& canvas, double at, double gain, bool isSnare) {
    if (isSnare) {
        const auto part = canvas.stretch(at, at + 0.15);
        for (std::size_t i = 0; i < part.size(); ++i)
            part[i] += gain * 0.5 * canvas.dice.bell() * std::exp(-static_cast<double>(i) / kRate / 0.04);
        return;
    }
    canvas.shaped(at, at + 0.2, [&](double time, double) {
        return gain * std::sin(kTurn * (55 * time + 6 * (1 - std::exp(-time / 0.03)))) *
               std::exp(-time / 0.07);
    });
}

struct Band {
    Timbre lead;
    Timbre chords;
    bool hasLead;
    bool hasChords;
    bool hasDrums;
    bool hasArpeggio;
};

/// A piece every half minute, each in its own key, tempo and level.
void music(Canvas& canvas, const Band& band) {
    static constexpr std::array<std::array<int, 4>, 4> kProgressions{
        {{0, 7, 9, 5}, {0, 9, 5, 7}, {9, 5, 0, 7}, {2, 7, 0, 9}}};
    static constexpr std::array kScale{0, 2, 4, 7, 9, 12, 14, 16};
    for (double start = 0; start < canvas.length(); start += 30) {
        const double beat = 60 / canvas.dice.between(66, 140);
        const double key = 57 + static_cast<double>(canvas.dice.below(12));
        const double gain = fromDb(canvas.dice.between(-30, -14));
        const auto chords = canvas.dice.oneOf(kProgressions);
        const double end = std::min(start + 29, canvas.length());
        std::size_t bar = 0;
        for (double at = start + 0.2; at + 4 * beat < end; at += 4 * beat, ++bar) {
            const int root = chords[bar % chords.size()];
            const bool isMinor = root == 9 || root == 2;
            const std::array third{0, isMinor ? 3 : 4, 7};
            if (band.hasChords) {
                for (const int step : third)
                    note(canvas, at, 4 * beat, key + root + step - 12, gain * 0.4, band.chords);
                note(canvas, at, 2 * beat, key + root - 24, gain * 0.5, band.chords);
            }
            if (band.hasArpeggio) {
                for (std::size_t i = 0; i < 8; ++i) {
                    note(canvas, at + static_cast<double>(i) * beat / 2, beat,
                         key + root + third[i % 3] + (i % 4 == 3 ? 12 : 0), gain * 0.5, band.chords);
                }
            }
            for (double in = 0; band.hasLead && in < 4;) {
                static constexpr std::array kLengths{0.5, 0.5, 1.0, 1.0, 1.5, 2.0};
                const double length = std::min(canvas.dice.oneOf(kLengths), 4 - in);
                if (canvas.dice.below(8) > 0)
                    note(canvas, at + in * beat, length * beat * 0.95, key + canvas.dice.oneOf(kScale),
                         gain * 0.6, band.lead);
                in += length;
            }
            for (int i = 0; band.hasDrums && i < 8; ++i) {
                const double hit = at + i * beat / 2;
                if (i % 4 == 0) drum(canvas, hit, gain, false);
                if (i % 4 == 2) drum(canvas, hit, gain * 0.7, true);
                canvas.noise(hit, hit + 0.03, gain * 0.25, 5000, true);
            }
        }
    }
}

constexpr Timbre kPiano{8, 0.55, 0.004, 0.5, 0};
constexpr Timbre kStrings{12, 0.7, 0.09, 0, 0.006};
constexpr Timbre kFlute{4, 0.3, 0.05, 0, 0.008};
constexpr Timbre kViolin{14, 0.75, 0.05, 0, 0.017};
constexpr Timbre kBrass{10, 0.8, 0.03, 0, 0.003};
constexpr Timbre kOrgan{6, 0.75, 0.01, 0, 0};

}  // namespace

const std::vector<SoundKind>& musicKinds() {
    static const std::vector<SoundKind> all{
        {"music, piano",
         [](Canvas& canvas) {
             music(canvas, {kPiano, kPiano, true, false, false, true});
         }},
        {"music, strings",
         [](Canvas& canvas) {
             music(canvas, {kStrings, kStrings, true, true, false, false});
         }},
        {"music, flute alone",
         [](Canvas& canvas) {
             music(canvas, {kFlute, kFlute, true, false, false, false});
         }},
        {"music, violin alone",
         [](Canvas& canvas) {
             music(canvas, {kViolin, kViolin, true, false, false, false});
         }},
        {"music, band",
         [](Canvas& canvas) {
             music(canvas, {kBrass, kOrgan, true, true, true, false});
         }},
        {"music, jingle",
         [](Canvas& canvas) {
             music(canvas, {kOrgan, kPiano, true, false, true, true});
         }},
    };
    return all;
}

}  // namespace ninja3cx::bench
