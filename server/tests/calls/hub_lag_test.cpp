#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls::doubles {
namespace {

class HubLag : public testing::Test {
protected:
    void SetUp() override { world.phone(protocol::CallState::Connected); }
    /// Text that came so late.
    void hear(std::int64_t lagMs) {
        protocol::Utterance utterance;
        utterance.callId = world.callId();
        utterance.utteranceId = UtteranceId{"customer-" + std::to_string(++heard)};
        utterance.channel = protocol::Speaker::Customer;
        utterance.revision = 1;
        utterance.isFinal = true;
        utterance.text = "bonjour";
        utterance.lagMs = lagMs;
        world.hub->onUtterance(std::move(utterance));
        world.settle();
    }
    std::int64_t lastShown() const {
        const auto changes = world.events->all<protocol::CallChanged>();
        return changes.empty() ? -1 : changes.back().call.lagMs;
    }
    World world;
    int heard = 0;
};

TEST_F(HubLag, IsNeverShownSmallerThanItIs) {
    for (const std::int64_t lagMs : {0, 1, 390, 500, 501, 2'999, 3'000, 3'001, 3'499}) {
        hear(lagMs);
        const std::int64_t shown = world.hub->status().lagMs;
        EXPECT_GE(shown, lagMs);
        EXPECT_LT(shown, lagMs + 500);
        EXPECT_EQ(world.hub->snapshot(std::nullopt).calls.front().lagMs, shown);
        EXPECT_EQ(lastShown(), shown) << "who stayed sees what a new snapshot says";
    }
}

TEST_F(HubLag, AboveTheThreeSecondsOfTheAlarmIsToldAtOnce) {
    hear(3'000);
    EXPECT_EQ(lastShown(), 3'000);
    hear(3'001);
    EXPECT_GT(lastShown(), 3'000);
    EXPECT_GT(world.events->all<protocol::SystemChanged>().back().system.lagMs, 3'000);
}

TEST_F(HubLag, GrowsWhileATextIsWaitedForAndFallsWhenItIsThere) {
    world.hub->onLag(world.callId(), std::chrono::milliseconds{4'200});
    world.settle();
    EXPECT_EQ(lastShown(), 4'500);
    EXPECT_EQ(world.hub->status().lagMs, 4'500);
    hear(400);
    EXPECT_EQ(lastShown(), 500);
}

TEST_F(HubLag, OfAnUnknownCallIsIgnored) {
    world.hub->onLag(CallId{"nobody"}, std::chrono::milliseconds{4'200});
    world.settle();
    EXPECT_EQ(world.hub->status().lagMs, 0);
}

TEST_F(HubLag, OfAnUtteranceStaysExact) {
    hear(391);
    EXPECT_EQ(world.events->all<protocol::UtteranceChanged>().back().utterance.lagMs, 391);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
