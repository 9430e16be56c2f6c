#include "server/journal/file_audio_journal.hpp"

#include "server/journal/journal_record.hpp"
#include "server/tests/journal/frames.hpp"
#include "server/tests/scratch.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <sys/resource.h>

#include <csignal>

namespace ninja3cx::journal {
namespace {

using protocol::Speaker;

class FileAudioJournalTest : public testing::Test {
protected:
    FileAudioJournalTest() { open(); }
    void open(const RecoveredJournals& found = {}) {
        journal_.reset();
        journal_ = std::make_unique<FileAudioJournal>(
            folder(), io_.get_executor(),
            FileAudioJournal::Handlers{[this](const CallId& callId, protocol::AudioFrame frame) {
                                           durable_.push_back({callId, std::move(frame)});
                                       },
                                       [this](const CallId& callId, const Error& error) {
                                           failures_.push_back({callId, error});
                                       },
                                       [this](const CallId& callId, const Error& error) {
                                           removeFailures_.push_back({callId, error});
                                       }},
            found);
    }
    /// As it does at a start.
    void reopen() {
        journal_.reset();
        open(recoverJournals(folder()).value());
    }
    std::filesystem::path folder() const { return scratch_.path() / "journal"; }
    template <class Condition>
    void runUntil(Condition isMet) {
        while (!isMet())
            if (io_.run_one_for(std::chrono::seconds{60}) == 0) FAIL() << "nothing came";
    }
    RecoveredJournal recovered(const std::string& callId) {
        return recoverJournals(folder()).value().readable.at(CallId{callId});
    }

