#include "server/retranscription/hearing_queue.hpp"

#include <gtest/gtest.h>

#include <random>

namespace ninja3cx::retranscription {
namespace {

using namespace std::chrono_literals;
using enum HearingEvent;
using enum HearingAction;
using Orders = HearingQueue::Orders;

class HearingQueueTest : public testing::Test {
protected:
    Orders tick(bool isIdle = true) { return queue_.tick(clock_.steady(), clock_.now(), isIdle); }
    /// The machine has been idle for long enough.
    Orders calm() {
        (void)tick();
        clock_.advance(rules_.calm);
        return tick();
    }
    Orders on(const CallId& callId, HearingEvent event) { return queue_.on(callId, event, clock_.steady()); }
    void add(const CallId& callId, std::chrono::hours keptFor = 12h) {
        queue_.add(callId, clock_.now() + keptFor);
    }
    void hear(const CallId& callId) {
        ASSERT_EQ(calm(), (Orders{{Note, callId, Turn}}));
        ASSERT_EQ(on(callId, Noted), (Orders{{Listen, callId, Noted}}));
    }

    const CallId first_{"call-1"};
    const CallId second_{"call-2"};
    const HearingRules rules_;
    ManualClock clock_;
    HearingQueue queue_;
};

TEST_F(HearingQueueTest, WaitsUntilTheMachineWasIdleForAWhile) {
    add(first_);
    EXPECT_EQ(tick(), Orders{});
    clock_.advance(rules_.calm - 1ms);
    EXPECT_EQ(tick(false), Orders{});
    clock_.advance(1ms);
    EXPECT_EQ(tick(), Orders{});
    clock_.advance(rules_.calm);
    EXPECT_EQ(tick(), (Orders{{Note, first_, Turn}}));
}

TEST_F(HearingQueueTest, HearsOneAfterAnotherFirstWhoseAudioMustGoFirst) {
    add(first_, 12h);
    add(second_, 3h);
    hear(second_);
    EXPECT_EQ(tick(), Orders{});
    EXPECT_EQ(on(second_, Heard), (Orders{{Store, second_, Heard}}));
    EXPECT_EQ(tick(), Orders{});
    EXPECT_EQ(on(second_, Stored), (Orders{{DeleteAudio, second_, Stored}}));
    EXPECT_EQ(tick(), (Orders{{Note, first_, Turn}}));
    EXPECT_EQ(queue_.size(), 1U);
}

TEST_F(HearingQueueTest, ACallInterruptsAtOnceAndItIsBegunAgainAfterIt) {
    add(first_);
    hear(first_);
    EXPECT_EQ(tick(false), (Orders{{StopListening, first_, Disturbed}}));
    EXPECT_EQ(tick(false), Orders{});
    EXPECT_EQ(on(first_, Stopped), (Orders{{TakeNoteBack, first_, Stopped}}));
    EXPECT_EQ(tick(false), Orders{});
    hear(first_);
}

TEST_F(HearingQueueTest, NobodyBeginsWhileTheListenerIsStillBusyWithWhoIsGone) {
    add(first_);
    add(second_);
    hear(first_);
    EXPECT_EQ(on(first_, Withdrawn), (Orders{{StopListening, first_, Withdrawn}}));
    EXPECT_EQ(calm(), Orders{});
    EXPECT_EQ(on(first_, Heard), Orders{});  // too late
    EXPECT_EQ(tick(), (Orders{{Note, second_, Turn}}));
}

TEST_F(HearingQueueTest, AFailureIsTriedOnceMoreAfterTheOthers) {
    add(first_, 3h);
    add(second_, 12h);
    hear(first_);
    EXPECT_EQ(on(first_, Failed), (Orders{{TakeNoteBack, first_, Failed}}));
    EXPECT_EQ(tick(), Orders{});
    clock_.advance(rules_.retry);
    EXPECT_EQ(tick(), (Orders{{Note, second_, Turn}}));
    (void)on(second_, Noted);
    (void)on(second_, Heard);
    (void)on(second_, Stored);
    EXPECT_EQ(tick(), (Orders{{Note, first_, Turn}}));
    (void)on(first_, Noted);
    EXPECT_EQ(on(first_, Failed), (Orders{{DeleteAudio, first_, FailedAgain}}));
    EXPECT_EQ(queue_.size(), 0U);
}

TEST_F(HearingQueueTest, ADatabaseThatRefusesIsNotAskedAtEachTick) {
    add(first_);
    ASSERT_EQ(calm(), (Orders{{Note, first_, Turn}}));
    EXPECT_EQ(on(first_, NoteFailed), Orders{});
    EXPECT_EQ(tick(), Orders{});
    clock_.advance(rules_.retry);
    EXPECT_EQ(tick(), (Orders{{Note, first_, Turn}}));
}

TEST_F(HearingQueueTest, TheLimitHoldsWhateverHappens) {
    add(first_, 3h);
    add(second_, 1h);
    hear(second_);
    clock_.advance(1h);
    EXPECT_EQ(tick(), (Orders{{StopListening, second_, TimeUp}, {DeleteAudio, second_, TimeUp}}));
    clock_.advance(2h);
    EXPECT_EQ(tick(false), (Orders{{DeleteAudio, first_, TimeUp}}));
    EXPECT_EQ(queue_.size(), 0U);
}

/// Whatever comes in whatever order: one at a time, none while a call goes on, and each call's audio goes once.
TEST(HearingQueueProperty, EachAudioGoesOnceAndNoTwoAreHeardAtOnce) {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        std::mt19937 random{seed};
        const auto chance = [&](int percent) { return static_cast<int>(random() % 100) < percent; };
        ManualClock clock;
        HearingQueue queue;
        std::map<CallId, int> deleted;
        std::optional<CallId> noting;
        std::optional<CallId> listening;
        std::optional<CallId> storing;
        bool isStopped = false;
        bool isIdle = true;
        const auto perform = [&](const Orders& orders) {
            for (const HearingOrder& order : orders) {
                if (order.action == Note) {
                    EXPECT_TRUE(isIdle && !noting && !listening && !storing) << seed;
                    noting = order.callId;
                }
                if (order.action == Listen) {
                    EXPECT_FALSE(listening) << seed;
                    listening = order.callId;
                    isStopped = false;
                }
                if (order.action == StopListening) isStopped = true;
                if (order.action == Store) storing = order.callId;
                if (order.action == DeleteAudio) {
                    ++deleted[order.callId];
                    if (noting == order.callId) noting.reset();
                }
            }
        };
        const auto tell = [&](std::optional<CallId>& whom, HearingEvent event) {
            const CallId callId = *whom;
            whom.reset();
            perform(queue.on(callId, event, clock.steady()));
        };
        for (int i = 0; i < 20; ++i) queue.add(CallId{std::to_string(i)}, clock.now() + 1h * (i % 5 + 1));
        for (int step = 0; step < 20'000 && queue.size() > 0; ++step) {
            clock.advance(1s);
            if (chance(2)) isIdle = !isIdle;
            perform(queue.tick(clock.steady(), clock.now(), isIdle));
            if (listening && !isIdle) {
                EXPECT_TRUE(isStopped) << seed;
            }
            if (noting && chance(50)) tell(noting, chance(90) ? Noted : NoteFailed);
            if (listening && isStopped && chance(50))
                tell(listening, chance(80) ? Stopped : Heard);
            else if (listening && chance(5))
                tell(listening, chance(70) ? Heard : Failed);
            if (storing && chance(50)) tell(storing, chance(90) ? Stored : StoreFailed);
        }
        EXPECT_EQ(queue.size(), 0U) << seed;
        EXPECT_EQ(deleted.size(), 20U) << seed;
        for (const auto& [callId, times] : deleted) EXPECT_EQ(times, 1) << seed;
    }
}

}  // namespace
}  // namespace ninja3cx::retranscription
