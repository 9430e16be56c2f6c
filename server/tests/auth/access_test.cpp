#include "server/auth/access.hpp"

#include "server/auth/hash.hpp"
#include "shared/core/clock.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::auth {
namespace {

using namespace std::chrono_literals;

class Keys : public testing::Test {
protected:
    ManualClock clock_;
    Access access_{{"the-site-key-0123456789", {}, {}}, clock_};
    const std::string agentKey_ = makeKey();
    const std::string supervisorKey_ = makeKey();
    void SetUp() override {
        access_.setKeys({{"key-1", Role::Agent, Extension{"201"}, sha256Hex(agentKey_)},
                         {"key-2", Role::Supervisor, std::nullopt, sha256Hex(supervisorKey_)}});
    }
};

TEST_F(Keys, OpenTheDoorOfTheirRoleOnly) {
    const auto agent = access_.byKey(agentKey_, "10.0.0.1");
    ASSERT_TRUE(agent);
    EXPECT_EQ(*agent, (Principal{Role::Agent, Extension{"201"}, false, "key-1"}));
    EXPECT_TRUE(mayBeAgent(*agent));
    EXPECT_FALSE(mayBeBoard(*agent));
    EXPECT_FALSE(maySupervise(*agent));
    const auto supervisor = access_.byKey(supervisorKey_, "10.0.0.1");
    ASSERT_TRUE(supervisor);
    EXPECT_TRUE(mayBeBoard(*supervisor) && maySupervise(*supervisor));
    EXPECT_FALSE(mayBeAgent(*supervisor));
    EXPECT_EQ(actorOf(*agent), "agent:201");
    EXPECT_EQ(actorOf(*supervisor), "supervisor:key-2");
}

TEST_F(Keys, TheSiteKeyIsAgentAndDashboardAndNothingMore) {
    const auto site = access_.byKey("the-site-key-0123456789", "10.0.0.1");
    ASSERT_TRUE(site);
    EXPECT_TRUE(mayBeAgent(*site) && mayBeBoard(*site));
    EXPECT_FALSE(maySupervise(*site));
    EXPECT_EQ(actorOf(*site, Extension{"202"}), "agent:202");
}

TEST(KeyUse, IsToldOnceAMinuteForEachKey) {
    ManualClock clock;
    std::vector<std::string> used;
    Access access{{"the-site-key-0123456789", {}, {}, [&](const std::string& id) { used.push_back(id); }},
                  clock};
    const std::string one = makeKey();
    const std::string other = makeKey();
    access.setKeys({{"key-1", Role::Dashboard, std::nullopt, sha256Hex(one)},
                    {"key-2", Role::Dashboard, std::nullopt, sha256Hex(other)}});
    const auto comes = [&](const std::string& key) { return access.byKey(key, "10.0.0.1").has_value(); };
    EXPECT_TRUE(comes(one) && comes(one) && comes(other) && comes("the-site-key-0123456789"));
    EXPECT_FALSE(comes("wrong"));
    EXPECT_EQ(used, (std::vector<std::string>{"key-1", "key-2"}));
    clock.advance(1min);
    EXPECT_TRUE(comes(one));
    EXPECT_EQ(used.size(), 3U);
}

TEST_F(Keys, AWrongOrRevokedKeyIsRefused) {
    EXPECT_EQ(access_.byKey("", "10.0.0.1").error().kind, ErrorKind::Unauthorized);
    EXPECT_EQ(access_.byKey(agentKey_ + "0", "10.0.0.1").error().kind, ErrorKind::Unauthorized);
    EXPECT_EQ(access_.byKey(sha256Hex(agentKey_), "10.0.0.1").error().kind, ErrorKind::Unauthorized);
    const auto agent = access_.byKey(agentKey_, "10.0.0.1");
    access_.setKeys({});
    EXPECT_FALSE(access_.isValid(*agent));
    EXPECT_EQ(access_.byKey(agentKey_, "10.0.0.1").error().kind, ErrorKind::Unauthorized);
}

TEST(NoSiteKey, AnEmptyApiKeyOpensNothing) {
    ManualClock clock;
    Access access{{}, clock};
    EXPECT_FALSE(access.byKey("", "10.0.0.1"));
}

TEST(FreshKey, IsFoundBeforeTheNextReadingOfAllKeys) {
    ManualClock clock;
    const std::string key = makeKey();
    int lookUps = 0;
    Access access{{"",
                   {},
                   [&](const std::string& hash) -> std::optional<KeyRecord> {
                       ++lookUps;
                       if (hash != sha256Hex(key)) return std::nullopt;
                       return KeyRecord{"key-9", Role::Dashboard, std::nullopt, hash};
                   }},
                  clock};
    const auto principal = access.byKey(key, "10.0.0.1");
    ASSERT_TRUE(principal);
    EXPECT_TRUE(access.isValid(*principal));
    EXPECT_TRUE(access.byKey(key, "10.0.0.1"));
    EXPECT_EQ(lookUps, 1) << "then it is known";
    EXPECT_FALSE(access.byKey(makeKey(), "10.0.0.1"));
    EXPECT_FALSE(access.byKey("no key of ours", "10.0.0.1"));
    EXPECT_EQ(lookUps, 2);
}

TEST_F(Keys, ManyWrongKeysBlockTheirAddressForAWhile) {
    for (int i = 0; i < Failures::kAllowed; ++i)
        EXPECT_EQ(access_.byKey("guess" + std::to_string(i), "10.0.0.9").error().kind,
                  ErrorKind::Unauthorized);
    EXPECT_EQ(access_.byKey("the-site-key-0123456789", "10.0.0.9").error().kind, ErrorKind::Busy);
    EXPECT_TRUE(access_.byKey("the-site-key-0123456789", "10.0.0.1")) << "other addresses are not concerned";
    EXPECT_TRUE(access_.byKey(agentKey_, "10.0.0.9")) << "a key that cannot be guessed gets in";
    clock_.advance(Failures::kForgiveEvery);
    EXPECT_TRUE(access_.byKey("the-site-key-0123456789", "10.0.0.9"));
}

TEST_F(Keys, ALoginLinkWorksOnceAndNotForLong) {
    const std::string once = access_.makeLink(Role::Supervisor);
    EXPECT_FALSE(access_.redeemLink("wrong", "10.0.0.1"));
    const auto principal = access_.redeemLink(once, "10.0.0.1");
    ASSERT_TRUE(principal);
    EXPECT_EQ(principal->role, Role::Supervisor);
    EXPECT_FALSE(access_.redeemLink(once, "10.0.0.1"));
    const std::string late = access_.makeLink(Role::Dashboard);
    clock_.advance(Access::kLinkLife + 1s);
    EXPECT_FALSE(access_.redeemLink(late, "10.0.0.1"));
}

TEST_F(Keys, ARevokedKeyEndsItsSessions) {
    const std::string token = access_.openSession(*access_.byKey(supervisorKey_, "10.0.0.1"));
    EXPECT_TRUE(access_.bySession(token));
    access_.setKeys({{"key-1", Role::Agent, Extension{"201"}, sha256Hex(agentKey_)}});
    EXPECT_FALSE(access_.bySession(token));
}

}  // namespace
}  // namespace ninja3cx::auth
