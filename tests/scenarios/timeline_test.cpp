#include "tests/scenarios/timeline.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::scenarios {
namespace {

using namespace std::chrono_literals;

const std::vector<Told> kTold{{2034ms, "201 ringing inbound +331"}, {7950ms, "201 missed"}};

TEST(Timelines, AreEqualToTheTenthOfASecond) {
    EXPECT_FALSE(differenceOf({"2.0  201  ringing inbound +331", "7.9 201 missed"}, kTold));
    EXPECT_TRUE(differenceOf({"2.0 201 ringing inbound +331", "8.0 201 missed"}, kTold));
    EXPECT_TRUE(differenceOf({"2.0 201 ringing inbound +331", "7.8 201 missed"}, kTold));
}

TEST(Timelines, MayLeaveATimeToChance) {
    EXPECT_FALSE(differenceOf({"1.5-2.0 201 ringing inbound +331", "7.9-9.0 201 missed"}, kTold));
    EXPECT_TRUE(differenceOf({"1.5-1.9 201 ringing inbound +331", "7.9-9.0 201 missed"}, kTold));
}

struct DifferenceRow {
    const char* name;
    std::vector<std::string> expected;
    const char* said;
};
class Difference : public testing::TestWithParam<DifferenceRow> {};
TEST_P(Difference, NamesTheLineAndBothSides) {
    const auto difference = differenceOf(GetParam().expected, kTold);
    ASSERT_TRUE(difference);
    EXPECT_EQ(difference->find(GetParam().said), 0U) << *difference;
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Difference,
    testing::Values(DifferenceRow{"Other",
                                  {"2.0 201 ringing inbound +331", "7.9 201 ended"},
                                  "line 2\n  expected: 7.9 201 ended\n  got:      7.9 201 missed\n"},
                    DifferenceRow{"Lost",
                                  {"2.0 201 ringing inbound +331", "7.9 201 missed", "9.0 202 missed"},
                                  "line 3\n  expected: 9.0 202 missed\n  got:      nothing more\n"},
                    DifferenceRow{"TooMany",
                                  {"2.0 201 ringing inbound +331"},
                                  "line 2\n  expected: nothing more\n  got:      7.9 201 missed\n"},
                    DifferenceRow{"NoTime",
                                  {"then 201 ringing"},
                                  "line 1: 'then 201 ringing' does not begin with a time"}),
    [](const auto& info) { return std::string{info.param.name}; });

}  // namespace
}  // namespace ninja3cx::scenarios
