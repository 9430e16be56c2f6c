#include "bench/non_speech.hpp"

#include "bench/telephone.hpp"
#include "shared/audio/pcm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <random>
#include <span>

namespace ninja3cx::bench {
namespace {

constexpr double kRate = audio::kRateHz;
constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kLoudest = 0.85;  // of full scale: a telephone line may add a little

double fromDb(double db) {
    return std::pow(10.0, db / 20);
}

/// The distributions of the standard library differ from one library to the next; these do not.
class Dice {
public:
    explicit Dice(unsigned seed) : random_{seed} {}

    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(random_()) / 4294967296.0;
    }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_()) % count; }
    /// Of mean 0 and deviation 1, bell-shaped enough.
    double bell() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += between(0, 1);
        return sum;
    }
    template <class T, std::size_t n>
    T oneOf(const std::array<T, n>& choices) {
        return choices[below(n)];
    }

private:
    std::mt19937 random_;
};

/// The sound that is being made; time in seconds.
class Canvas {
public:
    Canvas(std::size_t samples, unsigned seed) : dice{seed}, sound_(samples) {}

    double length() const { return static_cast<double>(sound_.size()) / kRate; }
    std::span<double> stretch(double from, double to) {
        const auto at = [&](double time) {
            return static_cast<std::size_t>(
                std::clamp(time * kRate, 0.0, static_cast<double>(sound_.size())));
        };
        return std::span{sound_}.subspan(at(from), std::max(at(to), at(from)) - at(from));
    }

    /// Steady, with edges of 5 ms.
    void tone(double from, double to, double hertz, double gain) {
        shaped(from, to, [&](double time, double left) {
            return gain * std::min({1.0, time / 0.005, left / 0.005}) * std::sin(kTurn * hertz * time);
        });
    }
    void tones(double from, double to, std::initializer_list<double> hertz, double gain) {
        for (const double one : hertz) tone(from, to, one, gain / static_cast<double>(hertz.size()));
    }
    /// `make(time since from, time left)`.
    void shaped(double from, double to, const std::function<double(double, double)>& make) {
        const auto part = stretch(from, to);
        for (std::size_t i = 0; i < part.size(); ++i)
            part[i] += make(static_cast<double>(i) / kRate, static_cast<double>(part.size() - i) / kRate);
    }
    /// Filtered by one pole at `corner`, below or above.
    void noise(double from, double to, double gain, double corner = 0, bool isHigh = false) {
        const double keep = corner > 0 ? std::exp(-kTurn * corner / kRate) : 0;
        double low = 0;
        for (double& sample : stretch(from, to)) {
            const double white = dice.bell();
            low = keep * low + (1 - keep) * white;
            sample += gain * (isHigh ? white - low : low);
        }
    }

    std::vector<std::int16_t> samples() const {
        double peak = kLoudest;
        for (const double sample : sound_) peak = std::max(peak, std::abs(sample));
        std::vector<std::int16_t> out(sound_.size());
        std::transform(sound_.begin(), sound_.end(), out.begin(), [&](double sample) {
            return audio::toInt16(static_cast<float>(sample * kLoudest / peak));
        });
        return out;
    }

    Dice dice;

private:
    std::vector<double> sound_;
};

void silence(Canvas&) {}

void comfortNoise(Canvas& canvas) {
    static constexpr std::array kLevelsDb{-70.0, -62.0, -55.0, -50.0, -46.0};
    for (double at = 0; at < canvas.length();) {
        const double end = at + canvas.dice.between(3, 9);
        canvas.noise(at, end, fromDb(canvas.dice.oneOf(kLevelsDb)), 2500);
        at = end;
    }
}

void whiteNoise(Canvas& canvas) {
    static constexpr std::array kLevelsDb{-50.0, -40.0, -30.0, -20.0};
    for (double at = 0; at < canvas.length(); at += 10)
        canvas.noise(at, at + 10, fromDb(canvas.dice.oneOf(kLevelsDb)));
}

