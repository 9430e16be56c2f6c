#include "server/transcription/partial_pace.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::transcription {
namespace {

using namespace std::chrono_literals;

constexpr Load kCalm{0.3, 0, false};
constexpr Load kBusy{0.99, 0, false};
constexpr Load kFull{0.85, 0, false};  // between the two

struct LoadRow {
    const char* name;
    PoolFigures after;  // two workers, a second after nothing had been done
    Load load;
};
PoolFigures figures(std::chrono::milliseconds busy) {
    PoolFigures all;
    all.busy = busy;
    return all;
}
PoolFigures withLate(std::uint64_t done, std::uint64_t late, std::size_t overdue, std::uint64_t shed = 0) {
    PoolFigures all;
    all.finalsDone = done;
    all.finalsLate = late;
    all.finalsOverdue = overdue;
    all.partialsShed = shed;
    return all;
}
class Loads : public testing::TestWithParam<LoadRow> {};
TEST_P(Loads, AreWhatTheWorkersDid) {
    const Load load = loadBetween({}, GetParam().after, 1s, 2);
    EXPECT_NEAR(load.busyShare, GetParam().load.busyShare, 1e-9);
    EXPECT_EQ(load.shedPartials, GetParam().load.shedPartials);
    EXPECT_EQ(load.isFinalLate, GetParam().load.isFinalLate);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Loads,
    testing::Values(LoadRow{"NothingDone", figures(0ms), {0, 0, false}},
                    LoadRow{"OneWorkerAtOneDecodingAllTheTime", figures(1'000ms), {0.5, 0, false}},
                    LoadRow{"BothWorkersAllTheTime", figures(2'000ms), {1, 0, false}},
                    LoadRow{"AFinalTextInTime", withLate(1, 0, 0), {0, 0, false}},
                    LoadRow{"AFinalTextThatCameLate", withLate(1, 1, 0), {0, 0, true}},
                    LoadRow{"AFinalTextThatIsLateAndNotThere", withLate(0, 0, 1), {0, 0, true}},
                    LoadRow{"PartialsThatCameTooLate", withLate(0, 0, 0, 3), {0, 3, false}}),
    [](const auto& info) { return std::string{info.param.name}; });

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