    test::Scratch scratch_;
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> working_{io_.get_executor()};
    std::vector<std::pair<CallId, protocol::AudioFrame>> durable_;
    std::vector<std::pair<CallId, Error>> failures_;
    std::vector<std::pair<CallId, Error>> removeFailures_;
    std::unique_ptr<FileAudioJournal> journal_;
};

TEST_F(FileAudioJournalTest, AudioThatIsNotedAsTextIsNotReadAtAStartUntilMoreComes) {
    const CallId one{"call-1"};
    for (std::uint64_t i = 0; i < 3; ++i) journal_->append(one, test::frameOf(i, Speaker::Agent));
    for (const bool isFresh : {true, false}) {  // and after a restart
        if (!isFresh) reopen();
        journal_->noteText(one);
        journal_.reset();
        EXPECT_TRUE(recovered("call-1").isText);
        EXPECT_EQ(recovered("call-1").next, (protocol::ChannelPositions{3, 0}));
        std::filesystem::resize_file(folder() / "call-1" / "text", 3);  // torn
        EXPECT_FALSE(recovered("call-1").isText);
        EXPECT_EQ(recovered("call-1").next, (protocol::ChannelPositions{3, 0}));
    }
    reopen();
    journal_->noteText(one);
    journal_->append(one, test::frameOf(0, Speaker::Customer));
    journal_.reset();
    EXPECT_FALSE(recovered("call-1").isText);
    EXPECT_EQ(recovered("call-1").next, (protocol::ChannelPositions{3, 1}));
    reopen();
    journal_->noteText(one);
    journal_->append(one, test::frameOf(1, Speaker::Customer));
    journal_->noteText(one);  // of the other channel nothing came in this run
    journal_.reset();
    EXPECT_TRUE(recovered("call-1").isText);
    EXPECT_EQ(recovered("call-1").next, (protocol::ChannelPositions{3, 2}));
    EXPECT_TRUE(removeJournal(folder(), one));
    EXPECT_TRUE(recoverJournals(folder()).value().readable.empty());
}

/// Live audio waits for the thread that would read.
TEST_F(FileAudioJournalTest, NotingTextReadsNoAudio) {
    const CallId one{"call-1"};
    const auto note = folder() / "call-1" / "text";
    for (std::uint64_t i = 0; i < 3; ++i) journal_->append(one, test::frameOf(i, Speaker::Agent));
    journal_->noteText(one);
    journal_.reset();
    const std::string noted = test::readBytes(note);
    const auto found = recoverJournals(folder()).value();
    const auto audio = folder() / "call-1" / "agent.pcmj";  // whoever reads it from here on finds no frame
    test::writeBytes(audio, std::string(test::readBytes(audio).size(), 'x'));

    open();
    journal_->noteText(one);
    journal_.reset();
    EXPECT_EQ(test::readBytes(note), noted) << "it fits";

    std::filesystem::remove(note);
    open(found);
    journal_->noteText(one);
    journal_.reset();
    EXPECT_EQ(test::readBytes(note), noted) << "as it was found at the start";

    std::filesystem::remove(note);
    open();
    journal_->noteText(one);
    journal_.reset();
    EXPECT_FALSE(std::filesystem::exists(note)) << "nobody knows the positions";
}

TEST_F(FileAudioJournalTest, AfterARemovalThePositionsOfTheStartAreForgotten) {
    const CallId one{"call-1"};
    for (std::uint64_t i = 0; i < 3; ++i) journal_->append(one, test::frameOf(i, Speaker::Agent));
    reopen();
    journal_->remove(one);
    journal_->append(one, test::frameOf(0, Speaker::Customer));
    journal_->noteText(one);
    journal_.reset();
    EXPECT_TRUE(recovered("call-1").isText);
    EXPECT_EQ(recovered("call-1").next, (protocol::ChannelPositions{0, 1}));
}

TEST_F(FileAudioJournalTest, FramesAreReportedInOrderWhenTheyAreInTheFile) {
    const CallId one{"call-1"};
    const CallId two{"call-2"};
    for (std::uint64_t i = 0; i < 100; ++i) {
        journal_->append(one, test::frameOf(i, Speaker::Agent));
        journal_->append(two, test::frameOf(i, Speaker::Customer));
    }
    runUntil([&] { return durable_.size() == 200; });
    for (std::uint64_t i = 0; i < 100; ++i) {
        EXPECT_EQ(durable_[2 * i], std::pair(one, test::frameOf(i, Speaker::Agent)));
        EXPECT_EQ(durable_[2 * i + 1], std::pair(two, test::frameOf(i, Speaker::Customer)));
    }
    EXPECT_EQ(recovered("call-1").next, (protocol::ChannelPositions{100, 0}));
    EXPECT_EQ(recovered("call-2").next, (protocol::ChannelPositions{0, 100}));
    EXPECT_EQ(test::modeOf(folder()), 0700U);
    EXPECT_EQ(test::modeOf(folder() / "call-1"), 0700U);
    EXPECT_EQ(test::modeOf(folder() / "call-1" / "agent.pcmj"), 0600U);
    EXPECT_TRUE(failures_.empty());
}

TEST_F(FileAudioJournalTest, AfterACrashItGoesOnBehindTheLastWholeRecord) {
    journal_->append(CallId{"call-1"}, test::frameOf(0));
    runUntil([&] { return durable_.size() == 1; });
    journal_.reset();
    const auto file = folder() / "call-1" / "agent.pcmj";
    test::writeBytes(file, test::readBytes(file) + "3CXJ torn");
    open();
    journal_->append(CallId{"call-1"}, test::frameOf(1));
    runUntil([&] { return durable_.size() == 2; });
    EXPECT_EQ(recovered("call-1").next.agent, 2);
    EXPECT_EQ(recovered("call-1").damagedBytes, 0U);
}

TEST_F(FileAudioJournalTest, ARepeatIsNotWrittenTwice) {
    for (const std::uint64_t sequence : {0U, 1U, 1U, 0U, 2U})
        journal_->append(CallId{"call-1"}, test::frameOf(sequence));
    runUntil([&] { return durable_.size() == 3; });
    journal_.reset();
    EXPECT_EQ(durable_.back().second.sequence, 2U);
    EXPECT_EQ(test::readBytes(folder() / "call-1" / "agent.pcmj").size(), 3U * (40 + 640));
}

TEST_F(FileAudioJournalTest, RemovalComesAfterTheAppendsBeforeIt) {
    for (std::uint64_t i = 0; i < 20; ++i) journal_->append(CallId{"call-1"}, test::frameOf(i));
    journal_->remove(CallId{"call-1"});
    journal_.reset();
    EXPECT_FALSE(std::filesystem::exists(folder() / "call-1"));
    EXPECT_TRUE(recoverJournals(folder()).value().readable.empty());
    runUntil([&] { return durable_.size() == 20; });
}

TEST_F(FileAudioJournalTest, ARemovalThatFailsIsNoFailureOfTheCallsAudio) {
    const CallId refused{"../elsewhere"};
    journal_->remove(refused);
    journal_->erase(refused);
    runUntil([&] { return removeFailures_.size() + failures_.size() == 2; });
    EXPECT_TRUE(failures_.empty());
    ASSERT_EQ(removeFailures_.size(), 2U);
    EXPECT_EQ(removeFailures_[0].first, refused);
    EXPECT_EQ(removeFailures_[0].second.kind, ErrorKind::BadMessage);
}

TEST_F(FileAudioJournalTest, AnUnsafeCallIdTouchesNoFile) {
    journal_->append(CallId{"../escaped"}, test::frameOf(0));
    runUntil([&] { return !failures_.empty(); });
    EXPECT_EQ(failures_[0].second.kind, ErrorKind::BadMessage);
    EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "escaped"));
    EXPECT_TRUE(durable_.empty());
}

