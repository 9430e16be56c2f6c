#include "server/storage/backup.hpp"

#include "server/storage/migrations.hpp"
#include "server/tests/storage/samples.hpp"
#include "shared/core/clock.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <map>

namespace ninja3cx::storage {
namespace {

class Backup : public test::StoreFixture {
protected:
    Backup() { EXPECT_TRUE(commit({calls::SaveCall{test::endedCall("call-1"), ""}})); }
    std::filesystem::path file() const { return scratch_.path() / "backup.db"; }
};

TEST_F(Backup, ABackupMadeWhileServingComesBack) {
    auto made = backupTo(dataDir(), file());
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(test::modeOf(file()), 0600U);
    EXPECT_FALSE(std::filesystem::exists(file().string() + "-wal"));
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-2"), ""}}));
    store_.reset();
    auto kept = restoreFrom(file(), dataDir());
    ASSERT_TRUE(kept) << kept.error().detail;
    EXPECT_TRUE(kept->isTrailKept);
    EXPECT_TRUE(std::filesystem::exists(kept->kept));
    EXPECT_EQ(test::modeOf(kept->kept), 0600U);
    EXPECT_EQ(test::modeOf(databaseFile(dataDir())), 0600U);
    open();
    EXPECT_EQ(history({}).value().total, 1);
    EXPECT_TRUE(detail("call-1"));
    auto replaced = Database::open(kept->kept, Database::Access::ReadWrite);
    ASSERT_TRUE(replaced);
    EXPECT_EQ(replaced->integer("SELECT count(*) FROM calls").value(), 2);
}

/// Between the backup and its return the ticket may have been created: nothing is sent again unseen.
TEST_F(Backup, TicketsThatWereOnTheirWayComeBackAsUnclear) {
    const auto outbox = [&](const std::string& callId, protocol::DeliveryState state) {
        calls::OutboxEntry entry = test::outboxOf(callId, state);
        entry.step = R"({"phase":"queued"})";
        return entry;
    };
    const auto created = outbox("call-3", protocol::DeliveryState::Created);  // lacks its note
    auto noteRefused = outbox("call-4", protocol::DeliveryState::Rejected);
    noteRefused.delivery.ticketId = TicketId{1042};
    auto mended = outbox("call-5", protocol::DeliveryState::Rejected);
    mended.amended = calls::Amendment{};
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-2"), ""},
                        calls::SaveCall{test::endedCall("call-3"), ""},
                        calls::SaveCall{test::endedCall("call-4"), ""}, calls::SaveOutbox{noteRefused},
                        calls::SaveCall{test::endedCall("call-5"), ""}, calls::SaveOutbox{mended},
                        calls::SaveOutbox{outbox("call-1", protocol::DeliveryState::Queued)},
                        calls::SaveOutbox{outbox("call-2", protocol::DeliveryState::Rejected)},
                        calls::SaveOutbox{created}}));
    ASSERT_TRUE(backupTo(dataDir(), file()));
    store_.reset();
    ASSERT_TRUE(restoreFrom(file(), dataDir()));
    open();
    const auto work = store_->loadOpenWork({});
    ASSERT_TRUE(work) << work.error().detail;
    ASSERT_EQ(work->outbox.size(), 5U);
    for (const calls::OutboxEntry& entry : work->outbox) {
        if (entry.callId == created.callId) {
            EXPECT_EQ(entry, created);
            continue;
        }
        // What was refused is the technician's to mend: it shows what the draft says now, not what was sent.
        const bool isRefused = entry.callId == CallId{"call-2"};
        EXPECT_EQ(entry.delivery.state,
                  isRefused ? protocol::DeliveryState::Rejected : protocol::DeliveryState::Unknown);
        EXPECT_EQ(entry.step, "");
        EXPECT_EQ(entry.description, "Résumé");
    }
}

/// A draft that was still open then may have become a ticket since.
TEST_F(Backup, OpenWorkSaysUntilWhenCallsMayHaveATicketThatIsNotKnown) {
    ASSERT_TRUE(commit({calls::SaveDraft{test::draftOf("call-1", protocol::DraftState::Counting)}}));
    ASSERT_TRUE(backupTo(dataDir(), file()));
    EXPECT_FALSE(store_->loadOpenWork({}).value().restoredAtMs);
    ManualClock clock;
    for (int times = 0; times < 2; ++times) {
        clock.advance(std::chrono::hours{1});
        store_.reset();
        ASSERT_TRUE(restoreFrom(file(), dataDir(), {}, clock));
        open();
        const auto work = store_->loadOpenWork({});
        ASSERT_TRUE(work) << work.error().detail;
        ASSERT_EQ(work->drafts.size(), 1U);
        EXPECT_EQ(work->drafts[0].delivery.state, protocol::DeliveryState::None);
        EXPECT_EQ(work->restoredAtMs, toEpochMs(clock.now())) << "only the newest restore counts";
    }
}

