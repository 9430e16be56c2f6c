#include "bench/sound_kinds.hpp"
#include "shared/audio/pcm.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace ninja3cx::bench {
namespace {

constexpr double kRate = audio::kRateHz;

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

}  // namespace

const std::vector<SoundKind>& noiseKinds() {
    static const std::vector<SoundKind> all{
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
    };
    return all;
}

}  // namespace ninja3cx::bench
