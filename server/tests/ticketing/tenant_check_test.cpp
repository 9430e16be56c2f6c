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
        ninja.on("/ticketing/attributes",
                 {answer(200, R"([{"id":54,"attributeType":"TEXT","name":"Call ID"}])")});
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
                               remedies += one.remedy + "\n";
                               if (one.isOfBoard) remediesOfBoard += one.remedy + "\n";
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
    std::string remedies;
    std::string remediesOfBoard;
};

TEST_F(TenantTest, ATenantAsConfiguredIsGood) {
    wishes.technicianEmails = {{"201", "anna@exemple.fr"}, {"202", "gone@exemple.fr"}};
    wishes.technicianIds = {{"202", 4}};
    EXPECT_EQ(look(), "good: board Ouverts\n");
}

TEST_F(TenantTest, TheBoardOfDeletedTicketsIsKnownInFrench) {
    wishes.boardId = 5;
    EXPECT_EQ(look(), "warning: board Tickets supprimés\n");
    EXPECT_EQ(remediesOfBoard, remedies) << "which the server says to all";
}

TEST_F(TenantTest, SaysAllThatIsNotThere) {
    wishes = {77, 9, "1001", "5001", {{"201", 8}}, {{"202", "nobody@exemple.fr"}}};
    EXPECT_EQ(look(),
              "warning: there is no board 77\nfailed: there is no active ticket form 9\n"
              "failed: there is no ticket status 1001\nwarning: there is no ticket status 5001\n"
              "warning: the technician of extension 201, number 8, is not in NinjaOne\n"
              "warning: the technician of extension 202, nobody@exemple.fr, is not in NinjaOne\n");
}

TEST_F(TenantTest, SaysWhatASolvedCallGetsInstead) {
    wishes.solvedStatus = "5001";
    EXPECT_EQ(look(), "good: board Ouverts\nwarning: there is no ticket status 5001\n");
    EXPECT_NE(remedies.find("until then a solved call's ticket gets the status 5000"), std::string::npos)
        << remedies;
}

TEST_F(TenantTest, AClosedStatusIsNoneThatATicketCanBeGiven) {
    ninja.on("/statuses", {answer(200, R"([{"statusId":1000,"name":"NEW"},{"statusId":5000,"name":"R"},
                                           {"statusId":6000,"name":"CLOSED"}])")});
    wishes.solvedStatus = "6000";
    EXPECT_EQ(look(), "good: board Ouverts\nwarning: the ticket status 6000 is given by NinjaOne itself\n");
}

TEST_F(TenantTest, AnOpenStatusIsNoneThatASolvedCallCanBeGiven) {
    ninja.on("/statuses", {answer(200, R"([{"statusId":1000,"name":"NEW"},{"statusId":3001,"parentId":3000},
                                           {"statusId":5000,"name":"R"}])")});
    wishes.solvedStatus = "3001";
    EXPECT_EQ(look(), "good: board Ouverts\nwarning: the ticket status 3001 is not a resolved one\n");
    EXPECT_NE(remedies.find("until then a solved call's ticket gets the status 5000"), std::string::npos)
        << remedies;
}

TEST_F(TenantTest, NamesTheRulesThatTheTenantDoesNotKnow) {
    ninja.on("/ticketing/attributes",
             {answer(200, R"([{"id":55,"attributeType":"DROPDOWN","name":"Origine","content":{"values":[
                               {"id":"u1","name":"Appel"}]}},
                              {"id":56,"attributeType":"TEXT","name":"Contrat","content":{"required":true}},
                              {"id":57,"attributeType":"TEXT","name":"Vieux","active":false}])")});
    ninja.on("/ticket-form", {answer(200, R"([{"id":1,"default":true,"content":{"fields":[55,57]}},
                                              {"id":2,"content":{"fields":[56]}}])")});
    wishes.rules["a"].status = "2002";
    wishes.rules["b"].ticketFormId = 7;
    wishes.rules["c"].ticketFormId = 2;
    wishes.rules["d"].attributes = {{55, "Fax"}, {57, "x"}, {99, "x"}};
    wishes.rules["e"].attributes = {{55, "Appel"}};
    EXPECT_EQ(look(),
              "good: board Ouverts\n"
              "warning: a: there is no ticket status 2002\n"
              "warning: b: there is no ticket form 7\n"
              "warning: c: the attribute 56 (Contrat) is required by the ticket form 2\n"
              "warning: d: the attribute 55 (Origine) has a value that it does not know: Fax\n"
              "warning: d: the attribute 57 (Vieux) is not active\n"
              "warning: d: there is no ticket attribute 99\n");
}

TEST_F(TenantTest, NamesWhatTheFormAsksOfEveryTicketAndWhereTheMarkHasNoPlace) {
    ninja.on("/ticketing/attributes", {answer(200, R"([{"id":54,"attributeType":"TEXT","name":"Call ID"},
                              {"id":56,"attributeType":"TEXT","name":"Contrat","content":{"required":true}}])")});
    ninja.on("/ticket-form", {answer(200, R"([{"id":1,"default":true,"content":{"fields":[56]}}])")});
    wishes.callIdAttribute = "Call ID";
    EXPECT_EQ(look(),
              "good: board Ouverts\n"
              "warning: the attribute 56 (Contrat) is required by the ticket form 1\n"
              "warning: the attribute Call ID is not on the ticket form\n");
}

TEST_F(TenantTest, TellsWhereOneAddressIsTwoTechnicians) {
    ninja.on("/user/technicians", {answer(200, R"([{"id":4,"email":"anna@exemple.fr"},
                                                   {"id":5,"email":"Anna@exemple.fr"},
                                                   {"id":6,"email":"bob@exemple.fr"},
                                                   {"id":7,"email":"bob@exemple.fr","enabled":false}])")});
    wishes.technicianEmails = {{"201", "anna@exemple.fr"},
                               {"202", "bob@exemple.fr"},
                               {"203", "bob@exemple.fr"},
                               {"204", "Bob@exemple.fr"}};
    wishes.technicianNames = {{"201", "Anna"}, {"202", "Bob"}, {"203", "Bob"}, {"204", "Eve"}};
    EXPECT_EQ(look(),
              "good: board Ouverts\n"
              "warning: NinjaOne has 2 technicians with the address anna@exemple.fr\n"
              "warning: the technicians of extensions 202 and 204 have one address, bob@exemple.fr\n"
              "warning: the technicians of extensions 203 and 204 have one address, bob@exemple.fr\n");
}

TEST_F(TenantTest, NamesATechnicianWhomNothingTiesToNinja) {
    wishes.technicianNames = {{"201", "Anna"}, {"202", "Bob"}, {"203", "Eve"}};
    wishes.technicianIds = {{"201", 4}};
    wishes.technicianEmails = {{"202", "anna@exemple.fr"}};
    EXPECT_EQ(look(),
              "good: board Ouverts\n"
              "warning: the technician of extension 203, Eve, is nobody in NinjaOne\n");
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