TEST_F(Backup, ADraftOfACallDatedAheadIsInDoubtByItselfAndNotTheCallsOfTheNextYear) {
    ManualClock clock;
    const std::int64_t ahead =
        toEpochMs(clock.now() + std::chrono::days{365});  // that day the clock was wrong
    auto sent = test::draftOf("call-3", protocol::DraftState::Confirmed);
    sent.delivery.state = protocol::DeliveryState::Queued;
    ASSERT_TRUE(commit({calls::SaveCall{test::endedCall("call-2", ahead), ""},
                        calls::SaveCall{test::endedCall("call-3", ahead), ""},
                        calls::SaveDraft{test::draftOf("call-2", protocol::DraftState::Counting)},
                        calls::SaveDraft{sent}}));
    ASSERT_TRUE(backupTo(dataDir(), file()));
    store_.reset();
    ASSERT_TRUE(restoreFrom(file(), dataDir(), {}, clock));
    open();
    const auto work = store_->loadOpenWork({});
    ASSERT_TRUE(work) << work.error().detail;
    EXPECT_EQ(work->restoredAtMs, toEpochMs(clock.now()));
    ASSERT_EQ(work->drafts.size(), 2U);
    EXPECT_EQ(work->drafts[0].state, protocol::DraftState::Counting);
    EXPECT_EQ(work->drafts[0].delivery.state, protocol::DeliveryState::Unknown);
    EXPECT_EQ(work->drafts[1], sent) << "its entry says so";
}

