#include "server/transcription/deadline_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace ninja3cx::transcription {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class Queue : public testing::Test {
protected:
    void push(const std::string& call, std::chrono::milliseconds deadline, const std::string& job,
              std::int64_t costMs = 2'000, bool isDroppable = false) {
        queue_.push({CallId{call}, costMs, SteadyTime{deadline}, isDroppable, job});
    }
    std::optional<std::string> pop(std::chrono::milliseconds now = 0ms) {
        return queue_.pop(SteadyTime{now}, shed_);
    }
    std::vector<std::string> rest(std::chrono::milliseconds now = 0ms) {
        std::vector<std::string> all;
        while (auto job = pop(now)) all.push_back(*job);
        return all;
    }

    DeadlineQueue<std::string> queue_;
    std::vector<std::string> shed_;
};

TEST_F(Queue, GivesTheEarliestDeadlineFirst) {
    push("a", 900ms, "a1");
    push("b", 300ms, "b1");
    push("a", 200ms, "a2");
    push("c", 500ms, "c1");
    EXPECT_THAT(rest(), ElementsAre("a2", "b1", "c1", "a1"));
}

TEST_F(Queue, KeepsTheOrderOfEqualDeadlines) {
    for (const char* job : {"first", "second", "third"}) push("a", 100ms, job);
    EXPECT_THAT(rest(), ElementsAre("first", "second", "third"));
}

TEST_F(Queue, ShedsWhatIsWorthNothingAfterItsDeadlineAndNothingElse) {
    push("a", 100ms, "late partial", 2'000, true);
    push("a", 100ms, "late final");
    push("a", 300ms, "partial in time", 2'000, true);
    EXPECT_THAT(rest(200ms), ElementsAre("late final", "partial in time"));
    EXPECT_THAT(shed_, ElementsAre("late partial"));
    EXPECT_EQ(queue_.size(), 0U);
}

TEST_F(Queue, LetsALiveCallPassOneThatBringsAnHourAtOnce) {
    for (int i = 0; i < 600; ++i) push("replay", 1'000ms, "replay", 6'000);
    for (int i = 0; i < 10; ++i) pop();
    push("live", 60'000ms, "live", 4'000);
    std::size_t waited = 0;
    while (*pop() != "live") ++waited;
    EXPECT_LE(waited, 3U);
    EXPECT_EQ(queue_.size(), 600U - 10U - waited);
}

TEST_F(Queue, DoesNotLetACallSaveUpItsShare) {
    push("quiet", 0ms, "quiet", 1'000);
    for (int i = 0; i < 100; ++i) push("busy", 1'000ms, "busy", 6'000);
    while (queue_.size() > 20) pop();
    for (int i = 0; i < 20; ++i) push("quiet", 900ms, "quiet", 6'000);
    int busy = 0;
    for (int i = 0; i < 20; ++i) busy += *pop() == "busy" ? 1 : 0;
    EXPECT_GE(busy, 6);
    EXPECT_LE(busy, 14);
}

TEST_F(Queue, TakesOutWhatIsNoLongerWanted) {
    push("a", 100ms, "a1");
    push("b", 200ms, "b1");
    push("a", 300ms, "a2");
    EXPECT_THAT(queue_.take([](const std::string& job) { return job.starts_with("a"); }),
                ElementsAre("a1", "a2"));
    EXPECT_THAT(queue_.take([](const std::string& job) { return job == "unknown"; }), IsEmpty());
    EXPECT_THAT(rest(), ElementsAre("b1"));
}

}  // namespace
}  // namespace ninja3cx::transcription
