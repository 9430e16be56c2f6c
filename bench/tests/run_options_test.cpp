#include "bench/run_options.hpp"

#include "server/tests/one_core.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

TEST(LiveRun, HasAsManyWorkersAsCoresThatItMayUse) {
    const test::OneCore oneCore;
    const auto run = readLiveRun({}, 1);
    ASSERT_TRUE(run) << run.error().detail;
    EXPECT_EQ(run->workers, 1U);
}

}  // namespace
}  // namespace ninja3cx::bench
