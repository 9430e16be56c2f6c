#include "shared/core/clock.hpp"

#include "shared/core/scaled_clock.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>

namespace ninja3cx {
namespace {

using std::chrono::milliseconds;

struct MomentRow {
    const char* name;
    std::int64_t epochMs;
    const char* text;
};

class Moment : public testing::TestWithParam<MomentRow> {};

TEST_P(Moment, IsWrittenInIso8601) {
    EXPECT_EQ(toIso8601(fromEpochMs(GetParam().epochMs)), GetParam().text);
    EXPECT_EQ(toEpochMs(fromEpochMs(GetParam().epochMs)), GetParam().epochMs);
}

INSTANTIATE_TEST_SUITE_P(Rows, Moment,
                         testing::Values(MomentRow{"Epoch", 0, "1970-01-01T00:00:00.000Z"},
                                         MomentRow{"BeforeTheEpoch", -1, "1969-12-31T23:59:59.999Z"},
                                         MomentRow{"LeapDay", 1'709'208'000'123, "2024-02-29T12:00:00.123Z"},
                                         MomentRow{"Monday", 1'768'208'400'000, "2026-01-12T09:00:00.000Z"}),
                         [](const auto& info) { return std::string{info.param.name}; });

#ifndef _WIN32
TEST(StartOfDay, IsLocalMidnightAlsoWhenSummerTimeBeginsOrEnds) {
    const char* before = std::getenv("TZ");
    const std::string kept = before ? before : "";
    ::setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    ::tzset();
    const auto midnightBefore = [](std::int64_t epochSeconds) {
        return toIso8601(startOfDay(fromEpochMs(epochSeconds * 1'000 + 7)));
    };
    EXPECT_EQ(midnightBefore(1'768'208'400), "2026-01-11T23:00:00.000Z");  // 12 January, 10:00
    EXPECT_EQ(midnightBefore(1'768'172'400), "2026-01-11T23:00:00.000Z");  // that midnight itself
    EXPECT_EQ(midnightBefore(1'768'172'399), "2026-01-10T23:00:00.000Z");  // a second before it
    EXPECT_EQ(midnightBefore(1'774'778'400), "2026-03-28T23:00:00.000Z");  // 29 March, 12:00 in summer time
    EXPECT_EQ(midnightBefore(1'792'926'000), "2026-10-24T22:00:00.000Z");  // 25 October, 12:00 in winter time
    if (before)
        ::setenv("TZ", kept.c_str(), 1);
    else
        ::unsetenv("TZ");
    ::tzset();
}
#endif

TEST(ManualClock, MovesOnlyWhenToldTo) {
    ManualClock clock;
    const SystemTime date = clock.now();
    const SteadyTime start = clock.steady();
    EXPECT_EQ(toIso8601(date), "2026-01-01T00:00:00.000Z");
    clock.advance(milliseconds{1500});
    EXPECT_EQ(clock.now() - date, milliseconds{1500});
    EXPECT_EQ(clock.steady() - start, milliseconds{1500});
}

TEST(ManualClock, KeepsDurationsWhenTheDateJumps) {
    ManualClock clock;
    const SteadyTime start = clock.steady();
    clock.jumpDate(std::chrono::hours{-1});
    EXPECT_EQ(clock.steady(), start);
    EXPECT_EQ(toIso8601(clock.now()), "2025-12-31T23:00:00.000Z");
}

TEST(ScaledClock, RunsFasterFromItsOriginOn) {
    ManualClock real;
    real.advance(std::chrono::hours{1});
    const ScaledClock scaled{real, 20};
    EXPECT_EQ(scaled.now(), real.now());
    EXPECT_EQ(scaled.origin(), real.now());
    const SteadyTime before = scaled.steady();
    real.advance(milliseconds{1500});
    EXPECT_EQ(scaled.steady() - before, std::chrono::seconds{30});
    EXPECT_EQ(scaled.now() - scaled.origin(), std::chrono::seconds{30});
}

TEST(ScaledClock, OfALaterProgramShowsTheSame) {
    ManualClock real;
    const ScaledClock first{real, 20};
    real.advance(std::chrono::minutes{5});
    const ScaledClock second{real, 20, first.origin()};
    EXPECT_EQ(second.now(), first.now());
    EXPECT_EQ(second.steady(), first.steady());
}

TEST(ScaledClock, OfSpeedOneIsTheClockItself) {
    ManualClock real;
    const ScaledClock same{real, 1, {}};
    real.advance(milliseconds{1'234'567'891});
    EXPECT_EQ(same.now(), real.now());
    EXPECT_EQ(same.steady(), real.steady());
}

TEST(RealClock, NeverRunsBackwards) {
    RealClock clock;
    const SteadyTime first = clock.steady();
    EXPECT_GE(clock.steady(), first);
    EXPECT_GT(toEpochMs(clock.now()), 1'700'000'000'000);
}

}  // namespace
}  // namespace ninja3cx
