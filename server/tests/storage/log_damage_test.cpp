#include "server/storage/log_damage.hpp"

#include "server/storage/api_keys.hpp"
#include "server/storage/backup.hpp"
#include "server/tests/scratch.hpp"

#include <sstream>

namespace ninja3cx::storage {
namespace {

constexpr std::size_t kFrameBytes = kFrameHeadBytes + 4'096;

std::optional<std::uint64_t> damageIn(const std::string& log) {
    std::istringstream in{log};
    return findDamage(in);
}

bool isCommit(const std::string& log, std::size_t frame) {
    return log.substr(kLogHeadBytes + frame * kFrameBytes + 4, 4) != std::string(4, '\0');
}

class LogDamageTest : public testing::Test {
protected:
    LogDamageTest() { EXPECT_TRUE(database_->script("CREATE TABLE notes (text TEXT)")); }
    void write(int lines) {
        for (int line = 0; line < lines; ++line)
            ASSERT_TRUE(database_->run("INSERT INTO notes VALUES (?)", std::string_view{"x"}));
    }
    std::string log() const { return test::readBytes(logFile()); }
    std::filesystem::path logFile() const { return dataDir() / "ninja.db-wal"; }
    std::filesystem::path dataDir() const { return scratch_.path() / "data"; }
    /// Ends as after kill -9, with another log.
    void endWith(const std::string& log) {
        const auto bytes = test::readBytes(databaseFile(dataDir()));
        database_.reset();
        test::writeBytes(databaseFile(dataDir()), bytes);
        test::writeBytes(logFile(), log);
    }
    std::int64_t notesAfterOpening() const {
        auto again = openDatabase(dataDir());
        EXPECT_TRUE(again) << again.error().detail;
        return again->integer("SELECT count(*) FROM notes").value().value_or(-1);
    }
    /// In the middle of a page.
    static std::string flipped(std::string log, std::size_t frame) {
        char& byte = log.at(kLogHeadBytes + frame * kFrameBytes + 2'000);
        byte = static_cast<char>(byte ^ 1);
        return log;
    }

    test::Scratch scratch_;
    std::optional<Database> database_ = openDatabase(dataDir()).value();
};

TEST_F(LogDamageTest, AByteInTheMiddleIsFoundAndTheLogIsKeptAside) {
    write(10);
    const std::string whole = log();
    const std::size_t frames = (whole.size() - kLogHeadBytes) / kFrameBytes;
    ASSERT_GT(frames, 10U);
    EXPECT_EQ(damageIn(whole), std::nullopt);
    const std::string damaged = flipped(whole, frames / 2);
    const std::uint64_t offset = kLogHeadBytes + frames / 2 * kFrameBytes;
    endWith(damaged);
    EXPECT_TRUE(damagedLogs(dataDir()).empty());
    EXPECT_LT(notesAfterOpening(), 10);
    const auto kept = damagedLogs(dataDir());
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].file, dataDir() / "ninja.db-wal.damaged-1");
    EXPECT_EQ(kept[0].offset, offset);
    EXPECT_EQ(test::readBytes(kept[0].file), damaged);
    EXPECT_EQ(test::modeOf(kept[0].file), 0600U);
    for (const std::string& word : {kept[0].file.string(), "byte " + std::to_string(offset)})
        EXPECT_NE(describe(kept[0]).find(word), std::string::npos) << describe(kept[0]);
    test::writeBytes(logFile(), damaged);  // as if the first opening had been killed
    notesAfterOpening();
    EXPECT_EQ(damagedLogs(dataDir()).size(), 1U);
}

TEST_F(LogDamageTest, EachByteOfAFrameCounts) {
    write(4);
    const std::string whole = log();
    const std::size_t frames = (whole.size() - kLogHeadBytes) / kFrameBytes;
    const std::size_t at = kLogHeadBytes + (frames - 3) * kFrameBytes;
    ASSERT_TRUE(isCommit(whole, frames - 2));
    ASSERT_TRUE(isCommit(whole, frames - 3));
    for (std::size_t byte = 0; byte < kFrameBytes; ++byte) {
        std::string damaged = whole;
        damaged[at + byte] = static_cast<char>(damaged[at + byte] ^ 0x10);
        EXPECT_EQ(damageIn(damaged), at) << byte;
    }
}

TEST_F(LogDamageTest, ATornTailIsNone) {
    write(3);
    const std::string whole = log();
    const std::size_t frames = (whole.size() - kLogHeadBytes) / kFrameBytes;
    for (std::size_t bytes = 0; bytes < whole.size(); bytes += 61)
        EXPECT_EQ(damageIn(whole.substr(0, bytes)), std::nullopt) << bytes;
    // Of the last transaction any page may be missing: it was not on disk yet when the power went.
    for (std::size_t frame = frames; frame-- > 0;) {
        EXPECT_EQ(damageIn(flipped(whole, frame)), std::nullopt) << frame;
        if (frame + 1 < frames && isCommit(whole, frame)) break;
        if (frame > 0 && isCommit(whole, frame - 1)) break;
    }
    endWith(whole.substr(0, whole.size() - 100));
    EXPECT_EQ(notesAfterOpening(), 2);
    EXPECT_TRUE(damagedLogs(dataDir()).empty());
    EXPECT_FALSE(std::filesystem::exists(dataDir() / "ninja.db-wal.damaged-1"));
}

TEST_F(LogDamageTest, PagesOfAnEarlierUseBehindTheEndAreNone) {
    write(10);
    const auto size = log().size();
    ASSERT_TRUE(database_->script("PRAGMA wal_checkpoint(RESTART)"));
    write(2);
    const std::string reused = log();
    ASSERT_EQ(reused.size(), size) << "the old pages are still behind";
    EXPECT_EQ(damageIn(reused), std::nullopt);
    endWith(reused);
    EXPECT_EQ(notesAfterOpening(), 12);
    EXPECT_TRUE(damagedLogs(dataDir()).empty());
}

/// A transaction that outgrows the memory writes its pages again and again, with checksums that come last.
TEST_F(LogDamageTest, ATransactionThatWasCutShortIsNone) {
    write(2);
    ASSERT_TRUE(
        database_->script("PRAGMA cache_size = 5; BEGIN;"
                          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                          " INSERT INTO notes SELECT hex(randomblob(900)) FROM n;"
                          "UPDATE notes SET text = upper(text) || 'x'; UPDATE notes SET text = text || 'y'"));
    const std::string cut = log();
    ASSERT_GT(cut.size(), 100 * kFrameBytes);
    EXPECT_EQ(damageIn(cut), std::nullopt);
    ASSERT_TRUE(database_->script("ROLLBACK"));
    write(2);
    EXPECT_EQ(damageIn(log()), std::nullopt) << "behind the end lies what was taken back";
    endWith(log());
    EXPECT_EQ(notesAfterOpening(), 4);
    EXPECT_TRUE(damagedLogs(dataDir()).empty());
}

TEST_F(LogDamageTest, AServersOwnLogIsLeftAlone) {
    write(10);
    test::writeBytes(logFile(), flipped(log(), 4));  // under its hands: only to have something to find
    const auto lock = DataDirLock::take(dataDir());
    EXPECT_TRUE(openDatabase(dataDir()));
    EXPECT_TRUE(damagedLogs(dataDir()).empty());
}

TEST_F(LogDamageTest, ADatabaseThatLostItsEndDoesNotVouchForAKeyAtARestore) {
    ApiKey key;
    key.keyId = "key-1";
    key.hash = "hash";
    key.role = "agent";
    ASSERT_TRUE(ApiKeys{*database_}.add(key));
    ASSERT_TRUE(backupTo(dataDir(), scratch_.path() / "backup.db"));
    write(2);
    const std::size_t frames = (log().size() - kLogHeadBytes) / kFrameBytes;
    ASSERT_TRUE(ApiKeys{*database_}.revoke("key-1", 7'000));
    write(1);
    const std::string damaged = flipped(log(), frames);
    ASSERT_TRUE(damageIn(damaged));
    endWith(damaged);
    const auto restored = restoreFrom(scratch_.path() / "backup.db", dataDir());
    ASSERT_TRUE(restored) << restored.error().detail;
    ASSERT_EQ(restored->keysInDoubt.size(), 1U);
    EXPECT_FALSE(restored->isTrailKept);
    EXPECT_EQ(test::readBytes(restored->kept.string() + "-wal"), damaged);
}

}  // namespace
}  // namespace ninja3cx::storage
