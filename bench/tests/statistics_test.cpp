#include "bench/statistics.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace ninja3cx::bench {
namespace {

TEST(Percentile, IsTheNearestRankOfTheSortedValues) {
    std::vector<std::int64_t> values(100);
    std::iota(values.rbegin(), values.rend(), 1);  // 100 … 1
    EXPECT_EQ(percentile(values, 0.5), 50);
    EXPECT_EQ(percentile(values, 0.95), 95);
    EXPECT_EQ(percentile(values, 0.99), 99);
    EXPECT_EQ(percentile({7}, 0.95), 7);
    EXPECT_EQ(percentile({1, 9}, 0.95), 9) << "the worse one of two";
    EXPECT_EQ(percentile({}, 0.5), 0);
}

TEST(Median, LiesInTheMiddleOrBetweenTheTwoThere) {
    EXPECT_EQ(median({3, 1, 2}), 2);
    EXPECT_EQ(median({4, 1, 2, 3}), 2.5);
    EXPECT_EQ(median({}), 0);
}

TEST(Growth, ComparesTheFirstQuarterWithTheLast) {
    std::vector<double> values(60, 100.0);
    EXPECT_EQ(growthOf(values).pct(), 0);
    values[3] = 1e6;  // one outlier
    std::fill(values.end() - 15, values.end(), 104.0);
    values.back() = 1;  // another one
    EXPECT_DOUBLE_EQ(growthOf(values).pct(), 4);
    EXPECT_DOUBLE_EQ(growthOf(values).by(), 4);
    EXPECT_DOUBLE_EQ(growthOf({200, 100}).pct(), -50);
    EXPECT_EQ(growthOf({100}).by(), 0) << "nothing to compare";
    EXPECT_EQ(growthOf({}).pct(), 0);
    EXPECT_EQ(growthOf({0, 100}).pct(), 0) << "of nothing there is no share";
}

}  // namespace
}  // namespace ninja3cx::bench
