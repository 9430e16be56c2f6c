#include "tests/network/lossy_line.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::network_tests {
namespace {

using namespace std::chrono_literals;

LossyLine::Packet packet(int number) {
    return {static_cast<std::uint8_t>(number & 255), static_cast<std::uint8_t>(number >> 8)};
}

class Line : public testing::Test {
protected:
    void passAll(LossyLine& line) {
        clock.advance(1h);
        while (auto taken = line.take(clock.steady())) out.push_back(std::move(*taken));
    }
    ManualClock clock;
    std::vector<LossyLine::Packet> out;
};

TEST_F(Line, GivesEachPacketBackLaterAndInOrder) {
    LossyLine line{{150ms, 0, 1}};
    line.put(packet(1), clock.steady());
    clock.advance(10ms);
    line.put(packet(2), clock.steady());
    clock.advance(139ms);
    EXPECT_FALSE(line.take(clock.steady()));
    clock.advance(1ms);
    EXPECT_EQ(line.nextDue(), clock.steady());
    EXPECT_EQ(line.take(clock.steady()), packet(1));
    EXPECT_FALSE(line.take(clock.steady()));
    EXPECT_EQ(line.nextDue(), clock.steady() + 10ms);
    clock.advance(10ms);
    EXPECT_EQ(line.take(clock.steady()), packet(2));
    EXPECT_EQ(line.nextDue(), std::nullopt);
}

TEST_F(Line, LosesItsShareByChanceAndTheSameOnesEachTime) {
    const auto run = [&] {
        LossyLine line{{1ms, 0.02, 7}};
        for (int i = 0; i < 10'000; ++i) line.put(packet(i), clock.steady());
        out.clear();
        passAll(line);
        EXPECT_EQ(line.carried(), out.size());
        EXPECT_EQ(line.lost(), 10'000 - out.size());
        return out;
    };
    const auto first = run();
    EXPECT_NEAR(static_cast<double>(first.size()), 9'800, 60);
    EXPECT_EQ(run(), first);
}

TEST_F(Line, ThatIsAwayLosesWhatIsUnderWayToo) {
    LossyLine line{{150ms, 0, 1}};
    line.put(packet(1), clock.steady());
    line.setAway(true);
    line.put(packet(2), clock.steady());
    line.setAway(false);
    line.put(packet(3), clock.steady());
    passAll(line);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out.front(), packet(3));
    EXPECT_EQ(line.lost(), 2U);
}

TEST_F(Line, HoldsNoMoreThanARouterWould) {
    LossyLine line{{150ms, 0, 1}};
    for (int i = 0; i < 3; ++i) line.put(LossyLine::Packet(LossyLine::kMaxBytes / 2), clock.steady());
    passAll(line);
    EXPECT_EQ(out.size(), 2U);
    EXPECT_EQ(line.lost(), 1U);
}

}  // namespace
}  // namespace ninja3cx::network_tests
