#include "server/analysis/model/call_summary.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace ninja3cx::analysis {
namespace {

using Turns = std::vector<std::vector<float>>;

TEST(CallSummary, KeepsWhatStandsOut) {
    const Turns turns = {{0.5F}, {0.1F}, {0.25F}, {0.75F}, {0.125F}, {0.25F}};
    EXPECT_THAT(summaryOf(turns, 1),
                testing::ElementsAre(0.75F, 1.5F, 0.5F, 0.25F, testing::FloatEq(std::log(6.0F))));
}

TEST(CallSummary, NamesTheTurnsBehindIt) {
    const Turns turns = {{0.5F}, {0.5F}, {0.25F}, {0.75F}};
    EXPECT_THAT(turnsBehind(turns, 0, Aspect::TopThree), testing::ElementsAre(3, 0, 1));
    EXPECT_THAT(turnsBehind(turns, 0, Aspect::FirstThird), testing::ElementsAre(0));
    EXPECT_THAT(turnsBehind(turns, 0, Aspect::LastThird), testing::ElementsAre(3));
}

TEST(CallSummary, ShortCallsHaveOneToo) {
    EXPECT_THAT(summaryOf(Turns{}, 1), testing::ElementsAre(0, 0, 0, 0, 0));
    EXPECT_THAT(summaryOf(Turns{{0.5F}}, 1), testing::ElementsAre(0.5F, 0.5F, 0.5F, 0.5F, 0));
}

}  // namespace
}  // namespace ninja3cx::analysis
