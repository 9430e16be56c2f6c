#include "shared/audio/resampler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace ninja3cx::audio {
namespace {

std::vector<float> tone(int rateHz, double hertz, double seconds) {
    std::vector<float> samples(static_cast<std::size_t>(rateHz * seconds));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) /
                                                       static_cast<double>(rateHz)));
    }
    return samples;
}

std::vector<float> resample(int from, int to, const std::vector<float>& in, std::size_t piece) {
    Resampler resampler{from, to};
    std::vector<float> out;
    for (std::size_t at = 0; at < in.size(); at += piece) {
        resampler.push(std::span{in}.subspan(at, std::min(piece, in.size() - at)), out);
    }
    resampler.finish(out);
    return out;
}

class Rates : public testing::TestWithParam<int> {};

TEST_P(Rates, KeepATonesPlaceLevelAndLength) {
    const int from = GetParam();
    const auto out = resample(from, 16'000, tone(from, 1000, 1.0), 480);
    const auto want = tone(16'000, 1000, 1.0);
    ASSERT_NEAR(static_cast<double>(out.size()), 16'000.0, 1.0);
    double worst = 0;
    for (std::size_t i = 400; i + 400 < out.size(); ++i) {
        worst = std::max(worst, static_cast<double>(std::abs(out[i] - want[i])));
    }
    EXPECT_LT(worst, 2e-3);
}
INSTANTIATE_TEST_SUITE_P(Rows, Rates,
                         testing::Values(8'000, 11'025, 16'000, 22'050, 32'000, 44'100, 48'000, 96'000,
                                         12'347));

TEST(Resampler, GivesTheSameForAnyCutOfTheInput) {
    const auto in = tone(44'100, 700, 0.7);
    const auto whole = resample(44'100, 16'000, in, in.size());
    for (const std::size_t piece : {1U, 7U, 160U, 4096U, 20'000U})
        EXPECT_EQ(resample(44'100, 16'000, in, piece), whole);
}

TEST(Resampler, RemovesWhatTheLowerRateCannotCarry) {
    const auto out = resample(48'000, 16'000, tone(48'000, 11'000, 1.0), 4800);
    const auto middle = std::span{out}.subspan(500, out.size() - 1000);
    EXPECT_LT(*std::max_element(middle.begin(), middle.end()), 1e-3F);
}

}  // namespace
}  // namespace ninja3cx::audio
