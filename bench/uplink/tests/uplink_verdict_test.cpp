#include "bench/uplink/uplink_verdict.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::bench {
namespace {

UplinkRunResult good() {
    UplinkRunResult result;
    result.journals.frames = 600;
    result.restarts = 2;
    return result;
}

TEST(UplinkVerdict, PassesWhereAllIsThereAfterTwoRestarts) {
    EXPECT_EQ(failsOfUplink(good(), 0.4), Fails{});
}

TEST(UplinkVerdict, FailsWhereTheServerWasKilledLessThanTwice) {
    UplinkRunResult result = good();
    result.restarts = 1;
    EXPECT_EQ(failsOfUplink(result, 0.1), Fails{"the server was started again 1 times, not 2"});
}

TEST(UplinkVerdict, NamesEverythingThatIsWrong) {
    UplinkRunResult result = good();
    result.journals.lost = 3;
    result.undelivered = 1;
    EXPECT_EQ(failsOfUplink(result, 0.5),
              (Fails{"3 frames are lost", "1 agents still wait for an acknowledgement",
                     "the network thread takes half of a core or more"}));
}

}  // namespace
}  // namespace ninja3cx::bench