TEST_F(FileAudioJournalTest, AFullDiskAcknowledgesNothingAndLaterAppendsWork) {
    const CallId callId{"call-1"};
    journal_->append(callId, test::frameOf(0));
    runUntil([&] { return durable_.size() == 1; });

    struct rlimit before {};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = before;
    small.rlim_cur = 1'000;  // in the middle of the second record
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    journal_->append(callId, test::frameOf(1));
    journal_->append(callId, test::frameOf(2));
    runUntil([&] { return !failures_.empty(); });
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, previous);

    EXPECT_EQ(failures_.size(), 1U);
    EXPECT_EQ(failures_[0].first, callId);
    EXPECT_EQ(failures_[0].second.kind, ErrorKind::Io);
    EXPECT_EQ(durable_.size(), 1U);
    EXPECT_EQ(test::readBytes(folder() / "call-1" / "agent.pcmj").size(), kRecordHeaderBytes + 640U);
    journal_->append(callId, test::frameOf(1));
    journal_->append(callId, test::frameOf(2));
    runUntil([&] { return durable_.size() == 3; });
    EXPECT_EQ(recovered("call-1").next.agent, 3);
    EXPECT_EQ(recovered("call-1").damagedBytes, 0U);
    EXPECT_EQ(failures_.size(), 1U);
}

TEST_F(FileAudioJournalTest, AFolderThatCannotBeMadeIsAFailureOfTheCall) {
    test::writeBytes(folder(), "in the way");
    journal_->append(CallId{"call-1"}, test::frameOf(0));
    runUntil([&] { return !failures_.empty(); });
    EXPECT_EQ(failures_[0].second.kind, ErrorKind::Io);
    std::filesystem::remove(folder());
    journal_->append(CallId{"call-1"}, test::frameOf(0));
    runUntil([&] { return durable_.size() == 1; });
}

TEST_F(FileAudioJournalTest, MoreFilesThanMayBeOpenAtOnceAreAllWritten) {
    for (std::uint64_t round = 0; round < 2; ++round)
        for (int call = 0; call < 300; ++call)
            journal_->append(CallId{"call-" + std::to_string(call)}, test::frameOf(round));
    runUntil([&] { return durable_.size() == 600; });
    EXPECT_TRUE(failures_.empty());
    for (const auto& [callId, journal] : recoverJournals(folder()).value().readable)
        EXPECT_EQ(journal.next.agent, 2);
}

}  // namespace
}  // namespace ninja3cx::journal
