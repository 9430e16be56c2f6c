#include "server/transcription/fair_queue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::transcription {
namespace {

std::string order(FairQueue<std::string>& queue) {
    std::string all;
    while (auto job = queue.pop()) all += *job + " ";
    return all;
}

TEST(FairQueue, GivesTheOldestFirst) {
    FairQueue<std::string> queue;
    queue.push(CallId{"a"}, 2000, "a1");
    queue.push(CallId{"b"}, 2000, "b1");
    queue.push(CallId{"a"}, 2000, "a2");
    queue.push(CallId{"c"}, 2000, "c1");
    EXPECT_EQ(order(queue), "a1 b1 a2 c1 ");
}

TEST(FairQueue, LetsALiveCallPassOneThatBringsAnHourAtOnce) {
    FairQueue<std::string> queue;
    for (int i = 0; i < 600; ++i) queue.push(CallId{"replay"}, 6000, "replay");
    for (int i = 0; i < 10; ++i) queue.pop();
    queue.push(CallId{"live"}, 4000, "live");
    std::size_t waited = 0;
    while (*queue.pop() != "live") ++waited;
    EXPECT_LE(waited, 3U);
    EXPECT_EQ(queue.size(), 600U - 10U - waited);
}

TEST(FairQueue, DoesNotLetACallSaveUpItsShare) {
    FairQueue<std::string> queue;
    queue.push(CallId{"quiet"}, 1000, "quiet");
    for (int i = 0; i < 100; ++i) queue.push(CallId{"busy"}, 6000, "busy");
    while (queue.size() > 20) queue.pop();
    for (int i = 0; i < 20; ++i) queue.push(CallId{"quiet"}, 6000, "quiet");
    int busy = 0;
    for (int i = 0; i < 20; ++i) busy += *queue.pop() == "busy" ? 1 : 0;
    EXPECT_GE(busy, 6);
    EXPECT_LE(busy, 14);
}

TEST(FairQueue, DropsOneCallAlone) {
    FairQueue<std::string> queue;
    queue.push(CallId{"a"}, 1000, "a1");
    queue.push(CallId{"b"}, 1000, "b1");
    queue.push(CallId{"a"}, 1000, "a2");
    EXPECT_EQ(queue.drop(CallId{"a"}), (std::vector<std::string>{"a1", "a2"}));
    EXPECT_EQ(queue.drop(CallId{"nobody"}).size(), 0U);
    EXPECT_EQ(queue.size(), 1U);
    EXPECT_EQ(order(queue), "b1 ");
}

}  // namespace
}  // namespace ninja3cx::transcription
