#include "shared/protocol/audio_gaps.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::protocol {
namespace {

using Gaps = std::vector<AudioGap>;

struct Row {
    const char* name;
    Gaps known;
    AudioGap added;
    Gaps expected;
};
class AddedGap : public testing::TestWithParam<Row> {};

TEST_P(AddedGap, StandsInOrderAndApart) {
    Gaps gaps = GetParam().known;
    addGap(gaps, GetParam().added);
    EXPECT_EQ(gaps, GetParam().expected);
    addGap(gaps, GetParam().added);
    EXPECT_EQ(gaps, GetParam().expected) << "once more is nothing new";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, AddedGap,
    testing::Values(Row{"First", {}, {100, 200}, {{100, 200}}},
                    Row{"Behind", {{100, 200}}, {5'000, 5'100}, {{100, 200}, {5'000, 5'100}}},
                    Row{"Before", {{5'000, 5'100}}, {100, 200}, {{100, 200}, {5'000, 5'100}}},
                    Row{"Longer", {{100, 200}}, {200, 300}, {{100, 300}}},
                    Row{"OneFrameOn", {{100, 200}}, {300, 400}, {{100, 400}}},
                    Row{"TwoFramesOn", {{100, 200}}, {301, 400}, {{100, 200}, {301, 400}}},
                    Row{"EarlierBegin", {{500, 900}}, {300, 600}, {{300, 900}}},
                    Row{"Within", {{100, 900}}, {300, 400}, {{100, 900}}},
                    Row{"OverSeveral",
                        {{0, 100}, {500, 600}, {1'000, 1'100}, {9'000, 9'100}},
                        {450, 1'050},
                        {{0, 100}, {450, 1'100}, {9'000, 9'100}}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(AudioGaps, AreOfALimitedNumber) {
    Gaps gaps;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(kMostGaps) + 20; ++i)
        addGap(gaps, {i * 1'000, i * 1'000 + 100});
    EXPECT_EQ(gaps.size(), kMostGaps);
    EXPECT_EQ(gaps.front().startMs, 0);
    EXPECT_EQ(gaps.back().endMs, (static_cast<std::int64_t>(kMostGaps) + 19) * 1'000 + 100);
}

TEST(AudioGaps, HaveATotal) {
    EXPECT_EQ(totalMs({}), 0);
    EXPECT_EQ(totalMs({{100, 200}, {500, 1'000}}), 600);
}

}  // namespace
}  // namespace ninja3cx::protocol
