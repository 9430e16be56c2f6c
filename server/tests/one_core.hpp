#pragma once

#include <gtest/gtest.h>
#include <sched.h>

#include <cstddef>

namespace ninja3cx::test {

/// As long as it lives the process may use one core only.
class OneCore {
public:
    OneCore() {
        EXPECT_EQ(::sched_getaffinity(0, sizeof before_, &before_), 0);
        cpu_set_t one;
        CPU_ZERO(&one);
        for (std::size_t core = 0; core < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++core)
            if (CPU_ISSET(core, &before_)) CPU_SET(core, &one);
        EXPECT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
    }
    ~OneCore() { EXPECT_EQ(::sched_setaffinity(0, sizeof before_, &before_), 0); }
    OneCore(const OneCore&) = delete;
    OneCore& operator=(const OneCore&) = delete;

private:
    cpu_set_t before_{};
};

}  // namespace ninja3cx::test
