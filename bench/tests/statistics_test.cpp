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

TEST(Growth, ComparesTheFirstSixthWithTheLast) {
    std::vector<double> values(60, 100.0);
    EXPECT_EQ(growthPct(values), 0);
    values[3] = 1e6;  // one outlier
    std::fill(values.end() - 10, values.end(), 104.0);
    EXPECT_DOUBLE_EQ(growthPct(values), 4);
    EXPECT_DOUBLE_EQ(growthPct({200, 100}), -50);
    EXPECT_EQ(growthPct({100}), 0) << "nothing to compare";
    EXPECT_EQ(growthPct({}), 0);
}

}  // namespace
}  // namespace ninja3cx::bench
