#include "shared/json/codec.hpp"
#include "simulators/ninja_one/generated.hpp"
#include "simulators/tests/ninja_harness.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace ninja3cx::simulators {
namespace {

using testing::bodyOf;
using testing::NinjaHarness;

Seed made(int organizations, int contactsEach, std::uint64_t seed) {
    return generatedSeed({organizations, contactsEach, 12, seed}).value();
}

std::string digitsOf(const std::string& text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits.push_back(c);
    return digits;
}

TEST(GeneratedTenant, IsTheSameForTheSameSeed) {
    EXPECT_EQ(json::encodeText(made(20, 6, 3)), json::encodeText(made(20, 6, 3)));
    EXPECT_NE(json::encodeText(made(20, 6, 3)), json::encodeText(made(20, 6, 4)));
}

TEST(GeneratedTenant, HasEveryKindOfNumber) {
    const Seed seed = made(100, 10, 1);
    EXPECT_EQ(seed.organizations.size(), 100U);
    EXPECT_EQ(seed.contacts.size(), 1'000U);
    std::map<std::string, std::set<int>> organizationsOf;  // by the last nine digits
    std::map<std::string, std::set<std::string>> countriesOf;
    int missing = 0, empty = 0, withheld = 0, extensions = 0, foreign = 0, several = 0;
    for (const Contact& contact : seed.contacts) {
        missing += contact.phone ? 0 : 1;
        if (!contact.phone) continue;
        const std::string digits = digitsOf(*contact.phone);
        empty += contact.phone->empty() ? 1 : 0;
        withheld += !contact.phone->empty() && digits.empty() ? 1 : 0;
        extensions += digits.size() == 3 ? 1 : 0;
        several += contact.phone->find('/') != std::string::npos ? 1 : 0;
        const bool isForeign = contact.phone->starts_with("+") && !contact.phone->starts_with("+33");
        foreign += isForeign ? 1 : 0;
        if (digits.size() < 9 || contact.phone->find('/') != std::string::npos) continue;
        const std::string tail = digits.substr(digits.size() - 9);
        organizationsOf[tail].insert(contact.organizationId);
        countriesOf[tail].insert(isForeign ? "foreign" : "FR");
    }
    for (const int count : {missing, empty, withheld, extensions, foreign, several}) EXPECT_GT(count, 10);
    int shared = 0, confusable = 0;
    for (const auto& [tail, organizations] : organizationsOf) {
        shared += organizations.size() > 1 ? 1 : 0;
        confusable += countriesOf[tail].size() > 1 ? 1 : 0;
    }
    EXPECT_GE(shared, 5);
    EXPECT_GT(confusable, 5);
}

TEST(GeneratedTenant, GivesNobodyTwiceTheSameIdentity) {
    const Seed seed = made(200, 8, 9);
    std::set<std::string> uids;
    std::set<int> ids;
    for (const Contact& contact : seed.contacts) {
        EXPECT_TRUE(uids.insert(contact.uid).second);
        EXPECT_TRUE(ids.insert(contact.id).second);
    }
    for (const EndUser& user : seed.endUsers) EXPECT_TRUE(uids.insert(user.uid).second);
    for (const Technician& technician : seed.technicians) EXPECT_TRUE(uids.insert(technician.uid).second);
    for (const Alert& alert : seed.alerts) EXPECT_TRUE(uids.insert(alert.uid).second);
    EXPECT_EQ(seed.technicians.size(), builtInSeed().technicians.size() + 12);
    EXPECT_EQ(seed.technicians.back().email, "technician112@infogerance.example");
    EXPECT_FALSE(seed.alerts.empty());
}

TEST(GeneratedTenant, IsServedAsTheInterfaceSays) {
    auto scenario = parseNinjaOneScenario(R"({"tenant":{"organizations":30,"contactsEach":4,"seed":2}})");
    ASSERT_TRUE(scenario) << scenario.error().detail;
    NinjaHarness tenant{std::move(*scenario)};
    tenant.signIn();
    for (const char* path : {"organizations", "locations", "contacts", "users", "user/end-users", "devices",
                             "ticketing/app-user-contact", "queries/device-health", "alerts",
                             "user/technicians", "queries/logged-on-users"})
        EXPECT_EQ(tenant.send("GET", std::string{"/v2/"} + path).status, 200) << path;
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/contacts")).as_array().size(), 120U);
    const boost::json::value contact = bodyOf(tenant.send("GET", "/v2/contacts")).at(0);
    EXPECT_EQ(
        tenant
            .create(boost::json::serialize(boost::json::value{{"clientId", contact.at("organizationId")},
                                                              {"ticketFormId", 1},
                                                              {"subject", "VPN"},
                                                              {"status", "1000"},
                                                              {"requesterUid", contact.at("uid")}}))
            .status,
        200);
}

}  // namespace
}  // namespace ninja3cx::simulators
