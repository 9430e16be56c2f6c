#include "server/storage/data_dir.hpp"

#include "server/storage/migrations.hpp"
#include "server/tests/scratch.hpp"

#include <sys/wait.h>
#include <unistd.h>

namespace ninja3cx::storage {
namespace {

TEST(DataDir, DirectoryAndFilesBelongToThisAccountAlone) {
    test::Scratch scratch;
    const auto dataDir = scratch.path() / "deep" / "data";
    auto database = openDatabase(dataDir);
    ASSERT_TRUE(database) << database.error().detail;
    EXPECT_EQ(test::modeOf(dataDir), 0700U);
    for (const auto& entry : std::filesystem::directory_iterator{dataDir})
        EXPECT_EQ(test::modeOf(entry.path()), 0600U) << entry.path();
    EXPECT_TRUE(std::filesystem::exists(dataDir / "ninja.db-wal"));
}

TEST(DataDir, ANewDatabaseIsInItsFileAtOnceAndNoted) {
    test::Scratch scratch;
    const auto mark = scratch.path() / "ninja.db.here";
    EXPECT_FALSE(hadDatabase(scratch.path()));
    auto database = openDatabase(scratch.path());
    ASSERT_TRUE(database) << database.error().detail;
    EXPECT_EQ(test::modeOf(mark), 0600U);
    std::filesystem::copy_file(databaseFile(scratch.path()), scratch.path() / "alone.db");
    auto alone = Database::open(scratch.path() / "alone.db", Database::Access::ReadWrite).value();
    EXPECT_EQ(schemaVersion(alone).value(), newestSchemaVersion()) << "the log is not needed";
}

TEST(DataDir, AnOldOneIsNotedAtTheNextOpening) {
    test::Scratch scratch;
    { auto made = openDatabase(scratch.path()); }
    std::filesystem::remove(scratch.path() / "ninja.db.here");
    { auto again = openDatabase(scratch.path()); }
    EXPECT_TRUE(hadDatabase(scratch.path()));
}

TEST(DataDir, ALogWhosePagesNeverReachedTheDiskIsNoDamage) {
    test::Scratch scratch;
    { auto made = openDatabase(scratch.path()); }
    test::writeBytes(scratch.path() / "ninja.db-wal", std::string(4'152, '\0'));
    EXPECT_TRUE(openDatabase(scratch.path()));
}

TEST(DataDir, AnEmptyDirectoryIsMadePrivateAndAFullOneIsLeftAlone) {
    test::Scratch scratch;
    const auto empty = scratch.path() / "empty";
    const auto full = scratch.path() / "full";
    std::filesystem::create_directory(empty);
    std::filesystem::create_directory(full);
    ::chmod(empty.c_str(), 0755);
    ::chmod(full.c_str(), 0755);
    test::writeBytes(full / "letter.txt", "mine");
    ASSERT_TRUE(prepareDataDir(empty));
    ASSERT_TRUE(prepareDataDir(full));
    EXPECT_EQ(test::modeOf(empty), 0700U);
    EXPECT_EQ(test::modeOf(full), 0755U);
}

TEST(DataDir, AFileInItsPlaceIsNamed) {
    test::Scratch scratch;
    test::writeBytes(scratch.path() / "data", "");
    auto database = openDatabase(scratch.path() / "data");
    ASSERT_FALSE(database);
    EXPECT_NE(database.error().detail.find("is no directory"), std::string::npos) << database.error().detail;
}

TEST(DataDir, ASecondProcessIsRefusedUntilTheFirstEnds) {
    test::Scratch scratch;
    int ready[2];
    int release[2];
    ASSERT_EQ(::pipe(ready), 0);
    ASSERT_EQ(::pipe(release), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto lock = DataDirLock::take(scratch.path());
        char byte = lock ? 'y' : 'n';
        (void)!::write(ready[1], &byte, 1);
        (void)!::read(release[0], &byte, 1);
        ::_exit(0);  // no destructor: as after kill -9
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    ASSERT_EQ(byte, 'y');
    auto refused = DataDirLock::take(scratch.path());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_NE(refused.error().detail.find("process " + std::to_string(child)), std::string::npos);
    ASSERT_EQ(::write(release[1], &byte, 1), 1);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_TRUE(DataDirLock::take(scratch.path()));
}

}  // namespace
}  // namespace ninja3cx::storage
