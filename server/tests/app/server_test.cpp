#include "server/app/server.hpp"

#include "server/app/findings.hpp"
#include "server/journal/journal_files.hpp"
#include "server/journal/journal_record.hpp"
#include "server/storage/sqlite_store.hpp"
#include "server/tests/scratch.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>

namespace ninja3cx::app {
namespace {

class ServerTest : public testing::Test {
protected:
    void SetUp() override {
        setting_.settings = config::loadSettings({})->settings;
        setting_.settings.server.port = 0;
        setting_.dataDir = scratch_.path() / "data";
        setting_.version = "1.2.3";
    }
    void storeCall(const CallId& callId, protocol::CallStage stage = protocol::CallStage::Transcribing) {
        protocol::Call call;
        call.callId = callId;
        call.extension = Extension{"201"};
        call.state = protocol::CallState::Ended;
        call.stage = stage;
        boost::asio::io_context io;
        auto store = storage::SqliteStore::open(setting_.dataDir, io.get_executor()).value();
        store->commit({calls::SaveCall{call, ""}}, [](const Result<void>&) {});
    }
    /// Starts it up to the point where it would serve.
    void start() {
        auto lock = storage::DataDirLock::take(setting_.dataDir);
        ASSERT_TRUE(lock) << lock.error().detail;
        Server server{
            setting_, *lock, Speech{},
            std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_))};
    }

    test::Scratch scratch_;
    Setting setting_;
    std::ostringstream log_;
};

TEST_F(ServerTest, AJournalThatCannotBeReadStopsNobodyAndIsSetAside) {
    storeCall(CallId{"call-1"});
    const auto folder = setting_.dataDir / "journal";
    std::filesystem::create_directory(folder);
    test::writeBytes(folder / "call-1", "a file where the folder should be");
    test::writeBytes(folder / "call-2", "of a call that is not known");
    ASSERT_NO_THROW(start());
    EXPECT_NE(log_.str().find((folder / "call-1").string()), std::string::npos) << log_.str();
    const auto damaged = journal::damagedFolder(folder);
    EXPECT_EQ(damaged, setting_.dataDir / "journal-damaged");
    EXPECT_EQ(test::modeOf(damaged), 0700U);
    EXPECT_EQ(test::readBytes(damaged / "call-1"), "a file where the folder should be");
    EXPECT_TRUE(std::filesystem::is_empty(folder));
    EXPECT_EQ(test::readBytes(journal::unknownFolder(folder) / "call-2"), "of a call that is not known");
}

/// As after the restore of a backup that is older than the call.
TEST_F(ServerTest, TheAudioOfACallThatTheDatabaseDoesNotKnowIsKeptAndNamed) {
    storeCall(CallId{"call-known"}, protocol::CallStage::Closed);
    const auto folder = setting_.dataDir / "journal";
    const auto put = [&](const std::string& callId) {
        std::filesystem::create_directories(folder / callId);
        protocol::AudioFrame frame;
        frame.samples.resize(1'600);
        const auto record = journal::encodeRecord(frame);
        test::writeBytes(folder / callId / "agent.pcmj", {record.begin(), record.end()});
    };
    put("call-known");
    put("call-since");
    ASSERT_NO_THROW(start());
    const auto aside = journal::unknownFolder(folder) / "call-since";
    EXPECT_NE(log_.str().find(aside.string()), std::string::npos) << log_.str();
    EXPECT_TRUE(std::filesystem::exists(aside / "agent.pcmj"));
    EXPECT_FALSE(std::filesystem::exists(folder / "call-since"));
    EXPECT_FALSE(std::filesystem::exists(journal::unknownFolder(folder) / "call-known"));

    storeCall(CallId{"call-since"});  // the right database has come back
    ASSERT_NO_THROW(start());
    EXPECT_TRUE(std::filesystem::exists(folder / "call-since" / "agent.pcmj"));
    EXPECT_FALSE(std::filesystem::exists(aside));
}

/// whisper.afterCall is off by now, so nobody keeps it.
TEST_F(ServerTest, KeptAudioThatIsTextIsHandedOnWithoutBeingRead) {
    const CallId callId{"call-1"};
    storeCall(callId, protocol::CallStage::Closed);
    const auto folder = setting_.dataDir / "journal";
    std::filesystem::create_directories(folder / "call-1");
    test::writeBytes(folder / "call-1" / "agent.pcmj", "whoever reads it finds no frame");
    ASSERT_TRUE(journal::noteText(folder, callId, {3, 0}));
    ASSERT_NO_THROW(start());
    EXPECT_EQ(log_.str().find("taking up"), std::string::npos) << log_.str();
    EXPECT_FALSE(std::filesystem::exists(folder / "call-1"));
}

TEST_F(ServerTest, ANoteBesideTheAudioOfACallThatGoesOnIsNotBelieved) {
    const auto folder = setting_.dataDir / "journal";
    protocol::AudioFrame frame;
    frame.samples.resize(1'600);
    const auto record = journal::encodeRecord(frame);
    for (const auto stage : {protocol::CallStage::Live, protocol::CallStage::Transcribing}) {
        const CallId callId{"call-" + std::to_string(static_cast<int>(stage))};
        storeCall(callId, stage);
        std::filesystem::create_directories(folder / callId.value());
        test::writeBytes(folder / callId.value() / "agent.pcmj",
                         "damage" + std::string{record.begin(), record.end()});
        ASSERT_TRUE(journal::noteText(folder, callId, {900, 0}));
        ASSERT_NO_THROW(start());
        EXPECT_NE(log_.str().find("journal of " + callId.value() + ": 6 bytes are damaged"),
                  std::string::npos)
            << "its audio was not read: " << log_.str();
    }
}

/// As after kill -9, and a disk that lost a byte since.
TEST_F(ServerTest, ALogThatIsDamagedInItsMiddleStopsNobodyAndIsNamed) {
    const auto log = setting_.dataDir / "ninja.db-wal";
    std::string bytes;
    std::string logged;
    {
        auto database = storage::openDatabase(setting_.dataDir).value();
        for (int line = 0; line < 4; ++line)
            ASSERT_TRUE(database.run("INSERT INTO compaction_due VALUES (?)", line));
        bytes = test::readBytes(storage::databaseFile(setting_.dataDir));
        logged = test::readBytes(log);
    }
    const std::size_t offset = logged.size() - 3 * (4'096 + 24);
    logged[offset + 1'000] = static_cast<char>(logged[offset + 1'000] ^ 1);
    test::writeBytes(storage::databaseFile(setting_.dataDir), bytes);
    test::writeBytes(log, logged);
    ASSERT_NO_THROW(start());
    const std::string said = "damaged at byte " + std::to_string(offset);
    const std::string file = log.string() + ".damaged-1";
    EXPECT_NE(log_.str().find(said), std::string::npos) << log_.str();
    EXPECT_NE(log_.str().find(file), std::string::npos) << log_.str();
    Findings findings;
    checkData(setting_, findings);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].verdict, Verdict::Warning);
    EXPECT_NE(findings[0].detail.find(said), std::string::npos) << findings[0].detail;
}

}  // namespace
}  // namespace ninja3cx::app
