#include "server/analysis/training/report.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::analysis::training {
namespace {

TEST(Report, MacroF1IsTheMeanOfTheValuesThatOccur) {
    EXPECT_DOUBLE_EQ(macroF1({{0, 0}, {0, 0}, {1, 1}}, 5), 1);
    EXPECT_DOUBLE_EQ(macroF1({{0, 0}, {0, 1}}, 2), (2.0 / 3 + 0) / 2);
    EXPECT_DOUBLE_EQ(macroF1({}, 3), 0);
    EXPECT_DOUBLE_EQ(accuracy({{0, 0}, {0, 1}}), 0.5);
}

TEST(Report, CertaintyIsWhereAnswersBecomeRight) {
    std::vector<Judged> judged;
    for (int i = 0; i < 100; ++i)
        judged.push_back({i < 50 && i % 2 == 0 ? 1U : 0U, 0, 0.01F * static_cast<float>(i)});
    EXPECT_NEAR(certaintyFor(judged, 0.9), 0.49F, 0.02F);
    EXPECT_LT(certaintyFor(judged, 0.4), 0.02F);
    EXPECT_GT(certaintyFor({{0, 1, 0.9F}}, 0.9), 1.0F);
    EXPECT_GT(certaintyFor({}, 0.9), 1.0F);
}

TEST(Report, TheCutHasTheBestF1) {
    const float cut = bestCut({{3, true}, {2, true}, {1, false}, {0, true}, {-1, false}, {-2, false}});
    EXPECT_FLOAT_EQ(cut, -0.5F);
    EXPECT_FLOAT_EQ(bestCut({}), 0);
}

TEST(Report, TheShiftFollowsWhatIsRecorded) {
    EXPECT_FLOAT_EQ(shiftFor({}), 0);
    EXPECT_NEAR(shiftFor({{1, true}, {-1, false}}), 0, 1e-6) << "as often as the margins say";
    const std::vector<Divided> never(30, {0.5F, false});
    EXPECT_LT(shiftFor(never), -1.5F);
    EXPECT_GT(shiftFor({never.begin(), never.begin() + 3}), -1.5F) << "a few cases say little";
    const std::vector<Divided> always(30, {-0.5F, true});
    EXPECT_NEAR(shiftFor(always), -shiftFor(never), 1e-5);
}

}  // namespace
}  // namespace ninja3cx::analysis::training
