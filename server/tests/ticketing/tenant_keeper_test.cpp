#include "server/ticketing/tenant_keeper.hpp"

#include "server/tests/ticketing/fake_ninja.hpp"
#include "server/ticketing/ticket_delivery.hpp"

#include <boost/asio/co_spawn.hpp>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace ninja3cx::ticketing {
namespace {

using namespace std::chrono_literals;

struct KeeperTest : testing::Test {
    KeeperTest() { wanted.newStatus = "1001"; }
    void start() {
        keeper = std::make_unique<TenantKeeper>(
            folder.path, wanted,
            TenantKeeper::Ports{client, clock, scheduler, io.get_executor(), io.get_executor(),
                                [this](const std::string& problem) { problems += problem + "\n"; },
                                [this] { ++changes; }});
        keeper->start();
    }
    void answers() {
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT-1","expires_in":86400})")});
        ninja.on("ticket-form", {answer(200, R"([{"id":1,"default":true,"active":true}])")});
        ninja.on("statuses", {answer(200, R"([{"statusId":1000,"parentId":1000}])")});
        ninja.on("ticketing/attributes", {answer(200, "[]")});
    }
    void runFor(std::chrono::minutes time) { scheduler.runUntil(clock.steady() + time); }
    int readings() const { return ninja.countOf("statuses"); }

    TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    FakeScheduler scheduler{io, clock};
    NinjaTokens tokens{testAccount(), folder.path, clock, ninja, io.get_executor()};
    NinjaClient client{testAccount(), tokens, clock, ninja};
    TenantSettings wanted;
    std::string problems;
    int changes = 0;
    std::unique_ptr<TenantKeeper> keeper;
};

TEST_F(KeeperTest, ReadsFromTheStartAndEachQuarterOfAnHour) {
    answers();
    start();
    runFor(1min);
    EXPECT_EQ(readings(), 1);
    EXPECT_EQ(keeper->settings().facts.statuses.size(), 1U);
    EXPECT_EQ(keeper->settings().newStatus, "1001") << "what is configured stays";
    runFor(60min);
    EXPECT_EQ(readings(), 5);
}

TEST_F(KeeperTest, TriesSoonAgainWhereNinjaDoesNotAnswer) {
    ninja.on("statuses",
             {answer(500, "{}"), answer(500, "{}"), answer(200, R"([{"statusId":1000,"parentId":1000}])")});
    answers();
    start();
    runFor(2min);
    EXPECT_EQ(readings(), 3);
    EXPECT_EQ(keeper->settings().facts.statuses.size(), 1U);
}

TEST_F(KeeperTest, SaysWhenSomethingHasChanged) {
    ninja.on("statuses", {answer(200, R"([{"statusId":1000,"parentId":1000}])"),
                          answer(200, R"([{"statusId":1000,"parentId":1000}])"),
                          answer(200, R"([{"statusId":2000,"parentId":2000}])")});
    answers();
    start();
    runFor(1min);
    EXPECT_EQ(changes, 1);
    runFor(15min);
    EXPECT_EQ(readings(), 2);
    EXPECT_EQ(changes, 1);
    runFor(15min);
    EXPECT_EQ(changes, 2);
    start();
    runFor(1min);
    EXPECT_EQ(readings(), 4);
    EXPECT_EQ(changes, 2) << "the copy on disk says the same";
}

TEST_F(KeeperTest, ReadsAtOnceAfterALogin) {
    ninja.on("statuses", {answer(500, "{}"), answer(200, R"([{"statusId":1000,"parentId":1000}])")});
    answers();
    start();
    runFor(0min);
    EXPECT_EQ(readings(), 1);
    keeper->onLogin();
    runFor(0min);
    EXPECT_EQ(readings(), 2);
    keeper->onLogin();
    runFor(0min);
    EXPECT_EQ(readings(), 2) << "it is known";
}

TEST_F(KeeperTest, KeepsTheLastGoodCopyForTheNextStart) {
    answers();
    start();
    runFor(0min);
    struct stat about {};
    ASSERT_EQ(::stat((folder.path / "ninja-tenant.json").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
    ninja = FakeNinja{};  // out of reach
    start();
    EXPECT_EQ(keeper->settings().facts.statuses.size(), 1U) << "before anything was read";
    Reply reply;
    asio::co_spawn(io, keeper->refresh(), [&](std::exception_ptr, const Reply& seen) { reply = seen; });
    runFor(0min);
    EXPECT_EQ(reply.kind, ReplyKind::Ok) << "an older copy is better than none";
    EXPECT_EQ(keeper->settings().facts.forms.size(), 1U);
}

TEST_F(KeeperTest, ADamagedCopyIsSaidAndDoneWithout) {
    std::ofstream{folder.path / "ninja-tenant.json"} << R"({"forms":7})";
    answers();
    start();
    EXPECT_NE(problems.find("the stored forms are not used"), std::string::npos) << problems;
    EXPECT_TRUE(keeper->settings().facts.forms.empty());
    runFor(0min);
    EXPECT_EQ(keeper->settings().facts.forms.size(), 1U);
}

TEST_F(KeeperTest, WhatThisLoginMayNotReadIsDoneWithout) {
    ninja.on("ticketing/attributes", {answer(403, "{}")});
    answers();
    start();
    runFor(0min);
    EXPECT_EQ(keeper->settings().facts.statuses.size(), 1U);
    EXPECT_TRUE(keeper->settings().facts.attributes.empty());
}

TEST_F(KeeperTest, ADeliveryJudgesDraftsByItFromItsStart) {
    FakeStore store{io};
    TicketDelivery::Options options;
    options.folder = folder.path;
    TicketDelivery delivery{io.get_executor(),
                            options,
                            TicketDelivery::Ports{client, store, clock, scheduler, {}, io.get_executor()},
                            {}};
    protocol::DraftFields fields;
    fields.status = "7000";
    EXPECT_TRUE(delivery.problemsOf(fields).empty()) << "a tenant that was never read blocks no draft";
    delivery.start();
    runFor(0min);
    EXPECT_TRUE(delivery.problemsOf(fields).empty()) << "nor one that cannot be read";
    answers();
    runFor(1min);
    EXPECT_EQ(delivery.problemsOf(fields), (std::vector<protocol::FieldProblem>{{"status", "unknown"}}));
    delivery.stop();
    runFor(0min);
}

}  // namespace
}  // namespace ninja3cx::ticketing
