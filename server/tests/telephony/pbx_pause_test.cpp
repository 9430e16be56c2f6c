#include "server/telephony/pbx_pause.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

struct Row {
    const char* name;
    int failures;
    std::optional<milliseconds> told;
    double jitter;
    milliseconds expected;
};
class PbxPause : public testing::TestWithParam<Row> {};
TEST_P(PbxPause, Lasts) {
    EXPECT_EQ(pauseAfter(GetParam().failures, GetParam().told, GetParam().jitter, PauseLimits{}),
              GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PbxPause,
    testing::Values(Row{"FirstAtLeastHalf", 1, {}, 0.0, 500ms}, Row{"FirstAtMostWhole", 1, {}, 1.0, 1s},
                    Row{"Doubles", 3, {}, 1.0, 4s}, Row{"Ends", 40, {}, 1.0, 30s},
                    Row{"AsTold", 1, 7s, 0.0, 7s}, Row{"NeverEarlierThanTold", 9, 7s, 0.0, 7s},
                    Row{"ToldAndALittle", 1, 7s, 1.0, 7'100ms}, Row{"ToldAnHour", 1, 1h, 0.0, 60s},
                    Row{"ToldNow", 1, 0s, 0.0, 0ms}, Row{"ToldNowAgain", 2, 0s, 0.0, 1s}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::telephony