void pinkNoise(Canvas& canvas) {
    static constexpr std::array kLevelsDb{-46.0, -36.0, -28.0};
    for (double at = 0; at < canvas.length(); at += 12) {
        const double gain = fromDb(canvas.dice.oneOf(kLevelsDb));
        for (const double corner : {30.0, 120.0, 480.0, 1920.0, 7000.0})  // each brings its octaves
            canvas.noise(at, at + 12, gain * std::sqrt(3.0), corner);
    }
}

void brownNoise(Canvas& canvas) {
    static constexpr std::array kLevelsDb{-36.0, -26.0, -18.0};
    for (double at = 0; at < canvas.length(); at += 12)
        canvas.noise(at, at + 12, fromDb(canvas.dice.oneOf(kLevelsDb)) * 9, 60);
}

void mainsHum(Canvas& canvas) {
    for (double at = 0; at < canvas.length(); at += 15) {
        const double gain = fromDb(canvas.dice.between(-40, -18));
        const double base = canvas.dice.below(2) == 0 ? 50 : 60;
        for (int h = 1; h <= 15; ++h) canvas.tone(at, at + 15, base * h, gain / (h % 2 == 1 ? h : 3 * h));
        canvas.noise(at, at + 15, fromDb(-60), 3000);
    }
}

void crackle(Canvas& canvas) {
    canvas.noise(0, canvas.length(), fromDb(-62));
    for (double at = 0; at < canvas.length(); at += canvas.dice.between(0.002, 0.09)) {
        const double size = fromDb(canvas.dice.between(-40, -10));
        canvas.noise(at, at + canvas.dice.between(0.0005, 0.003), size);
    }
}

void clicks(Canvas& canvas) {
    for (double at = 0.2; at < canvas.length(); at += canvas.dice.between(0.1, 1.5)) {
        const double gain = fromDb(canvas.dice.between(-25, -4));
        const double hertz = canvas.dice.between(600, 3000);
        canvas.shaped(at, at + 0.02, [&](double time, double) {
            return gain * std::exp(-time / 0.003) * std::sin(kTurn * hertz * time);
        });
    }
}

void typing(Canvas& canvas) {
    canvas.noise(0, canvas.length(), fromDb(-64), 1500);
    for (double at = 0.3; at < canvas.length();) {
        for (std::size_t key = 3 + canvas.dice.below(25); key > 0; --key) {
            for (const double release : {0.0, canvas.dice.between(0.05, 0.09)}) {
                const double gain = fromDb(canvas.dice.between(-34, -16) - (release > 0 ? 6 : 0));
                const double body = canvas.dice.between(180, 420);
                const auto part = canvas.stretch(at + release, at + release + 0.04);
                for (std::size_t i = 0; i < part.size(); ++i) {
                    const double time = static_cast<double>(i) / kRate;
                    part[i] += gain * (canvas.dice.bell() * std::exp(-time / 0.004) +
                                       0.5 * std::sin(kTurn * body * time) * std::exp(-time / 0.012));
                }
            }
            at += canvas.dice.between(0.07, 0.28);
        }
        at += canvas.dice.between(0.4, 3);
    }
}

void breath(Canvas& canvas) {
    canvas.noise(0, canvas.length(), fromDb(-66), 2000);
    for (double at = 0.5; at < canvas.length();) {
        const double length = canvas.dice.between(0.4, 1.4);
        const double gain = fromDb(canvas.dice.between(-38, -22));
        const double keep = std::exp(-kTurn * canvas.dice.between(500, 1800) / kRate);
        double low = 0;
        canvas.shaped(at, at + length, [&](double time, double) {
            low = keep * low + (1 - keep) * canvas.dice.bell();
            return 2 * gain * std::pow(std::sin(std::numbers::pi * time / length), 1.5) * low;
        });
        at += length + canvas.dice.between(0.6, 2.5);
    }
}

