#include "server/storage/api_keys.hpp"

#include "server/storage/data_dir.hpp"
#include "server/tests/scratch.hpp"

namespace ninja3cx::storage {
namespace {

ApiKey agentKey(const std::string& id) {
    ApiKey key;
    key.keyId = id;
    key.hash = "hash of " + id;
    key.role = "agent";
    key.extension = Extension{"201"};
    key.label = "Alice's PC";
    key.createdAtMs = 1'000;
    return key;
}

class ApiKeysTest : public testing::Test {
protected:
    test::Scratch scratch_;
    Database database_ = openDatabase(scratch_.path()).value();
    ApiKeys keys_{database_};
};

TEST_F(ApiKeysTest, AKeyIsFoundByItsHashAndOnlyByIt) {
    ASSERT_TRUE(keys_.add(agentKey("key-1")));
    EXPECT_EQ(keys_.findByHash("hash of key-1").value(), agentKey("key-1"));
    EXPECT_EQ(keys_.findByHash("hash of key-2").value(), std::nullopt);
    EXPECT_EQ(keys_.findByHash("").value(), std::nullopt);
}

TEST_F(ApiKeysTest, AKeyWithoutExtensionStaysWithout) {
    ApiKey key = agentKey("key-1");
    key.extension.reset();
    ASSERT_TRUE(keys_.add(key));
    EXPECT_EQ(keys_.list().value(), std::vector{key});
}

TEST_F(ApiKeysTest, TheSameHashTwiceIsRefused) {
    ASSERT_TRUE(keys_.add(agentKey("key-1")));
    ApiKey second = agentKey("key-2");
    second.hash = "hash of key-1";
    auto added = keys_.add(second);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().kind, ErrorKind::Conflict);
}

TEST_F(ApiKeysTest, TheFirstRevocationCounts) {
    ASSERT_TRUE(keys_.add(agentKey("key-1")));
    ASSERT_TRUE(keys_.revoke("key-1", 2'000));
    ASSERT_TRUE(keys_.revoke("key-1", 3'000));
    EXPECT_EQ(keys_.findByHash("hash of key-1").value()->revokedAtMs, 2'000);
    EXPECT_EQ(keys_.revoke("key-9", 2'000).error().kind, ErrorKind::NotFound);
}

TEST_F(ApiKeysTest, UseIsRemembered) {
    ASSERT_TRUE(keys_.add(agentKey("key-1")));
    ASSERT_TRUE(keys_.touch("key-1", 5'000));
    EXPECT_EQ(keys_.findByHash("hash of key-1").value()->lastUsedAtMs, 5'000);
}

TEST_F(ApiKeysTest, AKeyMadeOnAnotherConnectionIsSeen) {
    auto other = openDatabase(scratch_.path());
    ASSERT_TRUE(other);
    ASSERT_TRUE(ApiKeys{*other}.add(agentKey("key-1")));
    EXPECT_EQ(keys_.list().value().size(), 1U);
}

}  // namespace
}  // namespace ninja3cx::storage
