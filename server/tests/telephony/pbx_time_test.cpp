#include "server/telephony/pbx_time.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

struct TimeRow {
    const char* name;
    const char* text;
    std::optional<std::int64_t> expected;
};
class PbxTimes : public testing::TestWithParam<TimeRow> {};

TEST_P(PbxTimes, AreRead) {
    const auto time = readPbxTime(GetParam().text);
    EXPECT_EQ(time ? std::optional{toEpochMs(*time)} : std::nullopt, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PbxTimes,
    testing::Values(TimeRow{"Utc", "2026-01-12T09:00:00Z", 1'768'208'400'000},
                    TimeRow{"NoOffset", "2026-01-12T09:00:00", 1'768'208'400'000},
                    TimeRow{"Ahead", "2026-01-12T10:00:00+01:00", 1'768'208'400'000},
                    TimeRow{"Behind", "2026-01-12T04:30:00-0430", 1'768'208'400'000},
                    TimeRow{"Fraction", "2026-01-12T09:00:00.1239871Z", 1'768'208'400'123},
                    TimeRow{"Tenth", "2026-01-12T09:00:00.5Z", 1'768'208'400'500},
                    TimeRow{"LeapDay", "2024-02-29T00:00:00Z", 1'709'164'800'000},
                    TimeRow{"NoSuchDay", "2025-02-29T00:00:00Z", std::nullopt},
                    TimeRow{"NoTime", "2026-01-12", std::nullopt},
                    TimeRow{"HourTooLarge", "2026-01-12T24:00:00Z", std::nullopt},
                    TimeRow{"Cut", "2026-01-12T09:00", std::nullopt},
                    TimeRow{"Rest", "2026-01-12T09:00:00Z!", std::nullopt},
                    TimeRow{"Letters", "yesterday", std::nullopt}, TimeRow{"Empty", "", std::nullopt}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace ninja3cx::telephony
