#include "server/app/audio_store.hpp"

#include "server/tests/scratch.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <chrono>
#include <filesystem>
#include <sstream>

namespace ninja3cx::app {
namespace {

class AudioStoreTest : public testing::Test {
protected:
    std::filesystem::path folder() const { return scratch_.path() / "journal"; }
    /// Until the journal has told what became of it.
    void append(std::uint64_t sequence, const CallId& callId = CallId{"call-1"}) {
        protocol::AudioFrame frame;
        frame.sequence = sequence;
        frame.samples.assign(1600, 1);
        journal_.append(callId, std::move(frame));
        untilTold();
    }
    void untilTold() {
        const int told = told_;
        while (told_ == told)
            if (io_.run_one_for(std::chrono::seconds{60}) == 0) FAIL() << "nothing came";
    }
    /// Whatever is appended of this call is refused.
    void refuse(const std::string& callId) {
        std::filesystem::create_directories(folder());
        test::writeBytes(folder() / callId, "a file where the folder should be");
    }
    std::size_t timesLogged(const std::string& text) const {
        std::size_t times = 0;
        const std::string log = log_.str();
        for (auto at = log.find(text); at != std::string::npos; at = log.find(text, at + 1)) ++times;
        return times;
    }
    bool shows(const std::string& line) const { return store_.metrics().find(line) != std::string::npos; }

    test::Scratch scratch_;
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> working_{io_.get_executor()};
    std::ostringstream log_;
    ManualClock clock_;
    AudioStore store_{
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_)),
        clock_};
    int told_ = 0;
    int removalsFailed_ = 0;
    journal::FileAudioJournal journal_{
        folder(), io_.get_executor(),
        store_.watching({[this](const CallId&, protocol::AudioFrame) { ++told_; },
                         [this](const CallId&, const Error&) { ++told_; },
                         [this](const CallId&, const Error&) {
                             ++told_;
                             ++removalsFailed_;
                         },
                         [this](const Result<void>&) { ++told_; }})};
};

TEST_F(AudioStoreTest, IsAProblemFromTheFirstFailureUntilAudioIsStoredAgain) {
    EXPECT_EQ(store_.problem(), std::nullopt);
    EXPECT_TRUE(shows("ninja3cx_audio_store_failures_total 0\n"));
    test::writeBytes(folder(), "a file where the folder should be");
    append(0);
    ASSERT_TRUE(store_.problem());
    EXPECT_EQ(store_.problem()->find("call-1"), std::string::npos) << "/health says nothing about calls";
    EXPECT_TRUE(shows("ninja3cx_audio_store_up 0\n"));
    append(0);
    EXPECT_TRUE(store_.problem());
    EXPECT_TRUE(shows("ninja3cx_audio_store_failures_total 2\n"));
    EXPECT_NE(log_.str().find("call-1: audio cannot be stored: "), std::string::npos) << log_.str();

    std::filesystem::remove(folder());
    append(0);
    EXPECT_TRUE(store_.problem()) << "one frame may find room on a full disk";
    clock_.advance(std::chrono::seconds{3});
    EXPECT_FALSE(store_.wantsProbe());
    EXPECT_EQ(store_.problem(), std::nullopt);
    EXPECT_TRUE(shows("ninja3cx_audio_store_up 1\n"));
    EXPECT_TRUE(shows("ninja3cx_audio_store_failures_total 2\n"));
    EXPECT_NE(log_.str().find("audio can be stored again"), std::string::npos) << log_.str();
    append(1);
    EXPECT_EQ(timesLogged("again"), 1U);
}

TEST_F(AudioStoreTest, IsAProblemAllTheTimeThoughAFrameFindsRoomNowAndThen) {
    const CallId callId{"call-1"};
    const auto journal = store_.watching(
        {[](const CallId&, protocol::AudioFrame) {}, [](const CallId&, const Error&) {}, {}, {}});
    for (int second = 0; second < 20; ++second) {
        journal.onFailed(callId, Error{ErrorKind::Io, "the disk is full"});
        for (int frame = 0; frame < 10; ++frame) {
            if (frame > 0) journal.onDurable(callId, {});
            EXPECT_FALSE(store_.wantsProbe());
            ASSERT_TRUE(store_.problem()) << second;
            clock_.advance(std::chrono::milliseconds{100});
        }
    }
    EXPECT_EQ(timesLogged("again"), 0U) << log_.str();
    clock_.advance(std::chrono::seconds{2});
    EXPECT_FALSE(store_.wantsProbe());
    EXPECT_EQ(store_.problem(), std::nullopt);
    EXPECT_EQ(timesLogged("again"), 1U) << log_.str();
}

