#include "server/transcription/decode_pool.hpp"

#include "server/tests/transcription/leaping_clock.hpp"
#include "server/transcription/transcriber_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <new>
#include <random>
#include <system_error>
#include <thread>

namespace ninja3cx::transcription {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

/// The decoders of one test; each task is named by its `start`.
struct Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool isHeld = false;
    std::vector<std::int64_t> started;
    std::vector<std::int64_t> hurried;  // of these: a final text waited at their end
    std::vector<std::string> done;      // "3 text", "4 busy"
    std::map<std::int64_t, int> failures;

    void hold(bool held) {
        {
            std::scoped_lock lock{mutex};
            isHeld = held;
        }
        changed.notify_all();
    }
    template <class Condition>
    bool waitFor(Condition isTrue) {
        std::unique_lock lock{mutex};
        return changed.wait_for(lock, 20s, isTrue);
    }
    bool waitForStarted(std::size_t count) {
        return waitFor([&] { return started.size() >= count; });
    }
    bool waitForDone(std::size_t count) {
        return waitFor([&] { return done.size() >= count; });
    }
};

constexpr std::int64_t kOdd = 4'242;    // the decoder throws no exception of the library
constexpr std::int64_t kNoisy = 5'353;  // it makes a second try

class GatedDecoder final : public SpeechDecoder {
public:
    GatedDecoder(Gate& gate, std::string name) : gate_{gate}, name_{std::move(name)} {}
    Result<Decoded> decode(const DecodeRequest& request) override {
        std::unique_lock lock{gate_.mutex};
        if (request.start == kNoisy) request.onHeardTwice();
        gate_.started.push_back(request.start);
        gate_.changed.notify_all();
        while (gate_.isHeld && !request.isCancelled->load()) gate_.changed.wait_for(lock, 1ms);
        if (request.isCancelled->load()) return Error{ErrorKind::Cancelled, "cancelled"};
        if (request.isLive && *request.finalsWaiting > 0) gate_.hurried.push_back(request.start);
        if (request.start == kOdd) throw 42;
        if (int& left = gate_.failures[request.start]; left > 0) {
            --left;
            if (left % 2 == 0) throw std::runtime_error{"out of memory"};
            return Error{ErrorKind::Io, "broken"};
        }
        return Decoded{name_, request.language, 0, {}};
    }

private:
    Gate& gate_;
    std::string name_;
};

TEST(DecodeTask, IsForSomebodyWhoReadsAlongUnlessToldOtherwise) {
    EXPECT_TRUE(TranscriberOptions{}.isLive);
    EXPECT_TRUE(DecodeTask{}.isLive);
    EXPECT_TRUE(DecodeRequest{}.isLive);
}