void cadence(Canvas& canvas, double& at, int times, double on, double off,
             std::initializer_list<double> hertz) {
    const double gain = fromDb(canvas.dice.between(-26, -8));
    for (int i = 0; i < times; ++i, at += on + off) canvas.tones(at, at + on, hertz, gain);
}

void ringTone(Canvas& canvas) {
    for (double at = 0.1; at < canvas.length();) {
        cadence(canvas, at, 3, 1.5, 3.5, {440});  // France
        for (int i = 0; i < 3; ++i) {             // United Kingdom
            cadence(canvas, at, 2, 0.4, 0.2, {400, 450});
            at += 1.8;
        }
        cadence(canvas, at, 2, 2, 4, {440, 480});  // United States
        cadence(canvas, at, 2, 1, 4, {425});       // Germany
    }
}

void busyTone(Canvas& canvas) {
    for (double at = 0.1; at < canvas.length();) {
        cadence(canvas, at, 8, 0.5, 0.5, {440});
        cadence(canvas, at, 12, 0.25, 0.25, {440});
        cadence(canvas, at, 8, 0.5, 0.5, {480, 620});
        cadence(canvas, at, 12, 0.25, 0.25, {480, 620});
        cadence(canvas, at, 8, 0.375, 0.375, {400});
        cadence(canvas, at, 1, 6, 0.5, {350, 440});  // dial tone
    }
}

void informationTone(Canvas& canvas) {
    for (double at = 0.1; at < canvas.length(); at += canvas.dice.between(0.8, 2.5)) {
        const double gain = fromDb(canvas.dice.between(-24, -8));
        const double step = canvas.dice.below(2) == 0 ? 0.33 : 0.276;
        for (const double hertz : {950.0, 1400.0, 1800.0}) {
            canvas.tone(at, at + step, hertz, gain);
            at += step;
        }
    }
}

void dtmf(Canvas& canvas) {
    static constexpr std::array kRows{697.0, 770.0, 852.0, 941.0};
    static constexpr std::array kColumns{1209.0, 1336.0, 1477.0, 1633.0};
    static constexpr std::array kOn{0.05, 0.07, 0.1, 0.2, 0.4};
    std::size_t digit = 0;
    for (double at = 0.2; at < canvas.length();) {
        const double on = canvas.dice.oneOf(kOn);
        const double off = on < 0.2 ? on : canvas.dice.between(0.05, 0.4);
        const double gain = fromDb(canvas.dice.between(-24, -6));
        for (std::size_t digits = 4 + canvas.dice.below(12); digits > 0; --digits, ++digit) {
            canvas.tones(at, at + on, {kRows[digit / 4 % 4], kColumns[digit % 4]}, gain);
            at += on + off;
        }
        at += canvas.dice.between(0.5, 2);
    }
}

void fax(Canvas& canvas) {
    for (double at = 0.2; at < canvas.length();) {
        const double gain = fromDb(canvas.dice.between(-22, -10));
        for (int i = 0; i < 2; ++i, at += 3.5) canvas.tone(at, at + 0.5, 1100, gain);  // calling
        canvas.tone(at, at + 3, 2100, gain);                                           // answering
        at += 3.1;
        double phase = 0;
        bool bit = false;  // V.21: 300 bit/s between two tones
        double next = 0;
        canvas.shaped(at, at + 2, [&](double time, double) {
            if (time >= next) {
                bit = canvas.dice.below(2) == 0;
                next += 1.0 / 300;
            }
            phase += kTurn * (bit ? 1650 : 1850) / kRate;
            return gain * std::sin(phase);
        });
        at += 2.1;
        double inPhase = 1;  // V.29: 2400 symbols a second on 1700 Hz
        double across = 0;
        next = 0;
        canvas.shaped(at, at + 6, [&](double time, double) {
            if (time >= next) {
                inPhase = canvas.dice.between(-1, 1);
                across = canvas.dice.between(-1, 1);
                next += 1.0 / 2400;
            }
            return gain * (inPhase * std::cos(kTurn * 1700 * time) + across * std::sin(kTurn * 1700 * time));
        });
        at += 6.5;
    }
}

