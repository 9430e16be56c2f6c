#include "server/transcription/arrival_clock.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::transcription {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kStart{1h};

TEST(ArrivalClock, CountsWhatHeldTheSoundUp) {
    ArrivalClock clock;
    EXPECT_EQ(clock.heardAt(100, kStart + 150ms), kStart + 150ms) << "the first delay is the least";
    EXPECT_EQ(clock.heardAt(200, kStart + 230ms), kStart + 230ms) << "it can be less";
    EXPECT_EQ(clock.heardAt(300, kStart + 7'330ms), kStart + 331ms) << "seven seconds of standing still";
    EXPECT_EQ(clock.heardAt(7'300, kStart + 7'340ms), kStart + 7'331ms) << "and caught up";
}

TEST(ArrivalClock, TakesAReplayAsItComes) {
    ArrivalClock clock;
    EXPECT_EQ(clock.heardAt(100, kStart), kStart);
    EXPECT_EQ(clock.heardAt(60'000, kStart + 10ms), kStart + 10ms);
    EXPECT_EQ(clock.heardAt(61'000, kStart + 1'010ms), kStart + 1'010ms);
}

TEST(ArrivalClock, ForgivesASlowDevice) {
    ArrivalClock clock;
    std::chrono::milliseconds worst{0};
    for (std::int64_t second = 0; second <= 3'600; ++second) {
        const SteadyTime now = kStart + std::chrono::milliseconds{second * 1'000 + second / 10};  // 100 ppm
        worst = std::max(worst, now - clock.heardAt(second * 1'000, now));
    }
    EXPECT_LE(worst, 1ms);
}

}  // namespace
}  // namespace ninja3cx::transcription