TEST_F(AudioStoreTest, IsAProblemWhileOneCallFailsThoughAnotherIsStored) {
    refuse("call-1");
    for (std::uint64_t second = 0; second < 90; ++second) {
        append(0);
        append(second, CallId{"call-2"});
        ASSERT_TRUE(store_.problem()) << second;
        clock_.advance(std::chrono::seconds{1});
    }
    EXPECT_EQ(timesLogged("audio can be stored again"), 0U) << log_.str();
    EXPECT_EQ(timesLogged("call-1: audio cannot be stored: "), 2U) << "once a minute\n" << log_.str();
    EXPECT_TRUE(shows("ninja3cx_audio_store_failures_total 90\n"));

    std::filesystem::remove(folder() / "call-1");
    clock_.advance(std::chrono::seconds{2});
    append(0);
    EXPECT_EQ(store_.problem(), std::nullopt);
    EXPECT_EQ(timesLogged("audio can be stored again"), 1U) << log_.str();
}

TEST_F(AudioStoreTest, ACallThatFailedAndEndedIsForgottenWhenAnotherIsStoredAMinuteLater) {
    refuse("call-1");
    append(0);
    clock_.advance(std::chrono::seconds{59});
    append(0, CallId{"call-2"});
    EXPECT_TRUE(store_.problem());
    clock_.advance(std::chrono::seconds{1});
    EXPECT_TRUE(store_.problem()) << "nothing has shown that the disk is well";
    append(1, CallId{"call-2"});
    EXPECT_EQ(store_.problem(), std::nullopt);
    EXPECT_EQ(timesLogged("audio can be stored again"), 1U) << log_.str();
}

TEST_F(AudioStoreTest, WhenTheCallThatFailedIsOverTheDiskItselfIsAsked) {
    EXPECT_FALSE(store_.wantsProbe());
    test::writeBytes(folder(), "a file where the folder should be");
    append(0);
    clock_.advance(std::chrono::seconds{59});
    EXPECT_FALSE(store_.wantsProbe()) << "the call may go on";
    clock_.advance(std::chrono::seconds{1});
    EXPECT_TRUE(store_.wantsProbe());
    journal_.probe();
    EXPECT_FALSE(store_.wantsProbe()) << "once a minute";
    untilTold();
    EXPECT_TRUE(store_.problem());

    std::filesystem::remove(folder());
    clock_.advance(std::chrono::minutes{1});
    EXPECT_TRUE(store_.wantsProbe());
    journal_.probe();
    untilTold();
    EXPECT_EQ(store_.problem(), std::nullopt);
    EXPECT_EQ(timesLogged("audio can be stored again"), 1U) << log_.str();
    EXPECT_TRUE(std::filesystem::is_empty(folder()));
    clock_.advance(std::chrono::hours{1});
    EXPECT_FALSE(store_.wantsProbe());
}

TEST_F(AudioStoreTest, ARemovalThatFailedIsTriedAgain) {
    append(0);
    const auto journal = folder() / "call-1";
    const auto elsewhere = scratch_.path() / "elsewhere";
    std::filesystem::rename(folder(), elsewhere);
    test::writeBytes(folder(), "a file where the folder should be");
    journal_.remove(CallId{"call-1"});
    untilTold();
    EXPECT_EQ(removalsFailed_, 1);
    std::filesystem::remove(folder());
    std::filesystem::rename(elsewhere, folder());
    ASSERT_TRUE(std::filesystem::exists(journal));
    journal_.retryRemovals();
    append(0, CallId{"call-2"});  // after it
    EXPECT_FALSE(std::filesystem::exists(journal));
    EXPECT_EQ(removalsFailed_, 1);
}

TEST_F(AudioStoreTest, ARemovalThatFailsIsNoProblemOfStoring) {
    journal_.remove(CallId{"../elsewhere"});
    untilTold();
    EXPECT_EQ(removalsFailed_, 1);
    EXPECT_EQ(store_.problem(), std::nullopt);
    EXPECT_TRUE(shows("ninja3cx_audio_store_failures_total 0\n"));
}

}  // namespace
}  // namespace ninja3cx::app
