#include "bench/telephone.hpp"

#include "shared/audio/pcm.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace ninja3cx::bench {
namespace {

std::vector<std::int16_t> tone(double hertz, double amplitude = 10'000) {
    std::vector<std::int16_t> samples(audio::kRateHz);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<std::int16_t>(std::lround(
            amplitude * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / audio::kRateHz)));
    }
    return samples;
}

/// Of the middle, away from the ends.
double rms(const std::vector<std::int16_t>& samples) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = samples.size() / 4; i < samples.size() * 3 / 4; ++i, ++count)
        sum += static_cast<double>(samples[i]) * samples[i];
    return std::sqrt(sum / static_cast<double>(count));
}

TEST(MuLaw, HasTheCodesOfG711) {
    EXPECT_EQ(toMuLaw(0), 0xFF);
    EXPECT_EQ(toMuLaw(32'767), 0x80);
    EXPECT_EQ(toMuLaw(-32'768), 0x00);
    EXPECT_EQ(toMuLaw(1000), 0xCE);
    EXPECT_EQ(fromMuLaw(0xFF), 0);
    EXPECT_EQ(fromMuLaw(0x80), 32'124);
    EXPECT_EQ(fromMuLaw(0x00), -32'124);
    EXPECT_EQ(fromMuLaw(0xCE), 988);
}

TEST(MuLaw, KeepsEachOfItsLevels) {
    for (int code = 0; code < 256; ++code) {
        if (code == 0x7F) continue;  // the second zero
        EXPECT_EQ(toMuLaw(fromMuLaw(static_cast<std::uint8_t>(code))), code);
    }
}

TEST(MuLaw, IsOffByAFewPercentAtMost) {
    for (int sample = -32'000; sample <= 32'000; sample += 7) {
        const int back = fromMuLaw(toMuLaw(static_cast<std::int16_t>(sample)));
        ASSERT_LE(std::abs(back - sample), 4 + std::abs(sample) / 30) << sample;
    }
}

TEST(Telephone, KeepsTheVoiceBandAndTheLength) {
    const auto heard = throughTelephone(tone(1000));
    EXPECT_EQ(heard.size(), std::size_t{audio::kRateHz});
    EXPECT_NEAR(rms(heard), 10'000 / std::numbers::sqrt2, 150);
    EXPECT_TRUE(throughTelephone({}).empty());
}

TEST(Telephone, DoesNotDelayTheSound) {
    const auto sent = tone(500);
    const auto heard = throughTelephone(sent);
    for (std::size_t i = 4000; i < 12'000; ++i) ASSERT_NEAR(heard[i], sent[i], 700) << i;
}

TEST(Telephone, LetsNothingAboveFourKilohertzThroughNorFoldsItBack) {
    EXPECT_LT(rms(throughTelephone(tone(5500))), 20);
}

}  // namespace
}  // namespace ninja3cx::bench