class Pool : public testing::Test {
protected:
    void make(std::size_t workers) {
        std::vector<SpeechWorker> all;
        for (std::size_t i = 0; i < workers; ++i)
            all.push_back({std::make_unique<GatedDecoder>(gate_, "final"),
                           std::make_unique<GatedDecoder>(gate_, "partial")});
        pool_ = std::make_unique<DecodePool>(std::move(all), clock_);
    }
    std::shared_ptr<DecodeTask> submit(std::int64_t name, std::chrono::milliseconds deadline,
                                       DecodeKind kind = DecodeKind::Final, bool isLive = true) {
        auto task = std::make_shared<DecodeTask>();
        task->callId = CallId{"call-1"};
        task->kind = kind;
        task->start = name;
        task->isLive = isLive;
        task->samples.resize(1'600);
        task->deadline = clock_.steady() + deadline;
        task->onDone = [this, name](Result<Decoded> decoded) {
            {
                std::scoped_lock lock{gate_.mutex};
                gate_.done.push_back(std::to_string(name) + " " +
                                     (decoded                                   ? decoded->text
                                      : decoded.error().kind == ErrorKind::Busy ? "busy"
                                                                                : decoded.error().detail));
            }
            gate_.changed.notify_all();
        };
        pool_->submit(task);
        return task;
    }
    ~Pool() override { gate_.hold(false); }

    Gate gate_;
    LeapingClock clock_;
    std::unique_ptr<DecodePool> pool_;
};

TEST_F(Pool, DoesFirstWhatIsDueFirst) {
    make(1);
    gate_.hold(true);
    submit(0, 10s);
    ASSERT_TRUE(gate_.waitForStarted(1));
    submit(1, 30s);
    submit(2, 20s);
    submit(3, 25s, DecodeKind::Speculative);
    gate_.hold(false);
    ASSERT_TRUE(gate_.waitForDone(4));
    EXPECT_THAT(gate_.started, ElementsAre(0, 2, 3, 1));
}

TEST_F(Pool, SaysWhetherAFinalTextWaits) {
    make(1);
    gate_.hold(true);
    submit(0, 10s);
    ASSERT_TRUE(gate_.waitForStarted(1));
    submit(1, 20s);
    submit(2, 30s);
    submit(3, 40s, DecodeKind::Partial);
    gate_.hold(false);
    ASSERT_TRUE(gate_.waitForDone(4));
    EXPECT_THAT(gate_.hurried, ElementsAre(0, 1)) << "as they came to their end";
}

TEST_F(Pool, IsNeverInAHurryWhereNobodyReadsAlong) {
    make(1);
    gate_.hold(true);
    submit(0, 10s);
    ASSERT_TRUE(gate_.waitForStarted(1));
    submit(1, 20s, DecodeKind::Final, false);
    submit(2, 30s, DecodeKind::Final, false);
    gate_.hold(false);
    ASSERT_TRUE(gate_.waitForDone(3));
    EXPECT_THAT(gate_.hurried, ElementsAre(0)) << "of the one that somebody reads";
}

TEST_F(Pool, ShedsAPartialThatComesTooLateButNoFinal) {
    make(1);
    gate_.hold(true);
    submit(0, 10s);
    ASSERT_TRUE(gate_.waitForStarted(1));
    submit(1, -5s);
    submit(2, -10s, DecodeKind::Partial);
    submit(3, 10s, DecodeKind::Partial);
    gate_.hold(false);
    ASSERT_TRUE(gate_.waitForDone(4));
    EXPECT_THAT(gate_.done, testing::UnorderedElementsAre("0 final", "1 final", "2 busy", "3 partial"));
    EXPECT_THAT(gate_.started, ElementsAre(0, 1, 3));
    EXPECT_EQ(pool_->figures().partialsShed, 1U);
    EXPECT_EQ(pool_->figures().finalsLate, 1U);
    EXPECT_EQ(pool_->figures().waiting, 0U);
}

TEST_F(Pool, TriesAFinalTextTwiceAndAPartialOnce) {
    make(1);
    gate_.failures = {{1, 1}, {2, 2}, {3, 1}};
    submit(1, 10s);
    submit(2, 20s);
    submit(3, 30s, DecodeKind::Partial);
    ASSERT_TRUE(gate_.waitForDone(3));
    EXPECT_THAT(gate_.done, ElementsAre("1 final", "2 decoding failed: out of memory",
                                        "3 decoding failed: out of memory"));
}

TEST_F(Pool, TakesWhateverADecoderThrowsForAFailure) {
    make(1);
    submit(kOdd, 10s);
    submit(2, 20s);
    ASSERT_TRUE(gate_.waitForDone(2));
    EXPECT_THAT(gate_.done, ElementsAre("4242 decoding failed", "2 final"));
}

TEST_F(Pool, GoesOnWhereSomebodyThrowsAtItsText) {
    make(1);
    auto task = std::make_shared<DecodeTask>();
    task->samples.resize(1'600);
    task->deadline = clock_.steady();
    task->onDone = [](const Result<Decoded>&) { throw std::bad_alloc{}; };
    pool_->submit(task);
    submit(2, 20s);
    ASSERT_TRUE(gate_.waitForDone(1));
    EXPECT_THAT(gate_.done, ElementsAre("2 final"));
}

TEST_F(Pool, EndsTheThreadsItHasWhereOneCannotBeStarted) {
    std::atomic<int> ended{0};
    int started = 0;
    const auto start = [&](const std::function<void()>& work) {
        if (++started == 3)
            throw std::system_error{std::make_error_code(std::errc::resource_unavailable_try_again)};
        return std::thread{[&ended, work] {
            work();
            ++ended;
        }};
    };
    std::vector<SpeechWorker> workers;
    for (int i = 0; i < 4; ++i) workers.push_back({std::make_unique<GatedDecoder>(gate_, "final"), nullptr});
    EXPECT_THROW((DecodePool{std::move(workers), clock_, start}), std::system_error);
    EXPECT_EQ(ended, 2);
}

TEST_F(Pool, TellsNothingOfWhatWasCancelled) {
    make(1);
    gate_.hold(true);
    const auto running = submit(0, 10s);
    ASSERT_TRUE(gate_.waitForStarted(1));
    const auto waiting = submit(1, 20s);
    submit(2, 30s);
    EXPECT_EQ(pool_->figures().waitingFinals, 2U);
    pool_->cancel(waiting);
    pool_->cancel(running);
    EXPECT_EQ(pool_->figures().waitingFinals, 1U);
    ASSERT_TRUE(gate_.waitForStarted(2));
    gate_.hold(false);
    ASSERT_TRUE(gate_.waitForDone(1));
    EXPECT_THAT(gate_.done, ElementsAre("2 final"));
    EXPECT_THAT(gate_.started, ElementsAre(0, 2));
}

TEST_F(Pool, CountsTheTimeOfWhatIsInWorkAndTheFinalTextsThatAreLateAlready) {
    make(2);
    gate_.hold(true);
    submit(0, 1s);
    submit(1, 3s, DecodeKind::Partial);
    ASSERT_TRUE(gate_.waitForStarted(2));
    submit(2, 4s);
    submit(3, 1s, DecodeKind::Partial);
    const PoolFigures before = pool_->figures();
    EXPECT_EQ(before.finalsOverdue, 0U);
    clock_.leap(2s);
    EXPECT_GE((pool_->figures().busy - before.busy), 4s) << "two workers";
    EXPECT_EQ(pool_->figures().finalsOverdue, 1U) << "in work";
    clock_.leap(3s);
    EXPECT_EQ(pool_->figures().finalsOverdue, 2U) << "and waiting";
    gate_.hold(false);
    ASSERT_TRUE(gate_.waitForDone(4));
    const PoolFigures after = pool_->figures();
    EXPECT_GE(after.busy, 10s);
    EXPECT_LT(after.busy, 20s) << "counted once";
    EXPECT_EQ(after.finalsOverdue, 0U);
}

TEST_F(Pool, TakesNoFinalTextThatIsHeardTwiceForLate) {
    make(2);
    gate_.hold(true);
    submit(kNoisy, 1s);
    submit(1, 3s);
    ASSERT_TRUE(gate_.waitForStarted(2));
    clock_.leap(2s);
    EXPECT_EQ(pool_->figures().finalsOverdue, 0U) << "in its second try";
    clock_.leap(2s);
    EXPECT_EQ(pool_->figures().finalsOverdue, 1U) << "the other";
    gate_.hold(false);
    ASSERT_TRUE(gate_.waitForDone(2));
    EXPECT_EQ(pool_->figures().finalsDone, 2U);
    EXPECT_EQ(pool_->figures().finalsLate, 1U);
    EXPECT_EQ(pool_->figures().finalsOverdue, 0U);
}

TEST_F(Pool, TakesAFinalTextForLateThatWasSoBeforeItWasHeardTwice) {
    make(1);
    gate_.hold(true);
    submit(kNoisy, -1s);
    ASSERT_TRUE(gate_.waitForStarted(1));
    EXPECT_EQ(pool_->figures().finalsOverdue, 1U);
    gate_.hold(false);
    ASSERT_TRUE(gate_.waitForDone(1));
    EXPECT_EQ(pool_->figures().finalsLate, 1U);
}

TEST_F(Pool, StopsWithWorkInHandAndTellsNothingAfterwards) {
    make(2);
    gate_.hold(true);
    for (int i = 0; i < 5; ++i) submit(i, 10s);
    ASSERT_TRUE(gate_.waitForStarted(2));
    pool_.reset();
    EXPECT_TRUE(gate_.done.empty());
}

TEST_F(Pool, LosesAndDoublesNothingUnderRandomCancelling) {
    make(3);
    std::mt19937 random{7};
    std::map<std::int64_t, std::shared_ptr<DecodeTask>> kept;
    std::vector<std::string> wanted;
    for (std::int64_t name = 0; name < 2'000; ++name) {
        const auto task =
            submit(name, std::chrono::milliseconds{1'000 + static_cast<int>(random() % 60'000)});
        if (random() % 3 == 0)
            pool_->cancel(task);  // where it is done already, its text has come
        else
            wanted.push_back(std::to_string(name) + " final");
    }
    ASSERT_TRUE(gate_.waitFor([&] {
        return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
            return std::find(gate_.done.begin(), gate_.done.end(), one) != gate_.done.end();
        });
    }));
    std::scoped_lock lock{gate_.mutex};
    std::sort(gate_.done.begin(), gate_.done.end());
    EXPECT_EQ(std::adjacent_find(gate_.done.begin(), gate_.done.end()), gate_.done.end());
    EXPECT_EQ(pool_->figures().waiting, 0U);
    EXPECT_EQ(pool_->figures().waitingFinals, 0U);
}

}  // namespace
}  // namespace ninja3cx::transcription
