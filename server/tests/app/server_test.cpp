#include "server/app/server.hpp"

#include "server/journal/journal_files.hpp"
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
    void storeCall(const CallId& callId) {
        protocol::Call call;
        call.callId = callId;
        call.extension = Extension{"201"};
        call.state = protocol::CallState::Ended;
        call.stage = protocol::CallStage::Transcribing;
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
}

}  // namespace
}  // namespace ninja3cx::app
