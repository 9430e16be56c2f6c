#include "server/storage/migrations.hpp"

#include "server/storage/data_dir.hpp"
#include "server/storage/identity.hpp"
#include "server/storage/records.hpp"
#include "server/tests/scratch.hpp"

namespace ninja3cx::storage {
namespace {

class Migrations : public testing::Test {
protected:
    Database open() {
        return Database::open(databaseFile(scratch_.path()), Database::Access::ReadWrite).value();
    }
    test::Scratch scratch_;
};

TEST_F(Migrations, VersionOneIsBroughtUpToDateWithWhatItHolds) {
    {
        Database old = open();
        ASSERT_TRUE(migrate(old, 1));
        ASSERT_EQ(schemaVersion(old).value(), 1);
        ASSERT_TRUE(old.run("INSERT INTO calls VALUES ('call-1', '201', 'closed', '+33', 5, '', 1, '{}')"));
        ASSERT_FALSE(old.run("SELECT * FROM api_keys"));
    }
    auto database = openDatabase(scratch_.path());
    ASSERT_TRUE(database) << database.error().detail;
    EXPECT_EQ(schemaVersion(*database).value(), newestSchemaVersion());
    EXPECT_EQ(database->text("SELECT call_id FROM calls").value(), "call-1");
    EXPECT_EQ(database->integer("SELECT count(*) FROM api_keys").value(), 0);
    EXPECT_EQ(database->integer("SELECT is_transcript_erased FROM calls").value(), 0);
    EXPECT_EQ(database->integer("SELECT count(*) FROM transcript_versions").value(), 0);
}

TEST_F(Migrations, UtterancesOfBeforeHaveNoCorrections) {
    {
        Database old = open();
        ASSERT_TRUE(migrate(old, 4));
        ASSERT_TRUE(old.run("INSERT INTO calls VALUES ('call-1', '201', 'closed', '+33', 5, '', 0, '{}')"));
        ASSERT_TRUE(
            old.run("INSERT INTO utterances VALUES (1, 'call-1', 'customer-0000000', 'customer', 1, 0, 0,"
                    " 900, 7, 300, 'bonjour')"));
    }
    auto database = openDatabase(scratch_.path());
    ASSERT_TRUE(database) << database.error().detail;
    const auto utterances = readUtterances(*database, CallId{"call-1"}).value();
    ASSERT_EQ(utterances.size(), 1U);
    EXPECT_EQ(utterances[0].text, "bonjour");
    EXPECT_EQ(utterances[0].corrections, std::nullopt);
}

TEST_F(Migrations, GiveTheDataAnIdentityThatStays) {
    {
        Database old = open();
        ASSERT_TRUE(migrate(old, 7));
    }
    std::string first;
    {
        auto database = openDatabase(scratch_.path());
        ASSERT_TRUE(database) << database.error().detail;
        first = serverIdentity(*database).value();
    }
    EXPECT_EQ(first.size(), 18U) << first;
    EXPECT_EQ(first.substr(0, 2), "s-");
    auto again = openDatabase(scratch_.path());
    ASSERT_TRUE(again);
    EXPECT_EQ(serverIdentity(*again).value(), first);
    const test::Scratch other;
    auto others = openDatabase(other.path());
    ASSERT_TRUE(others);
    EXPECT_NE(serverIdentity(*others).value(), first);
    ASSERT_TRUE(others->script("DELETE FROM server_identity"));
    EXPECT_FALSE(serverIdentity(*others));
}

TEST_F(Migrations, ANewerDatabaseIsRefusedAndLeftAsItIs) {
    {
        Database newer = open();
        ASSERT_TRUE(migrate(newer));
        ASSERT_TRUE(newer.run("INSERT INTO schema_version VALUES (?, '')", newestSchemaVersion() + 3));
    }
    auto database = openDatabase(scratch_.path());
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().kind, ErrorKind::Rejected);
    EXPECT_NE(database.error().detail.find("install the program that made it"), std::string::npos)
        << database.error().detail;
    Database again = open();
    EXPECT_EQ(schemaVersion(again).value(), newestSchemaVersion() + 3);
}

TEST_F(Migrations, AnotherProgramsDatabaseIsRefused) {
    {
        Database other = open();
        ASSERT_TRUE(other.script("CREATE TABLE songs (name TEXT)"));
    }
    auto database = openDatabase(scratch_.path());
    ASSERT_FALSE(database);
    EXPECT_NE(database.error().detail.find("another program"), std::string::npos) << database.error().detail;
}

TEST_F(Migrations, AStepThatFailsLeavesTheVersionBeforeIt) {
    Database database = open();
    ASSERT_TRUE(migrate(database, 1));
    ASSERT_TRUE(database.script("CREATE TABLE api_keys (in_the_way TEXT)"));
    auto done = migrate(database);
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().detail.find("step 2"), std::string::npos) << done.error().detail;
    EXPECT_EQ(schemaVersion(database).value(), 1);
}

}  // namespace
}  // namespace ninja3cx::storage