void siren(Canvas& canvas) {
    for (double at = 0.2; at < canvas.length();) {
        const double gain = fromDb(canvas.dice.between(-26, -10));
        const double low = canvas.dice.between(300, 700);
        const double high = canvas.dice.between(900, 1800);
        const double period = canvas.dice.between(0.3, 4);
        const bool isTwoTone = canvas.dice.below(3) == 0;
        double phase = 0;
        canvas.shaped(at, at + 8, [&](double time, double) {
            const double place = std::fmod(time, period) / period;
            const double share = isTwoTone ? (place < 0.5 ? 0.0 : 1.0) : (1 - std::cos(kTurn * place)) / 2;
            phase += kTurn * (low + (high - low) * share) / kRate;
            return gain * (std::sin(phase) + 0.4 * std::sin(2 * phase) + 0.2 * std::sin(3 * phase));
        });
        at += 8 + canvas.dice.between(0.3, 2);
    }
}

void fan(Canvas& canvas) {
    for (double at = 0; at < canvas.length(); at += 14) {
        const double gain = fromDb(canvas.dice.between(-46, -28));
        const double beat = canvas.dice.between(0.5, 12);
        const double depth = canvas.dice.between(0.05, 0.35);
        const double corner = canvas.dice.between(300, 2500);
        const double keep = std::exp(-kTurn * corner / kRate);
        double low = 0;
        canvas.shaped(at, at + 14, [&](double time, double) {
            low = keep * low + (1 - keep) * canvas.dice.bell();
            return 2 * gain * (1 + depth * std::sin(kTurn * beat * time)) * low;
        });
        canvas.tone(at, at + 14, canvas.dice.between(90, 300), gain / 2);
    }
}

void engine(Canvas& canvas) {
    for (double at = 0; at < canvas.length(); at += 16) {
        const double gain = fromDb(canvas.dice.between(-32, -16));
        const double low = canvas.dice.between(25, 60);
        const double pace = canvas.dice.between(0.05, 0.5);
        const double share = canvas.dice.between(0.1, 0.8);
        double phase = 0;
        canvas.shaped(at, at + 16, [&](double time, double) {
            phase += kTurn * low * (1 + share * (1 - std::cos(kTurn * pace * time)) / 2) / kRate;
            double sum = 0;
            for (int h = 1; h <= 12; ++h) sum += std::sin(h * phase + h * h) / (1 + 0.4 * h);
            return gain * (0.4 * sum + 0.3 * canvas.dice.bell());
        });
    }
}

void levelJumps(Canvas& canvas) {
    for (double at = 0; at < canvas.length();) {
        const double end = at + canvas.dice.between(0.4, 5);
        canvas.noise(at, end, fromDb(canvas.dice.between(-66, -24)), canvas.dice.between(800, 6000));
        at = end;
    }
}

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

struct Kind {
    const char* name;
    std::function<void(Canvas&)> make;
};

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all{
        {"silence", silence},
        {"comfort noise", comfortNoise},
        {"white noise", whiteNoise},
        {"pink noise", pinkNoise},
        {"brown noise", brownNoise},
        {"mains hum", mainsHum},
        {"crackle", crackle},
        {"clicks", clicks},
        {"typing", typing},
        {"breath", breath},
        {"ring tone", ringTone},
        {"busy tone", busyTone},
        {"information tone", informationTone},
        {"dtmf", dtmf},
        {"fax", fax},
        {"siren", siren},
        {"fan", fan},
        {"engine", engine},
        {"level jumps", levelJumps},
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

}  // namespace

std::vector<NonSpeech> makeNonSpeech(double minutes) {
    const auto each = static_cast<std::size_t>(
        std::llround(minutes * 60 * kRate / (2.0 * static_cast<double>(kinds().size()))));
    std::vector<NonSpeech> all;
    unsigned seed = 1;
    for (const auto& kind : kinds()) {
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
