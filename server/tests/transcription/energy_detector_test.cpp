#include "server/transcription/voice_detector.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace ninja3cx::transcription {
namespace {

using Window = std::array<std::int16_t, kWindow>;

class Noise {
public:
    Window window(double rms) {
        std::normal_distribution<double> level{0.0, rms};
        Window samples;
        for (auto& sample : samples) sample = static_cast<std::int16_t>(level(random_));
        return samples;
    }

private:
    std::mt19937 random_{7};
};

TEST(EnergyDetector, HearsSpeechAboveTheNoiseOfTheLine) {
    auto detector = makeEnergyDetector();
    Noise noise;
    for (int i = 0; i < 200; ++i) detector->judge(noise.window(40));
    EXPECT_LT(detector->judge(noise.window(40)), 0.2F);
    EXPECT_GT(detector->judge(noise.window(1500)), 0.9F);
}

TEST(EnergyDetector, GetsUsedToAMachineWithinTenSeconds) {
    auto detector = makeEnergyDetector();
    Noise noise;
    for (int i = 0; i < 100; ++i) detector->judge(noise.window(20));
    EXPECT_GT(detector->judge(noise.window(400)), 0.9F);
    for (int i = 0; i < 320; ++i) detector->judge(noise.window(400));
    EXPECT_LT(detector->judge(noise.window(400)), 0.2F);
    EXPECT_GT(detector->judge(noise.window(6000)), 0.9F);
}

TEST(EnergyDetector, LearnsNothingFromDigitalSilence) {
    auto detector = makeEnergyDetector();
    Noise noise;
    for (int i = 0; i < 200; ++i) detector->judge(noise.window(40));
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(detector->judge(Window{}), 0.0F);
    EXPECT_LT(detector->judge(noise.window(40)), 0.2F);
}

TEST(EnergyDetector, IsDeafToAnOffsetAndToHum) {
    auto detector = makeEnergyDetector();
    Window hum;
    double phase = 0;
    for (int i = 0; i < 100; ++i) {
        for (auto& sample : hum) {
            phase += 2 * std::numbers::pi * 50 / 16'000;
            sample = static_cast<std::int16_t>(2000 + 60 * std::sin(phase));
        }
        const float voice = detector->judge(hum);
        if (i > 3) {
            EXPECT_LT(voice, 0.3F);
        }
    }
}

TEST(Detectors, AreBuiltInOnesWhereNoModelIsNamedAndRefusedWhereItIsNotThere) {
    const auto builtIn = detectorsOf(std::nullopt);
    ASSERT_TRUE(builtIn);
    EXPECT_NE((*builtIn)(), nullptr);
    const auto missing = detectorsOf("/nowhere/silero.bin");
    ASSERT_FALSE(missing) << "before any call needs it";
    EXPECT_EQ(missing.error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace ninja3cx::transcription
