#include "server/app/retention.hpp"

#include "server/journal/file_audio_journal.hpp"
#include "server/journal/journal_files.hpp"
#include "server/storage/sqlite_store.hpp"
#include "server/tests/scratch.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <algorithm>
#include <chrono>
#include <sstream>

namespace ninja3cx::app {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

class RetentionTest : public testing::Test {
protected:
    void call(const std::string& callId, days age, protocol::CallStage stage = protocol::CallStage::Closed) {
        protocol::Call call;
        call.callId = CallId{callId};
        call.extension = Extension{"201"};
        call.state = protocol::CallState::Ended;
        call.stage = stage;
        call.startedAtMs = toEpochMs(clock_.now() - age);
        commit(calls::SaveCall{call, ""});
    }
    void commit(calls::Change change) {
        store_->commit({std::move(change)}, [](const Result<void>& stored) { ASSERT_TRUE(stored); });
    }
    /// Audio that nobody removed, as after a crash.
    void audio(const std::string& callId) {
        protocol::AudioFrame frame;
        frame.samples.resize(1'600);
        journal_->append(CallId{callId}, std::move(frame));
    }
    std::size_t filesOf(const std::string& callId) const {
        return std::filesystem::exists(
                   journal::journalFile(journalFolder_, CallId{callId}, protocol::Speaker::Agent))
                   ? 1
                   : 0;
    }
    void waitUntil(const std::function<bool()>& isTrue) {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (!isTrue() && std::chrono::steady_clock::now() < deadline) io_.run_one_for(20ms);
        ASSERT_TRUE(isTrue());
    }
    bool isLogged(const std::string& text) const { return log_.str().find(text) != std::string::npos; }

    test::Scratch scratch_;
    ManualClock clock_;
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> working_{io_.get_executor()};
    const std::filesystem::path journalFolder_ = scratch_.path() / "journal";
    std::unique_ptr<storage::SqliteStore> store_ =
        storage::SqliteStore::open(scratch_.path() / "data", io_.get_executor()).value();
    std::unique_ptr<journal::FileAudioJournal> journal_ = std::make_unique<journal::FileAudioJournal>(
        journalFolder_, io_.get_executor(),
        journal::FileAudioJournal::Handlers{
            [this](const CallId&, const protocol::AudioFrame&) { ++durable_; },
            [](const CallId&, const Error&) {}, [](const CallId&, const Error&) {}});
    int durable_ = 0;
    std::vector<std::set<CallId>> wordsForgotten_;  // each at once
    std::vector<std::set<CallId>> callsForgotten_;
    std::vector<std::int64_t> unknownErasedBefore_;
    int retries_ = 0;
    std::ostringstream log_;
    Retention retention_{
        {days{90}, days{365}, days{365}},
        {clock_, *store_, *journal_,
         [this](const std::set<CallId>& callIds) { wordsForgotten_.push_back(callIds); },
         [this](const std::set<CallId>& callIds) { callsForgotten_.push_back(callIds); },
         [this](std::int64_t beforeMs) { unknownErasedBefore_.push_back(beforeMs); },
         std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(log_)),
         [this] { ++retries_; }}};
};

TEST_F(RetentionTest, TheAudioOfWhatItErasesGoesToo) {
    for (int age = 0; age <= 400; age += 20) call("call-of-" + std::to_string(age), days{age});
    for (const char* callId : {"call-of-400", "call-of-100", "call-of-20"}) audio(callId);
    waitUntil([&] { return durable_ == 3; });
    ASSERT_EQ(filesOf("call-of-400") * filesOf("call-of-100") * filesOf("call-of-20"), 1U);
    retention_.start();
    waitUntil([&] { return filesOf("call-of-400") + filesOf("call-of-100") == 0; });
    EXPECT_EQ(filesOf("call-of-20"), 1U);
    ASSERT_EQ(callsForgotten_.size(), 1U);
    EXPECT_EQ(callsForgotten_.front(), (std::set{CallId{"call-of-380"}, CallId{"call-of-400"}}));
    ASSERT_EQ(wordsForgotten_.size(), 1U);
    EXPECT_EQ(wordsForgotten_.front().size(), 14U);
    EXPECT_TRUE(wordsForgotten_.front().contains(CallId{"call-of-100"}));
    EXPECT_FALSE(retention_.problem());
}

TEST_F(RetentionTest, TheAudioOfUnknownCallsGoesAtTheAgeOfWords) {
    retention_.start();
    waitUntil([&] { return !unknownErasedBefore_.empty(); });
    EXPECT_EQ(unknownErasedBefore_, std::vector{toEpochMs(clock_.now() - days{90})});
}

TEST_F(RetentionTest, ADoubtfulClockIsAProblemThatIsShown) {
    call("call-1", days{400});
    audio("call-1");
    waitUntil([&] { return durable_ == 1; });
    retention_.start();
    waitUntil([&] { return retention_.problem().has_value(); });
    EXPECT_TRUE(isLogged("the clock says 2026-01-01")) << log_.str();
    EXPECT_EQ(filesOf("call-1"), 1U);
    EXPECT_TRUE(unknownErasedBefore_.empty());
    EXPECT_EQ(retention_.problem()->find("call-1"), std::string::npos);
}

TEST_F(RetentionTest, AudioThatCouldNotBeRemovedIsTriedAgainOnceAnHour) {
    retention_.start();
    for (int minute = 0; minute < 180; ++minute) {
        retention_.tick();
        clock_.advance(1min);
    }
    EXPECT_EQ(retries_, 2);
}

TEST_F(RetentionTest, RunsOnceADay) {
    retention_.start();
    call("call-1", days{0});
    for (int day = 0; day < 366; ++day) {
        clock_.advance(24h);
        call("call-of-day-" + std::to_string(day), days{0});
    }
    retention_.tick();
    waitUntil([&] { return isLogged("1 calls and the words of"); });
}

}  // namespace
}  // namespace ninja3cx::app
