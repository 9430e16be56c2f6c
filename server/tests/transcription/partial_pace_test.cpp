#include "server/transcription/partial_pace.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::transcription {
namespace {

using namespace std::chrono_literals;

constexpr Load kCalm{0.3, 0, false};
constexpr Load kBusy{0.99, 0, false};
constexpr Load kFull{0.85, 0, false};  // between the two

TEST(PartialPace, KeepsItsStepWhileTheMachineCarriesIt) {
    PartialPace pace{900ms};
    for (int i = 0; i < 10; ++i) EXPECT_EQ(pace.observe(kCalm), 900ms);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(pace.observe(kFull), 900ms);
}

TEST(PartialPace, GrowsUnderLoadAndThenStops) {
    PartialPace pace{900ms};
    EXPECT_EQ(pace.observe(kBusy), 1'350ms);
    EXPECT_EQ(pace.observe({0.5, 3, false}), 2'025ms) << "partials that come too late";
    EXPECT_EQ(pace.observe({0.5, 0, true}), 2'700ms) << "a final text that is late";
    EXPECT_EQ(pace.observe(kBusy), std::nullopt);
    EXPECT_EQ(pace.observe(kBusy), std::nullopt);
}

TEST(PartialPace, ComesBackMoreSlowlyThanItWent) {
    PartialPace pace{900ms};
    while (pace.observe(kBusy)) {
    }
    int seconds = 0;
    while (pace.step() != PartialPace::Step{900ms} && ++seconds < 100) pace.observe(kCalm);
    EXPECT_EQ(seconds, 4 * PartialPace::kCalmBefore);
}

TEST(PartialPace, DoesNotComeBackWhileTheMachineIsNearlyFull) {
    PartialPace pace{900ms};
    pace.observe(kBusy);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(pace.observe(kFull), 1'350ms);
}

}  // namespace
}  // namespace ninja3cx::transcription
