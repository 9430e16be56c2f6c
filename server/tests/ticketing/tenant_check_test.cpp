#include "server/ticketing/tenant_check.hpp"

#include "server/tests/ticketing/fake_ninja.hpp"

#include <boost/asio/co_spawn.hpp>

#include <gtest/gtest.h>

namespace ninja3cx::ticketing {
namespace {

using Level = TenantFinding::Level;

struct TenantTest : testing::Test {
    TenantTest() {
        wishes.boardId = 4;
        wishes.newStatus = "1000";
        wishes.solvedStatus = "5000";
    }
    /// What is not wrong by an earlier rule is as it should be.
    std::string look() {
        ninja.on("oauth/token", {answer(200, R"({"access_token":"AT","expires_in":3600})")});
        ninja.on("/boards", {answer(200, R"([{"id":2,"name":"Tous les tickets","system":true,"ticketCount":9},
                                             {"id":4,"name":"Ouverts","system":true,"ticketCount":3},
                                             {"id":5,"name":"Tickets supprimés","system":true,"ticketCount":1}])")});
        ninja.on("/ticket-form", {answer(200, R"([{"id":1,"name":"D","default":true,"active":true}])")});
        ninja.on("/statuses",
                 {answer(200, R"([{"statusId":1000,"name":"NEW"},{"statusId":5000,"name":"R"}])")});
        ninja.on("/user/technicians", {answer(200, R"([{"id":4,"uid":"u","email":"Anna@Exemple.fr"}])")});
        const NinjaAccount account = testAccount();
        NinjaTokens tokens{account, folder.path, clock, ninja, io.get_executor()};
        NinjaClient client{account, tokens, clock, ninja};
        std::string all;
        asio::co_spawn(io, checkTenant(client, wishes),
                       [&](std::exception_ptr failure, const std::vector<TenantFinding>& found) {
                           if (failure) std::rethrow_exception(failure);
                           for (const TenantFinding& one : found) {
                               all += one.level == Level::Good      ? "good: "
                                      : one.level == Level::Warning ? "warning: "
                                                                    : "failed: ";
                               all += one.detail + "\n";
                               EXPECT_EQ(one.remedy.empty(), one.level == Level::Good) << one.detail;
                           }
                       });
        io.run();
        return all;
    }
    TemporaryFolder folder;
    ManualClock clock;
    asio::io_context io;
    FakeNinja ninja;
    TenantWishes wishes;
};

TEST_F(TenantTest, ATenantAsConfiguredIsGood) {
    wishes.technicianEmails = {{"201", "anna@exemple.fr"}, {"202", "gone@exemple.fr"}};
    wishes.technicianIds = {{"202", 4}};
    EXPECT_EQ(look(), "good: board Ouverts\n");
}

TEST_F(TenantTest, TheBoardOfDeletedTicketsIsKnownInFrench) {
    wishes.boardId = 5;
    EXPECT_EQ(look(), "warning: board Tickets supprimés\n");
}

TEST_F(TenantTest, SaysAllThatIsNotThere) {
    wishes = {77, 9, "1001", "5001", {{"201", 8}}, {{"202", "nobody@exemple.fr"}}};
    EXPECT_EQ(look(),
              "warning: there is no board 77\nfailed: there is no active ticket form 9\n"
              "failed: there is no ticket status 1001\nwarning: there is no ticket status 5001\n"
              "warning: the technician of extension 201, number 8, is not in NinjaOne\n"
              "warning: the technician of extension 202, nobody@exemple.fr, is not in NinjaOne\n");
}

TEST_F(TenantTest, GoesOnWhereOneListIsForbiddenAndEndsWhereNinjaFails) {
    ninja.on("/boards", {answer(403, "{}")});
    ninja.on("/statuses", {answer(500, "{}")});
    wishes.technicianIds = {{"201", 8}};
    EXPECT_EQ(look(),
              "warning: the boards cannot be read: NinjaOne answered 403\n"
              "failed: the ticket statuses cannot be read: NinjaOne answered 500\n");
}

TEST_F(TenantTest, WithoutALoginItReadsWhatTheMachineMay) {
    ninja.on("oauth/token", [](const net::ClientRequest& request) -> Result<net::HttpResponse> {
        const bool isMachine = request.body.find("client_credentials") != std::string::npos;
        return isMachine ? answer(200, R"({"access_token":"AT","expires_in":3600})")
                         : answer(400, R"({"error":"invalid_token"})");
    });
    const std::string found = look();
    EXPECT_TRUE(found.starts_with("failed: no valid NinjaOne refresh token")) << found;
}

}  // namespace
}  // namespace ninja3cx::ticketing
