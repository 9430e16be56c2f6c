#include "agent/audio_capture/drift.hpp"

#include "agent/audio_capture/piece_placer.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

namespace ninja3cx::agent {
namespace {

/// One piece: when its first sample was captured, by both clocks.
struct Pair {
    std::int64_t deviceUs;
    std::int64_t clockMs;
};
using Pairs = std::vector<Pair>;

/// Of a device that is `ppm` fast; each piece comes up to `latestMs` late.
Pairs heard(double ppm, int latestMs, int seconds = 300, std::int64_t deviceFrom = 777'000'000) {
    std::mt19937 random{42};
    Pairs pairs;
    for (int i = 0; i < seconds * 10; ++i) {
        const double passedMs = i * 100 / (1 + ppm / 1e6);
        const auto lateMs =
            latestMs == 0 ? 0 : static_cast<std::int64_t>(random() % static_cast<unsigned>(latestMs));
        pairs.push_back({deviceFrom + i * 100'000, static_cast<std::int64_t>(passedMs) + lateMs});
    }
    return pairs;
}

/// `more` goes on where `pairs` end, after the clocks went on by so much.
Pairs joined(Pairs pairs, const Pairs& more, std::int64_t deviceUs, std::int64_t clockMs) {
    const Pair end = pairs.back();
    for (const Pair& pair : more)
        pairs.push_back({end.deviceUs + deviceUs + pair.deviceUs - more.front().deviceUs,
                         end.clockMs + clockMs + pair.clockMs - more.front().clockMs});
    return pairs;
}

struct Row {
    const char* name;
    Pairs pairs;
    double ppm;
};
class Drift : public testing::TestWithParam<Row> {};
TEST_P(Drift, IsTold) {
    DriftEstimator drift;
    for (const Pair& pair : GetParam().pairs) drift.add(pair.deviceUs, pair.clockMs);
    ASSERT_TRUE(drift.ppm());
    EXPECT_NEAR(*drift.ppm(), GetParam().ppm, 10);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Drift,
    testing::Values(Row{"None", heard(0, 0), 0}, Row{"Fast", heard(100, 0), 100},
                    Row{"Slow", heard(-100, 0), -100}, Row{"NoneWithJitter", heard(0, 40), 0},
                    Row{"FastWithJitter", heard(100, 40), 100}, Row{"SlowWithJitter", heard(-100, 40), -100},
                    Row{"WrongRate", heard(88'435, 20), 88'435},
                    Row{"AfterAHold", joined(heard(100, 20), heard(100, 20), 100'000, 30'000), 100},
                    Row{"AfterTheDeviceWasOpenedAgain",
                        joined(heard(-100, 20), heard(-100, 20), -400'000'000, 100), -100},
                    Row{"AfterTheDeviceStoodStill", joined(heard(0, 20), heard(0, 20), 100'000, 1'500), 0},
                    Row{"AfterTheClockWasSetBack",
                        joined(heard(100, 20), heard(100, 20), 100'000, -3'600'000), 100}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(DriftEstimator, SaysNothingBeforeItIsSure) {
    DriftEstimator drift;
    for (const Pair& pair : heard(100, 20, 60)) drift.add(pair.deviceUs, pair.clockMs);
    EXPECT_FALSE(drift.ppm());
    DriftEstimator unknown;
    for (const Pair& pair : heard(100, 20)) unknown.add(0, pair.clockMs);
    EXPECT_FALSE(unknown.ppm());
}

constexpr std::int16_t kLoud = 5'000;

/// Pieces of 100 ms: when each came, whether it is loud, and where it lies; -1: left out.
struct PlaceRow {
    const char* name;
    struct Piece {
        std::int64_t cameAt;
        std::int16_t peak;
        std::int64_t place;
    };
    std::vector<Piece> pieces;
};
class Placing : public testing::TestWithParam<PlaceRow> {};
TEST_P(Placing, FollowsTheClockAndDropsNoSpeech) {
    PiecePlacer placer;
    for (const auto& piece : GetParam().pieces)
        EXPECT_EQ(placer.place(piece.cameAt, std::vector<std::int16_t>(1600, piece.peak)).value_or(-1),
                  piece.place)
            << piece.cameAt;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Placing,
    testing::Values(
        PlaceRow{"InStep", {{0, kLoud, 0}, {100, kLoud, 100}, {200, kLoud, 200}}},
        PlaceRow{"LateToTheCall", {{90'000, kLoud, 90'000}, {90'100, kLoud, 90'100}}},
        PlaceRow{"Jitter", {{0, kLoud, 0}, {140, kLoud, 100}, {195, kLoud, 200}, {330, kLoud, 300}}},
        PlaceRow{"Gap", {{0, kLoud, 0}, {141, kLoud, 141}, {30'000, kLoud, 30'000}, {30'100, kLoud, 30'100}}},
        PlaceRow{"FastAndLoud", {{0, kLoud, 0}, {40, kLoud, 100}, {80, kLoud, 200}, {120, kLoud, 300}}},
        PlaceRow{"FastRegainedInSilence",
                 {{0, kLoud, 0}, {50, kLoud, 100}, {101, 0, 200}, {149, 0, -1}, {250, kLoud, 300}}},
        PlaceRow{"SetBack",
                 {{60'000, kLoud, 60'000}, {1'000, kLoud, 60'100}, {1'100, 3, -1}, {1'200, kLoud, 60'200}}}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::agent
