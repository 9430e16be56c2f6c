#include "bench/run_options.hpp"

#include <gtest/gtest.h>
#include <sched.h>

namespace ninja3cx::bench {
namespace {

TEST(LiveRun, HasAsManyWorkersAsTheServerWouldHaveOfTheCoresItMayUse) {
    cpu_set_t before;
    ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (std::size_t core = 0; core < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++core)
        if (CPU_ISSET(core, &before)) CPU_SET(core, &one);
    ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
    const auto run = readLiveRun({}, 1);
    ASSERT_EQ(::sched_setaffinity(0, sizeof before, &before), 0);
    ASSERT_TRUE(run) << run.error().detail;
    EXPECT_EQ(run->workers, 1U);
}

}  // namespace
}  // namespace ninja3cx::bench
