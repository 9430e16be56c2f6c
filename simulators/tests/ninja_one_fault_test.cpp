#include "simulators/tests/ninja_harness.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::bodyOf;
using testing::NinjaHarness;

std::string headerOf(const Reply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers)
        if (equalIgnoringCase(key, name)) return value;
    return "-";
}

struct CommitRow {
    const char* name;
    const char* kind;
    int status;
    Delivery delivery;
};
class CommitFault : public ::testing::TestWithParam<CommitRow> {};

TEST_P(CommitFault, StoresOneTicketAndSpoilsTheAnswerOnce) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.fault(std::string{R"({"kind":")"} + GetParam().kind + "\"}");
    EXPECT_EQ(tenant.create("{}").status, 400);  // what is refused commits nothing and uses nothing up
    const Reply reply = tenant.create();
    EXPECT_EQ(reply.status, GetParam().status);
    EXPECT_EQ(reply.delivery, GetParam().delivery);
    EXPECT_EQ(tenant.ticketCount(), 1U);
    EXPECT_EQ(tenant.board(2, R"({"searchCriteria":"3CX-1"})").size(), 1U);
    const Reply next = tenant.create();
    EXPECT_EQ(next.status, 200);
    EXPECT_EQ(next.delivery, Delivery::Whole);
}

INSTANTIATE_TEST_SUITE_P(Rows, CommitFault,
                         ::testing::Values(CommitRow{"Timeout", "commit-timeout", 200, Delivery::Never},
                                           CommitRow{"Reset", "commit-reset", 200, Delivery::Reset},
                                           CommitRow{"Truncated", "commit-truncated", 200,
                                                     Delivery::Truncated},
                                           CommitRow{"BadGateway", "commit-502", 502, Delivery::Whole}),
                         [](const auto& info) { return std::string{info.param.name}; });

struct RefusalRow {
    const char* name;
    const char* fault;
    int status;
    const char* says;
};
class RefusalFault : public ::testing::TestWithParam<RefusalRow> {};

