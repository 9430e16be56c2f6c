#include "shared/timer/timer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace ninja3cx {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class Timers : public testing::Test {
protected:
    void settle() {
        context_.restart();
        context_.poll();
    }
    void pass(std::chrono::milliseconds by) {
        time_.advance(by, [this] { settle(); });
    }
    /// Notes each time that it comes, and begins again.
    asio::awaitable<void> repeat(Timer& timer, std::chrono::milliseconds every) {
        for (;;) {
            timer.expireAfter(every);
            const bool isDue = co_await timer.wait();
            if (!isDue) break;
            came_.push_back(clock_.steady() - began_);
        }
        wasCalledOff_ = true;
    }

    asio::io_context context_{1};
    ManualClock clock_;
    ManualTime time_{clock_};
    const SteadyTime began_ = clock_.steady();
    std::vector<std::chrono::milliseconds> came_;
    bool wasCalledOff_ = false;
};

TEST_F(Timers, StopAtEachMomentThatIsWaitedFor) {
    Timer timer{context_.get_executor(), time_};
    asio::co_spawn(context_, repeat(timer, 400ms), asio::detached);
    pass(1s);
    EXPECT_EQ(came_, (std::vector{400ms, 800ms}));
    EXPECT_EQ(timer.left(), 200ms);
    EXPECT_EQ(clock_.steady() - began_, 1s);
    timer.cancel();
    settle();
    EXPECT_TRUE(wasCalledOff_);
    EXPECT_FALSE(time_.advanceToNext()) << "nobody waits any more";
}

TEST_F(Timers, TellOnlyOfTheMomentThatWasSetLast) {
    int told = 0;
    Timer timer{context_.get_executor(), time_};
    timer.expireAfter(1s);
    timer.then([&] { told += 1; });
    timer.expireAfter(2s);
    timer.then([&] { told += 10; });
    pass(1500ms);
    EXPECT_EQ(told, 0);
    pass(500ms);
    EXPECT_EQ(told, 10);
}

TEST_F(Timers, TellNobodyOnceTheyAreGone) {
    int told = 0;
    {
        Timer timer{context_.get_executor(), time_};
        timer.expireAfter(1s);
        timer.then([&] { ++told; });
    }
    pass(2s);
    EXPECT_EQ(told, 0);
}

TEST_F(Timers, GoByTheRealClockToo) {
    const RealClock clock;
    RealTime time{clock};
    bool isDue = false;
    Timer timer{context_.get_executor(), time};
    timer.expireAfter(1ms);
    timer.then([&] { isDue = true; });
    context_.run();
    EXPECT_TRUE(isDue);
    EXPECT_EQ(timer.left(), 0ms);
}

}  // namespace
}  // namespace ninja3cx
