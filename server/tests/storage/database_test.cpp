#include "server/storage/database.hpp"

#include "server/storage/data_dir.hpp"
#include "server/tests/scratch.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ninja3cx::storage {
namespace {

TEST(Database, AFailedTransactionLeavesNothing) {
    test::Scratch scratch;
    auto database = openDatabase(scratch.path()).value();
    auto done = database.atomically([&]() -> Result<void> {
        auto first =
            database.run("INSERT INTO audit (at_ms, actor, action, about) VALUES (1, 'a', 'b', 'c')");
        EXPECT_TRUE(first);
        return Error{ErrorKind::Rejected, "changed my mind"};
    });
    EXPECT_FALSE(done);
    EXPECT_EQ(database.integer("SELECT count(*) FROM audit").value(), 0);
}

TEST(Database, AFullDiskIsSaidAndLeavesNothingHalfWritten) {
    test::Scratch scratch;
    auto database = openDatabase(scratch.path()).value();
    ASSERT_TRUE(database.script("PRAGMA max_page_count = 1"));  // SQLite keeps it at the present size
    const std::string large(200'000, 'x');
    auto done = database.atomically([&]() -> Result<void> {
        auto small =
            database.run("INSERT INTO audit (at_ms, actor, action, about) VALUES (1, 'a', 'b', 'c')");
        EXPECT_TRUE(small);
        auto big =
            database.run("INSERT INTO audit (at_ms, actor, action, about) VALUES (2, ?, 'b', 'c')", large);
        if (!big) return big.error();
        return {};
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::Io);
    EXPECT_NE(done.error().detail.find("the disk is full"), std::string::npos) << done.error().detail;
    EXPECT_EQ(database.integer("SELECT count(*) FROM audit").value(), 0);
    ASSERT_TRUE(database.script("PRAGMA max_page_count = 100000"));
    EXPECT_TRUE(
        database.run("INSERT INTO audit (at_ms, actor, action, about) VALUES (2, ?, 'b', 'c')", large));
}

TEST(Database, WaitsForAnotherThatWritesUntilToldNeverTo) {
    test::Scratch scratch;
    auto other = openDatabase(scratch.path()).value();
    auto database = openDatabase(scratch.path()).value();
    EXPECT_GE(database.integer("PRAGMA busy_timeout").value(), 1'000);
    database.neverWait();
    EXPECT_EQ(database.integer("PRAGMA busy_timeout").value(), 0);
    ASSERT_TRUE(other.script("BEGIN IMMEDIATE"));
    const auto written =
        database.run("INSERT INTO audit (at_ms, actor, action, about) VALUES (1, 'a', 'b', 'c')");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Busy);
}

TEST(Database, AFileThatIsNoDatabaseIsSaidToBeOne) {
    test::Scratch scratch;
    test::writeBytes(databaseFile(scratch.path()), std::string(8'192, 'z'));
    auto database = openDatabase(scratch.path());
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().kind, ErrorKind::Io);
    EXPECT_NE(database.error().detail.find("restore a backup"), std::string::npos) << database.error().detail;
}

TEST(Database, ACommandBesideARunningServerLeavesItsWriteAheadLogAlone) {
    test::Scratch scratch;
    { auto created = openDatabase(scratch.path()); }
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t command = ::fork();  // before any connection: SQLite must not be carried across a fork
    if (command == 0) {
        char go = 0;
        bool isFine = ::read(ready[0], &go, 1) == 1;
        if (isFine) {
            auto database = openDatabase(scratch.path());
            isFine = database && database->integer("SELECT count(*) FROM audit").value() == 1;
        }
        ::_exit(isFine ? 0 : 1);
    }
    auto writer = openDatabase(scratch.path()).value();
    auto reader = openDatabase(scratch.path()).value();
    ASSERT_TRUE(writer.run("INSERT INTO audit (at_ms, actor, action, about) VALUES (1, 'a', 'b', 'c')"));
    const auto log = scratch.path() / "ninja.db-wal";
    struct stat before {};
    ASSERT_EQ(::stat(log.c_str(), &before), 0);
    ASSERT_EQ(::write(ready[1], "g", 1), 1);
    int status = -1;
    ASSERT_EQ(::waitpid(command, &status, 0), command);
    EXPECT_EQ(status, 0);
    struct stat after {};
    ASSERT_EQ(::stat(log.c_str(), &after), 0) << "the log was deleted under the server";
    EXPECT_EQ(after.st_ino, before.st_ino);
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST(Database, TextWithZeroBytesAndQuotesComesBackAsItWas) {
    test::Scratch scratch;
    auto database = openDatabase(scratch.path()).value();
    const std::string text{"l'été \"\0; DROP TABLE calls", 27};
    ASSERT_TRUE(database.run("INSERT INTO audit (at_ms, actor, action, about) VALUES (1, ?, '', '')", text));
    EXPECT_EQ(database.text("SELECT actor FROM audit").value(), text);
}

}  // namespace
}  // namespace ninja3cx::storage