TEST_P(RefusalFault, CreatesNothingThenLetsTheNextOnePass) {
    NinjaHarness tenant;
    tenant.signIn();
    ASSERT_EQ(tenant.fault(GetParam().fault).status, 200);
    const Reply reply = tenant.create();
    EXPECT_EQ(reply.status, GetParam().status);
    EXPECT_NE(reply.body.find(GetParam().says), std::string::npos) << reply.body;
    EXPECT_EQ(tenant.ticketCount(), 0U);
    EXPECT_EQ(tenant.create().status, 200);
    EXPECT_EQ(tenant.ticketCount(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusalFault,
    ::testing::Values(RefusalRow{"ServerBug", R"({"kind":"5xx-then-ok"})", 500, "NullPointerException"},
                      RefusalRow{"TooMany", R"({"kind":"429","params":{"retryAfter":2}})", 429, "TOO_MANY"},
                      RefusalRow{"HtmlPage", R"({"kind":"html","params":{"status":200}})", 200, "<html"},
                      RefusalRow{"UserContext", R"({"kind":"403-user-context"})", 403,
                                 "user_context_required"},
                      RefusalRow{"Permission", R"({"kind":"403-permission"})", 403, "permission"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(NinjaOneFaults, SayHowLongToWaitInEveryForm) {
    NinjaHarness tenant;
    tenant.signIn();
    const auto retryAfter = [&](const std::string& params) {
        tenant.fault(R"({"kind":"429","params":)" + params + "}");
        return headerOf(tenant.send("GET", "/v2/contacts"), "Retry-After");
    };
    EXPECT_EQ(retryAfter(R"({"retryAfter":0})"), "0");
    EXPECT_EQ(retryAfter(R"({"retryAfter":2})"), "2");
    EXPECT_EQ(retryAfter("{}"), "-");
    EXPECT_EQ(retryAfter(R"({"retryAfter":"date","dateInS":2})"), "Thu, 01 Jan 2026 00:00:02 GMT");
}

TEST(NinjaOneFaults, EndEveryAccessTokenUntilTheNextRefresh) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.fault(R"({"kind":"expired"})");
    EXPECT_EQ(tenant.send("GET", "/v2/contacts").status, 401);
    EXPECT_EQ(tenant.send("GET", "/v2/contacts").status, 401);
    tenant.signIn(tenant.nextRefreshToken);
    EXPECT_EQ(tenant.send("GET", "/v2/contacts").status, 200);
    tenant.fault(R"({"kind":"expired-forever"})");
    tenant.signIn(tenant.nextRefreshToken);
    EXPECT_EQ(tenant.send("GET", "/v2/contacts").status, 401);
    tenant.send("DELETE", "/__sim/faults");
    EXPECT_EQ(tenant.send("GET", "/v2/contacts").status, 200);
}

TEST(NinjaOneFaults, SpoilTheTokenEndpoint) {
    NinjaHarness tenant;
    tenant.fault(R"({"kind":"token-5xx","times":2})");
    EXPECT_EQ(tenant.refresh("sim-refresh-token").status, 503);
    EXPECT_EQ(tenant.refresh("sim-refresh-token").status, 503);
    tenant.fault(R"({"kind":"rotate-crash"})");
    EXPECT_EQ(tenant.refresh("sim-refresh-token").delivery, Delivery::Reset);
    EXPECT_EQ(tenant.refresh("sim-refresh-token").status, 400);  // it was rotated, the new one is lost
    NinjaHarness dead;
    dead.fault(R"({"kind":"refresh-dead"})");
    EXPECT_EQ(bodyOf(dead.refresh("sim-refresh-token")).at("error"), "invalid_token");
}

TEST(NinjaOneFaults, LetSomebodyElseEditBeforeThePut) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    tenant.fault(R"({"kind":"conflict"})");
    const std::string put =
        R"({"version":1,"clientId":11,"ticketFormId":1,"subject":"VPN","status":"5000","requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11"})";
    EXPECT_EQ(tenant.send("PUT", "/v2/ticketing/ticket/1001", put).status, 409);
    EXPECT_GT(bodyOf(tenant.send("GET", "/v2/ticketing/ticket/1001")).at("version").as_int64(), 1);
}

TEST(NinjaOneFaults, MeetOnlyTheRequestsTheyMatch) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    tenant.fault(R"({"kind":"lookup-400"})");
    tenant.fault(R"({"kind":"slow","params":{"ms":700},"match":{"pathRegex":"log-entry$"}})");
    tenant.fault(R"({"kind":"drop","match":{"method":"GET","pathRegex":"devices"}})");
    EXPECT_EQ(tenant.send("GET", "/v2/contacts").delivery, Delivery::Whole);
    EXPECT_EQ(tenant.send("GET", "/v2/devices").delivery, Delivery::Reset);
    EXPECT_EQ(tenant.send("GET", "/v2/ticketing/ticket/1001/log-entry").delay, 700ms);
    EXPECT_EQ(tenant.send("POST", "/v2/ticketing/trigger/board/2/run", "{}").status, 400);
    EXPECT_EQ(tenant.send("POST", "/v2/ticketing/trigger/board/2/run", "{}").status, 200);
    EXPECT_TRUE(bodyOf(tenant.send("GET", "/__sim/faults")).as_array().empty());
}

TEST(NinjaOneFaults, StrikeByChanceTheSameWayForTheSameSeed) {
    const auto struck = [](std::uint64_t seed) {
        NinjaOneScenario scenario;
        scenario.options.seed = seed;
        NinjaHarness tenant{std::move(scenario)};
        tenant.signIn();
        tenant.fault(R"({"kind":"commit-502","probability":0.3})");
        std::string row;
        for (int i = 0; i < 200; ++i) row += tenant.create().status == 502 ? 'x' : '.';
        EXPECT_EQ(tenant.ticketCount(), 200U);
        return row;
    };
    const std::string row = struck(7);
    EXPECT_GT(std::count(row.begin(), row.end(), 'x'), 40);
    EXPECT_LT(std::count(row.begin(), row.end(), 'x'), 80);
    EXPECT_EQ(row, struck(7));
    EXPECT_NE(row, struck(8));
}

TEST(NinjaOneFaults, EndTheAccessTokensByChance) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.fault(R"({"kind":"expired","probability":0.5,"times":1})");
    int alive = 0;
    while (tenant.send("GET", "/v2/contacts").status == 200 && alive < 100) ++alive;
    EXPECT_LT(alive, 100);
    tenant.signIn(tenant.nextRefreshToken);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(tenant.send("GET", "/v2/contacts").status, 200);
}

TEST(NinjaOneFaults, AreRefusedWhenNobodyKnowsThem) {
    NinjaHarness tenant;
    EXPECT_EQ(tenant.fault(R"({"kind":"earthquake"})").status, 400);
    EXPECT_EQ(tenant.fault(R"({"kind":"slow","match":{"pathRegex":"("}})").status, 400);
    EXPECT_EQ(tenant.fault(R"({"kind":"slow","tims":2})").status, 400);
    for (const char* chance : {"0", "-1", "1.5"})
        EXPECT_EQ(tenant.fault(std::string{R"({"kind":"slow","probability":)"} + chance + "}").status, 400);
}

TEST(NinjaOneOptionsAtRunTime, TakeEffectAtOnceAndEndWithAReset) {
    NinjaHarness tenant;
    tenant.signIn();
    EXPECT_EQ(tenant.send("POST", "/__sim/options", R"({"lagMs":3000,"conflictStatus":412})").status, 200);
    tenant.create();
    EXPECT_TRUE(tenant.board(2).empty());
    tenant.send("POST", "/__sim/reset");
    EXPECT_EQ(tenant.ticketCount(), 0U);
    tenant.signIn();
    tenant.create();
    EXPECT_EQ(tenant.board(2).size(), 1U);
}

}  // namespace
}  // namespace ninja3cx::simulators