TEST_F(Backup, ARestoreDoesNotUndoTheAuditTrail) {
    ASSERT_TRUE(commit({calls::AuditEntry{1'000, "agent:201", "draft.confirm", "draft-1"}}));
    ASSERT_TRUE(backupTo(dataDir(), file()));
    ASSERT_TRUE(commit({calls::AuditEntry{2'000, "supervisor:key-1", "call.read", "call-1"}}));
    store_.reset();
    ASSERT_TRUE(restoreFrom(file(), dataDir()));
    open();
    const auto lines = answerOf<AuditPage>([&](auto done) { store_->audit({}, done); }).value().lines;
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].action, "call.read");
    EXPECT_EQ(lines[1].action, "draft.confirm");
}

class BackupOfKeys : public Backup {
protected:
    ApiKey key(const std::string& id) const {
        ApiKey made;
        made.keyId = id;
        made.hash = "hash of " + id;
        made.role = "agent";
        made.label = "PC of " + id;
        made.createdAtMs = 1'000;
        return made;
    }
    void change(const std::function<Result<void>(ApiKeys&)>& work) {
        auto database = openDatabase(dataDir());
        ASSERT_TRUE(database);
        ApiKeys keys{*database};
        ASSERT_TRUE(work(keys));
    }
    std::vector<std::string> working() {
        auto database = openDatabase(dataDir()).value();
        std::vector<std::string> ids;
        const auto keys = ApiKeys{database}.list().value();
        for (const ApiKey& one : keys)
            if (!one.revokedAtMs) ids.push_back(one.keyId);
        return ids;
    }
    static std::vector<std::string> idsOf(const std::vector<ApiKey>& keys) {
        std::vector<std::string> ids;
        for (const ApiKey& one : keys) ids.push_back(one.keyId);
        return ids;
    }
    using Ids = std::vector<std::string>;
};

TEST_F(BackupOfKeys, AKeyThatWasRevokedSinceTheBackupStaysRevokedAfterItsRestore) {
    for (const char* id : {"key-good", "key-lost"}) change([&](ApiKeys& keys) { return keys.add(key(id)); });
    ASSERT_TRUE(backupTo(dataDir(), file()));
    change([&](ApiKeys& keys) { return keys.add(key("key-late")); });
    for (const char* id : {"key-lost", "key-late"})
        change([&](ApiKeys& keys) { return keys.revoke(id, 7'000); });
    store_.reset();
    const auto restored = restoreFrom(file(), dataDir());
    ASSERT_TRUE(restored) << restored.error().detail;
    EXPECT_EQ(restored->keysKeptRevoked, (Ids{"key-late", "key-lost"}));
    EXPECT_TRUE(restored->keysInDoubt.empty());
    EXPECT_EQ(working(), Ids{"key-good"});
    auto database = openDatabase(dataDir()).value();
    const auto late = ApiKeys{database}.findByHash("hash of key-late").value();
    ASSERT_TRUE(late) << "carried over, so that a second restore knows it too";
    EXPECT_EQ(late->revokedAtMs, 7'000);
    EXPECT_EQ(ApiKeys{database}.findByHash("hash of key-lost").value()->revokedAtMs, 7'000);
}

TEST_F(BackupOfKeys, WithoutADatabaseThatKnowsThemTheKeysThatWorkAreNamed) {
    for (const char* id : {"key-good", "key-old"}) change([&](ApiKeys& keys) { return keys.add(key(id)); });
    change([&](ApiKeys& keys) { return keys.revoke("key-old", 6'000); });
    change([&](ApiKeys& keys) { return keys.touch("key-good", 9'000); });
    ASSERT_TRUE(backupTo(dataDir(), file()));
    change([&](ApiKeys& keys) { return keys.revoke("key-good", 9'500); });
    store_.reset();
    const auto fresh = scratch_.path() / "fresh";
    const auto moved = restoreFrom(file(), fresh);
    ASSERT_TRUE(moved) << moved.error().detail;
    EXPECT_EQ(idsOf(moved->keysInDoubt), Ids{"key-good"});
    EXPECT_EQ(moved->keysInDoubt.front().label, "PC of key-good");
    EXPECT_EQ(moved->newestMs, 9'000);
    test::writeBytes(databaseFile(dataDir()), "damaged beyond repair");
    const auto restored = restoreFrom(file(), dataDir());
    ASSERT_TRUE(restored) << restored.error().detail;
    EXPECT_EQ(idsOf(restored->keysInDoubt), Ids{"key-good"});
    EXPECT_TRUE(restored->keysKeptRevoked.empty());
}

TEST_F(BackupOfKeys, ADatabaseThatNeverKnewAKeyDoesNotVouchForIt) {
    ASSERT_TRUE(backupTo(dataDir(), scratch_.path() / "before.db"));
    change([&](ApiKeys& keys) { return keys.add(key("key-good")); });
    ASSERT_TRUE(backupTo(dataDir(), file()));
    store_.reset();
    ASSERT_TRUE(restoreFrom(scratch_.path() / "before.db", dataDir()));
    const auto restored = restoreFrom(file(), dataDir());
    ASSERT_TRUE(restored) << restored.error().detail;
    EXPECT_EQ(idsOf(restored->keysInDoubt), Ids{"key-good"});
}

TEST_F(Backup, OfADamagedDatabaseThereIsNone) {
    store_.reset();
    std::string bytes = test::readBytes(databaseFile(dataDir()));
    // Not the first pages: what is needed to open the database is whole.
    for (std::size_t at = 4'096 * 3; at < 4'096 * 6; ++at) bytes[at] = static_cast<char>(at * 31);
    test::writeBytes(databaseFile(dataDir()), bytes);
    const auto made = backupTo(dataDir(), file());
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().detail.find("no backup is made of " + databaseFile(dataDir()).string()),
              std::string::npos)
        << made.error().detail;
    EXPECT_NE(made.error().detail.find("is damaged"), std::string::npos) << made.error().detail;
    EXPECT_FALSE(std::filesystem::exists(file()));
    test::writeBytes(file(), "the good one of yesterday");
    EXPECT_FALSE(backupTo(dataDir(), file()));
    EXPECT_EQ(test::readBytes(file()), "the good one of yesterday");
}

TEST_F(Backup, FromAnotherConnectionItIsConsistentToo) {
    ASSERT_TRUE(backupTo(dataDir(), file()));
    auto copy = Database::open(file(), Database::Access::ReadOnly);
    ASSERT_TRUE(copy);
    EXPECT_TRUE(checkDatabase(*copy));
    EXPECT_EQ(copy->integer("SELECT count(*) FROM calls").value(), 1);
}

TEST_F(Backup, NothingIsOverwritten) {
    test::writeBytes(file(), "my thesis");
    auto made = backupTo(dataDir(), file());
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(test::readBytes(file()), "my thesis");
}

TEST_F(Backup, OfADirectoryWithoutADatabaseIsRefused) {
    EXPECT_EQ(backupTo(scratch_.path() / "nowhere", file()).error().kind, ErrorKind::NotFound);
    EXPECT_FALSE(std::filesystem::exists(file()));
    EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "nowhere"));
}

TEST_F(Backup, RestoreIsRefusedWhileAServerRuns) {
    ASSERT_TRUE(backupTo(dataDir(), file()));
    EXPECT_EQ(restoreFrom(file(), dataDir()).error().kind, ErrorKind::Conflict);
}

TEST_F(Backup, AFileThatIsNoBackupChangesNothing) {
    store_.reset();
    const auto isRefused = [&] {
        auto restored = restoreFrom(file(), dataDir());
        return !restored && replacedDatabases(dataDir()).empty() &&
               !std::filesystem::exists(dataDir() / "ninja.db.restoring");
    };
    EXPECT_TRUE(isRefused());  // no file at all
    test::writeBytes(file(), "");
    EXPECT_TRUE(isRefused());
    test::writeBytes(file(), std::string(8'192, 'z'));
    EXPECT_TRUE(isRefused());
    std::filesystem::remove(file());
    {
        auto other = Database::open(file(), Database::Access::ReadWrite).value();
        ASSERT_TRUE(other.script("CREATE TABLE songs (name TEXT)"));
    }
    EXPECT_TRUE(isRefused());
    std::filesystem::remove(file());
    ASSERT_TRUE(backupTo(dataDir(), file()));
    {
        auto newer = Database::open(file(), Database::Access::ReadWrite).value();
        ASSERT_TRUE(newer.run("INSERT INTO schema_version VALUES (?, '')", newestSchemaVersion() + 1));
    }
    EXPECT_TRUE(isRefused());
    std::filesystem::remove(file());
    ASSERT_TRUE(backupTo(dataDir(), file()));
    std::string bytes = test::readBytes(file());
    for (std::size_t at = 4'096 * 3; at < 4'096 * 6; ++at) bytes[at] = static_cast<char>(at * 31);
    test::writeBytes(file(), bytes);
    EXPECT_TRUE(isRefused());
    open();
    EXPECT_EQ(history({}).value().total, 1);
}

TEST_F(Backup, ADamagedDatabaseCanBeReplaced) {
    ASSERT_TRUE(backupTo(dataDir(), file()));
    store_.reset();
    test::writeBytes(databaseFile(dataDir()), "damaged beyond repair");
    ASSERT_FALSE(SqliteStore::open(dataDir(), io_.get_executor()));
    auto kept = restoreFrom(file(), dataDir());
    ASSERT_TRUE(kept) << kept.error().detail;
    EXPECT_EQ(test::readBytes(kept->kept), "damaged beyond repair");
    EXPECT_FALSE(kept->isTrailKept);
    open();
    EXPECT_EQ(history({}).value().total, 1);
}

/// What a killed server leaves: all that was committed lately is in the log.
class LostDatabase : public Backup {
protected:
    std::filesystem::path log() const { return databaseFile(dataDir()).string() + "-wal"; }
    std::filesystem::path mark() const { return dataDir() / "ninja.db.here"; }
    void killServer() {
        const auto bytes = test::readBytes(databaseFile(dataDir()));
        const auto logged = test::readBytes(log());
        ASSERT_FALSE(logged.empty());
        store_.reset();
        test::writeBytes(databaseFile(dataDir()), bytes);
        test::writeBytes(log(), logged);
    }
    void expectRefused(const std::string& says) {
        const auto before = filesHere();
        for (int times = 0; times < 2; ++times) {
            const auto store = SqliteStore::open(dataDir(), io_.get_executor());
            ASSERT_FALSE(store);
            EXPECT_EQ(store.error().kind, ErrorKind::NotFound);
            for (const std::string& word : {says, std::string{"restore FILE"}})
                EXPECT_NE(store.error().detail.find(word), std::string::npos) << store.error().detail;
            const auto made = backupTo(dataDir(), scratch_.path() / "late.db");
            ASSERT_FALSE(made);
            EXPECT_NE(made.error().detail.find(says), std::string::npos) << made.error().detail;
        }
        EXPECT_TRUE(filesHere() == before) << "something is lost by looking";
    }
    void expectRestorable(bool hasLog = true) {
        const auto logged = test::readBytes(log());
        const auto restored = restoreFrom(file(), dataDir());
        ASSERT_TRUE(restored) << restored.error().detail;
        EXPECT_FALSE(restored->isTrailKept);
        EXPECT_EQ(test::readBytes(dataDir() / "ninja.db.replaced-1-wal"), logged);
        EXPECT_NE(restored->kept.string().find("ninja.db.replaced-1"), std::string::npos);
        EXPECT_EQ(hasLog, !logged.empty());
        EXPECT_TRUE(std::filesystem::exists(mark()));
        open();
        EXPECT_EQ(history({}).value().total, 1);
    }

private:
    std::map<std::string, std::string> filesHere() const {
        std::map<std::string, std::string> files;
        for (const char* name : {"ninja.db", "ninja.db-wal", "ninja.db.here"})
            if (std::string bytes = test::readBytes(dataDir() / name); !bytes.empty())
                files[name] = std::move(bytes);
        return files;
    }
};

TEST_F(LostDatabase, ThatIsEmptyIsNotTakenForANewOne) {
    ASSERT_TRUE(backupTo(dataDir(), file()));
    killServer();
    std::filesystem::resize_file(databaseFile(dataDir()), 0);
    expectRefused(databaseFile(dataDir()).string() + " is empty");
    expectRestorable();
}

TEST_F(LostDatabase, ThatIsMissingIsNotTakenForANewOne) {
    ASSERT_TRUE(backupTo(dataDir(), file()));
    killServer();
    std::filesystem::remove(databaseFile(dataDir()));
    expectRefused(databaseFile(dataDir()).string() + " is missing");
    expectRestorable();
}

TEST_F(LostDatabase, WhoseLogIsDamagedDoesNotGoOnWithoutIt) {
    ASSERT_TRUE(backupTo(dataDir(), file()));
    killServer();
    std::string logged = test::readBytes(log());
    for (std::size_t at = 0; at < 32; ++at) logged[at] = static_cast<char>(at * 37 + 11);
    test::writeBytes(log(), logged);
    expectRefused(log().string() + " is damaged");
    expectRestorable();
}

TEST_F(LostDatabase, WithoutItsTablesIsNotTakenForANewOne) {
    ASSERT_TRUE(backupTo(dataDir(), file()));
    store_.reset();
    std::filesystem::remove(databaseFile(dataDir()));
    {
        auto bare = Database::open(databaseFile(dataDir()), Database::Access::ReadWrite).value();
        ASSERT_TRUE(bare.script("PRAGMA journal_mode = WAL"));
        EXPECT_EQ(schemaVersion(bare).value(), 0);
    }
    expectRefused(databaseFile(dataDir()).string() + " has no tables");
}

TEST_F(LostDatabase, IsBegunAnewWhereItsMarkIsRemoved) {
    killServer();
    std::filesystem::remove(databaseFile(dataDir()));
    std::filesystem::remove(mark());
    open();
    EXPECT_EQ(history({}).value().total, 0);
    EXPECT_TRUE(std::filesystem::exists(mark()));
}

/// A restore that is killed after each of its steps, one run for each; then the finishing of it as well.
class KilledRestore : public LostDatabase {
protected:
    /// The database of two calls, the second in the log alone, beside a backup of the first.
    KilledRestore() {
        EXPECT_TRUE(backupTo(dataDir(), file()));
        EXPECT_TRUE(commit({calls::SaveCall{test::endedCall("call-2"), ""}}));
        killServer();
    }
    using Files = std::map<std::string, std::string>;
    static Files filesIn(const std::filesystem::path& folder) {
        Files files;
        for (const auto& entry : std::filesystem::directory_iterator{folder})
            files[entry.path().filename().string()] = test::readBytes(entry.path());
        return files;
    }
    /// In a process of its own, which ends after so many steps as after kill -9. Answers whether it did.
    static bool isKilledAfter(int steps, const std::function<void(const AfterStep&)>& work) {
        const pid_t child = ::fork();
        if (child == 0) {
            int left = steps;
            work([&] {
                if (--left == 0) ::_exit(9);
            });
            ::_exit(0);
        }
        int status = 0;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFEXITED(status));
        return WEXITSTATUS(status) == 9;
    }
    void expectOldOrNewAfterEachStep(const std::function<void()>& expectOld, bool hasLog = true) {
        const Files before = filesIn(dataDir());
        int steps = 1;
        int timesNew = 0;
        for (bool isKilled = true; isKilled; ++steps) {
            bool isFinishingKilled = true;
            for (int more = 1; isFinishingKilled; ++more) {
                SCOPED_TRACE(std::to_string(steps) + " steps, and " + std::to_string(more) + " at the start");
                std::filesystem::remove_all(dataDir());
                std::filesystem::create_directory(dataDir());
                for (const auto& [name, bytes] : before) test::writeBytes(dataDir() / name, bytes);
                isKilled = isKilledAfter(
                    steps, [&](const AfterStep& after) { (void)restoreFrom(file(), dataDir(), after); });
                isFinishingKilled = isKilledAfter(more, [&](const AfterStep& after) {
                    const auto lock = DataDirLock::take(dataDir());
                    (void)finishRestore(*lock, dataDir(), after);
                });
                timesNew += isNew(before, expectOld, hasLog) ? 1 : 0;
                if (HasFailure()) return;
            }
        }
        EXPECT_GT(steps, 7);
        EXPECT_GT(timesNew, 5);
    }

private:
    bool isNew(const Files& before, const std::function<void()>& expectOld, bool hasLog) {
        std::optional<std::int64_t> calls;
        if (const auto store = SqliteStore::open(dataDir(), io_.get_executor()))
            calls = openDatabase(dataDir())->integer("SELECT count(*) FROM calls").value();
        if (calls != 1) {
            expectOld();
            EXPECT_FALSE(std::filesystem::exists(dataDir() / "ninja.db.replaced-1"));
            EXPECT_FALSE(std::filesystem::exists(dataDir() / "ninja.db.replaced-1-wal"));
            return false;
        }
        if (hasLog) {
            EXPECT_EQ(test::readBytes(dataDir() / "ninja.db.replaced-1-wal"), before.at("ninja.db-wal"));
        }
        if (hasLog && before.contains("ninja.db")) {
            EXPECT_EQ(test::readBytes(dataDir() / "ninja.db.replaced-1"), before.at("ninja.db"));
        }
        EXPECT_TRUE(std::filesystem::exists(mark()));
        return true;
    }
};

TEST_F(KilledRestore, OverAGoodDatabaseLeavesThatOneOrTheNew) {
    expectOldOrNewAfterEachStep(
        [&] {
            open();
            EXPECT_EQ(history({}).value().total, 2);
            store_.reset();
        },
        false);
}

TEST_F(KilledRestore, OverOneWhoseLogIsDamagedNeverGoesOnWithoutThatLog) {
    std::string logged = test::readBytes(log());
    logged[8] = static_cast<char>(logged[8] + 1);
    test::writeBytes(log(), logged);
    expectOldOrNewAfterEachStep([&] {
        EXPECT_EQ(test::readBytes(log()), logged);
        expectRefused(log().string() + " is damaged");
    });
}

TEST_F(KilledRestore, OverADamagedOneKeepsItWithItsLog) {
    const std::string logged = test::readBytes(log());
    test::writeBytes(databaseFile(dataDir()), std::string(8'192, 'z'));
    expectOldOrNewAfterEachStep([&] { EXPECT_EQ(test::readBytes(log()), logged); });
}

TEST_F(KilledRestore, OverAMissingOneKeepsItsLog) {
    std::filesystem::remove(databaseFile(dataDir()));
    expectOldOrNewAfterEachStep([&] { expectRefused(databaseFile(dataDir()).string() + " is missing"); });
}

TEST_F(KilledRestore, IsEndedByWhicheverCommandOpensTheDatabaseNext) {
    std::filesystem::resize_file(databaseFile(dataDir()), 0);
    for (int steps = 1; !isRestoreUnfinished(dataDir()); ++steps)
        ASSERT_TRUE(isKilledAfter(
            steps, [&](const AfterStep& after) { (void)restoreFrom(file(), dataDir(), after); }));
    {
        const auto lock = DataDirLock::take(dataDir());
        EXPECT_EQ(openDatabase(dataDir()).error().kind, ErrorKind::Conflict) << "the restore goes on";
    }
    EXPECT_EQ(openDatabase(dataDir())->integer("SELECT count(*) FROM calls").value(), 1);
    EXPECT_FALSE(isRestoreUnfinished(dataDir()));
}

TEST_F(Backup, OfTheFirstVersionIsBroughtUpToDateOnRestore) {
    store_.reset();
    {
        auto old = Database::open(file(), Database::Access::ReadWrite).value();
        ASSERT_TRUE(migrate(old, 1));
    }
    ASSERT_TRUE(restoreFrom(file(), dataDir()));
    open();
    EXPECT_EQ(history({}).value().total, 0);
}

}  // namespace
}  // namespace ninja3cx::storage
