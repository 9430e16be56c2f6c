#include "simulators/tests/ninja_harness.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::bodyOf;
using testing::NinjaHarness;

TEST(NinjaOneAuth, TellsAMissingHeaderFromAWrongOneFromADeadToken) {
    NinjaHarness tenant;
    const Reply missing = tenant.send("GET", "/v2/contacts");
    EXPECT_EQ(missing.status, 400);
    EXPECT_EQ(bodyOf(missing).at("error"), "missing_header");
    Request malformed{"GET", "/v2/contacts", {}, {{"Authorization", "Token x"}}, ""};
    EXPECT_EQ(bodyOf(tenant.ninja.handle(malformed)).at("error"), "invalid_header");
    tenant.token = "nobody";
    const Reply dead = tenant.send("GET", "/v2/contacts");
    EXPECT_EQ(dead.status, 401);
    EXPECT_EQ(bodyOf(dead).at("error_code"), 10);
}

TEST(NinjaOneClock, IsToldWithEachAnswer) {
    NinjaHarness tenant;
    tenant.clock.advance(90s);
    const Reply refused = tenant.send("GET", "/v2/contacts");
    EXPECT_EQ(refused.headers.back(),
              (std::pair<std::string, std::string>{"Date", "Thu, 01 Jan 2026 00:01:30 GMT"}));
}

TEST(NinjaOneAuth, EndsATokenWhenItsTimeIsOver) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.clock.advance(3599s);
    EXPECT_EQ(tenant.send("GET", "/api/v2/contacts").status, 200);
    tenant.clock.advance(1s);
    EXPECT_EQ(tenant.send("GET", "/api/v2/contacts").status, 401);
}

TEST(NinjaOneAuth, LetsAMachineReadButNotWriteTickets) {
    NinjaHarness tenant;
    tenant.signInAsMachine();
    EXPECT_EQ(tenant.send("GET", "/v2/ticketing/trigger/boards").status, 200);
    const Reply refused = tenant.create();
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(bodyOf(refused).at("resultCode"), "user_context_required");
    EXPECT_EQ(tenant.ticketCount(), 0U);
    tenant.signInAsMachine("monitoring");
    EXPECT_EQ(
        tenant.send("POST", "/v2/contacts", R"({"organizationId":11,"firstName":"A","lastName":"B"})").status,
        403);
}

TEST(NinjaOneAuth, TellsAWrongClientFromAWrongSecret) {
    NinjaHarness tenant;
    const auto ask = [&](const std::string& id, const std::string& secret) {
        return tenant.send("POST", "/ws/oauth/token",
                           "grant_type=refresh_token&refresh_token=sim-refresh-token&client_id=" + id +
                               "&client_secret=" + secret,
                           "application/x-www-form-urlencoded");
    };
    EXPECT_EQ(ask("other", "sim-secret").status, 404);
    EXPECT_EQ(bodyOf(ask("other", "sim-secret")).at("resultCode"), "Client app not exist");
    EXPECT_EQ(ask("sim-client", "other").status, 401);
    EXPECT_EQ(ask("sim-client", "sim-secret").status, 200);
}

TEST(NinjaOneAuth, GivesTokensForFormsOnly) {
    NinjaHarness tenant;
    EXPECT_EQ(tenant.send("POST", "/ws/oauth/token", R"({"grant_type":"refresh_token"})").status, 415);
    EXPECT_EQ(tenant.refresh("sim-refresh-token").status, 200);
}

TEST(NinjaOneAuth, TakesTheClientFromBasicAuthentication) {
    NinjaHarness tenant;
    Request request{"POST",
                    "/ws/oauth/token",
                    {},
                    {{"Authorization", "Basic c2ltLWNsaWVudDpzaW0tc2VjcmV0"},
                     {"Content-Type", "application/x-www-form-urlencoded"}},
                    "grant_type=client_credentials&scope=monitoring"};
    EXPECT_EQ(tenant.ninja.handle(request).status, 200);
}

struct RotationRow {
    const char* name;
    Rotation rotation;
    std::chrono::seconds later;
    int oldTokenAnswers;
    bool bringsANewOne;
};
class RefreshRotation : public ::testing::TestWithParam<RotationRow> {};

TEST_P(RefreshRotation, TreatsTheOldTokenAsItsModeSays) {
    NinjaOneScenario scenario;
    scenario.options.rotation = GetParam().rotation;
    NinjaHarness tenant{std::move(scenario)};
    const Reply first = tenant.refresh("sim-refresh-token");
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(bodyOf(first).as_object().contains("refresh_token"), GetParam().bringsANewOne);
    if (GetParam().bringsANewOne) {
        EXPECT_NE(bodyOf(first).at("refresh_token"), "sim-refresh-token");
    }
    tenant.clock.advance(GetParam().later);
    const Reply second = tenant.refresh("sim-refresh-token");
    EXPECT_EQ(second.status, GetParam().oldTokenAnswers);
    if (second.status == 400) {
        EXPECT_EQ(bodyOf(second).at("error"), "invalid_token");
    }
}

INSTANTIATE_TEST_SUITE_P(Rows, RefreshRotation,
                         ::testing::Values(RotationRow{"StrictIsDeadAtOnce", Rotation::Strict, 0s, 400, true},
                                           RotationRow{"GraceLivesAMinute", Rotation::Grace, 59s, 200, true},
                                           RotationRow{"GraceEnds", Rotation::Grace, 61s, 400, true},
                                           RotationRow{"StaticStays", Rotation::Static, 3600s, 200, false}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(NinjaOneAuthorize, GivesACodeOnceAndOnlyToThisMachine) {
    NinjaHarness tenant;
    const std::string base =
        "/ws/oauth/"
        "authorize?response_type=code&client_id=sim-client&scope=monitoring%20management%20offline_access&"
        "state=s1";
    EXPECT_EQ(tenant.send("GET", base + "&redirect_uri=https%3A%2F%2Felsewhere.example%2F").status, 400);
    const Reply page = tenant.send("GET", base + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcb");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("state=s1"), std::string::npos);
    const Reply redirect =
        tenant.send("GET", base + "&approve=1&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcb");
    ASSERT_EQ(redirect.status, 302);
    const std::string location = redirect.headers.at(0).second;
    const std::string code = decodeForm(location.substr(location.find('?') + 1)).at("code");
    const auto exchange = [&] {
        return tenant.send("POST", "/ws/oauth/token",
                           "grant_type=authorization_code&client_id=sim-client&client_secret=sim-secret&"
                           "redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcb&code=" +
                               code,
                           "application/x-www-form-urlencoded");
    };
    const Reply tokens = exchange();
    ASSERT_EQ(tokens.status, 200);
    EXPECT_TRUE(bodyOf(tokens).as_object().contains("refresh_token"));
    EXPECT_EQ(exchange().status, 400);
}

TEST(NinjaOneRoutes, AnswerTheGenericErrorForWhatDoesNotExist) {
    NinjaHarness tenant;
    tenant.signIn();
    for (const char* path : {"/v2/ticketing/contacts", "/v2/ticketing/boards", "/v2/", "/contacts"}) {
        const Reply reply = tenant.send("GET", path);
        EXPECT_EQ(reply.status, 404) << path;
        EXPECT_EQ(bodyOf(reply).at("errorMessage"), "HTTP 404 Not Found") << path;
    }
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/ticketing/ticket/7")).at("resultCode"), "ticket_not_found");
}

TEST(NinjaOneRoutes, AllReadRoutesAnswerJson) {
    NinjaHarness tenant;
    tenant.signIn();
    for (const char* path : {"organizations",
                             "organizations?pageSize=2&after=12",
                             "organization/11",
                             "organization/11/locations",
                             "organization/11/end-users",
                             "organization/11/devices",
                             "locations",
                             "contacts",
                             "contact/71",
                             "ticketing/contact/contacts",
                             "ticketing/app-user-contact?userType=CONTACT&searchCriteria=claire",
                             "users",
                             "users?userType=END_USER",
                             "user/end-users",
                             "user/technicians",
                             "devices?df=org%20%3D%2011",
                             "devices/search?q=fontaine&limit=5",
                             "device/341",
                             "device/341/last-logged-on-user",
                             "queries/logged-on-users",
                             "organization/16/custom-fields",
                             "device/345/alerts",
                             "alerts?sourceType=AGENT_OFFLINE",
                             "queries/device-health?health=UNHEALTHY",
                             "queries/scoped-custom-fields?scopes=organization&fields=phone",
                             "activities?type=NINJA_TICKETING&pageSize=50",
                             "ticketing/statuses",
                             "ticketing/ticket-form",
                             "ticketing/ticket-form/2",
                             "ticketing/attributes",
                             "ticketing/trigger/boards"}) {
        const Reply reply = tenant.send("GET", std::string{"/v2/"} + path);
        EXPECT_EQ(reply.status, 200) << path;
        EXPECT_FALSE(bodyOf(reply).is_null()) << path;
    }
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/organizations?pageSize=2&after=12")).as_array().size(), 2U);
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/devices/search?q=fontaine")).at("devices").as_array().size(),
              1U);
}

TEST(NinjaOneRoutes, AreTheOperationsOfTheSchema) {
    NinjaHarness tenant;
    tenant.signIn();
    for (const auto& [name, operation] : NinjaApi::builtIn().operations()) {
        const std::size_t space = name.find(' ');
        std::string path{name.substr(space + 1)};
        if (path.starts_with("/ws/")) continue;
        for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{'))
            path.replace(open, path.find('}') - open + 1, "1");
        const std::string method{name.substr(0, space)};
        const bool isRead = method == "GET" || method == "DELETE";
        tenant.send(method, "/v2" + path, isRead ? "" : "{}");
        const std::string served = std::string{name.substr(0, space)} + " unknown";
        EXPECT_FALSE(tenant.state().at("requests").as_object().contains(served)) << name;
    }
}

TEST(NinjaOneDevices, HaveAlertsAndHealth) {
    NinjaHarness tenant;
    tenant.signIn();
    const boost::json::value alerts = bodyOf(tenant.send("GET", "/v2/device/345/alerts"));
    ASSERT_EQ(alerts.as_array().size(), 1U);
    EXPECT_EQ(alerts.at(0).at("sourceType"), "AGENT_OFFLINE");
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/alerts")).as_array().size(), 2U);
    EXPECT_EQ(tenant.send("GET", "/v2/device/1/alerts").status, 404);
    const boost::json::value ill = bodyOf(tenant.send("GET", "/v2/queries/device-health?health=UNHEALTHY"));
    ASSERT_EQ(ill.at("results").as_array().size(), 1U);
    EXPECT_EQ(ill.at("results").at(0).at("deviceId"), 345);
    EXPECT_FALSE(ill.as_object().contains("cursor"));
    const boost::json::value first = bodyOf(tenant.send("GET", "/v2/queries/device-health?pageSize=5"));
    EXPECT_EQ(first.at("results").as_array().size(), 5U);
    const std::string next{first.at("cursor").at("name").as_string()};
    const boost::json::value rest =
        bodyOf(tenant.send("GET", "/v2/queries/device-health?pageSize=5&cursor=" + next));
    EXPECT_EQ(rest.at("results").as_array().size(), 3U);
    EXPECT_FALSE(rest.as_object().contains("cursor"));
}

TEST(NinjaOneCustomFields, HoldTheNumberOfASwitchboard) {
    NinjaHarness tenant;
    tenant.signIn();
    const boost::json::value fields =
        bodyOf(tenant.send("GET", "/v2/queries/scoped-custom-fields?scopes=organization&fields=phone"));
    ASSERT_EQ(fields.at("results").as_array().size(), 1U);
    EXPECT_EQ(fields.at("results").at(0).at("entityId"), 16);
    EXPECT_EQ(fields.at("results").at(0).at("fields").at("phone"), "05 36 49 60 00");
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/organization/16/custom-fields")).at("phone"), "05 36 49 60 00");
    EXPECT_TRUE(bodyOf(tenant.send("GET", "/v2/queries/scoped-custom-fields?fields=other"))
                    .at("results")
                    .as_array()
                    .empty());
}

TEST(NinjaOneActivities, TellOfTicketsThatCameAndWent) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    tenant.create();
    EXPECT_EQ(tenant.send("POST", "/__sim/work", R"({"ticket":1001,"deleted":true})").status, 200);
    const boost::json::value all = bodyOf(tenant.send("GET", "/v2/activities?type=NINJA_TICKETING"));
    EXPECT_EQ(all.at("lastActivityId"), 3);
    ASSERT_EQ(all.at("activities").as_array().size(), 3U);
    EXPECT_EQ(all.at("activities").at(0).at("statusCode"), "NINJA_TICKETING_TICKET_DELETED");
    EXPECT_EQ(all.at("activities").at(0).at("message"), "Ticket #1001");
    EXPECT_EQ(all.at("activities").at(2).at("subject"), "VPN");
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/activities?newerThan=2")).at("activities").as_array().size(),
              1U);
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/activities?olderThan=2")).at("activities").as_array().size(),
              1U);
    EXPECT_TRUE(bodyOf(tenant.send("GET", "/v2/activities?type=PATCH_MANAGEMENT"))
                    .at("activities")
                    .as_array()
                    .empty());
}

TEST(NinjaOneWebhook, IsForAdministratorsAndOneOnly) {
    NinjaHarness tenant;
    tenant.signIn();
    EXPECT_EQ(tenant.send("PUT", "/v2/webhook", R"({"url":"http://a.example"})").status, 204);
    EXPECT_EQ(tenant.send("PUT", "/v2/webhook", R"({"url":"http://b.example"})").status, 204);
    EXPECT_EQ(tenant.state().at("webhook").at("url"), "http://b.example");
    tenant.signInAsMachine();
    EXPECT_EQ(tenant.send("DELETE", "/v2/webhook").status, 403);
    tenant.signIn(tenant.nextRefreshToken);
    EXPECT_EQ(tenant.send("DELETE", "/v2/webhook").status, 204);
    EXPECT_TRUE(tenant.state().at("webhook").is_null());
}

TEST(NinjaOneWork, IsSeenLikeThatOfATechnician) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    const auto work = [&](const std::string& body) {
        return tenant.send("POST", "/__sim/work", body).status;
    };
    EXPECT_EQ(work(R"({"ticket":1001,"status":"5000","assignedAppUserId":4,"comment":"Réglé"})"), 200);
    const boost::json::value ticket = bodyOf(tenant.send("GET", "/v2/ticketing/ticket/1001"));
    EXPECT_EQ(ticket.at("status").at("statusId"), 5000);
    EXPECT_EQ(ticket.at("assignedAppUserId"), 4);
    EXPECT_GT(ticket.at("version").as_int64(), 1);
    const boost::json::value log =
        bodyOf(tenant.send("GET", "/v2/ticketing/ticket/1001/log-entry?type=COMMENT"));
    EXPECT_EQ(log.at(0).at("body"), "Réglé");
    EXPECT_EQ(log.at(0).at("appUserContactId"), 2);
    EXPECT_EQ(work(R"({"ticket":1001,"deleted":true})"), 200);
    EXPECT_TRUE(tenant.board(2).empty());
    EXPECT_EQ(tenant.board(5).size(), 1U);
    EXPECT_EQ(work(R"({"ticket":1009,"status":"5000"})"), 400);
    EXPECT_EQ(work(R"({"ticket":1001,"status":"5"})"), 400);
    EXPECT_EQ(work(R"({"ticket":1001,"state":"5000"})"), 400);
}

TEST(NinjaOneLog, CutsItsPageFromTheOrderItIsShownIn) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    const std::string path = "/v2/ticketing/ticket/1001/log-entry";
    for (int i = 0; i < 3; ++i)
        tenant.send("POST", "/__sim/work", R"({"ticket":1001,"comment":"c)" + std::to_string(i) + R"("})");
    const boost::json::value newest = bodyOf(tenant.send("GET", path + "?type=COMMENT&pageSize=2"));
    ASSERT_EQ(newest.as_array().size(), 2U);
    EXPECT_EQ(newest.at(0).at("body"), "c2");
    EXPECT_EQ(newest.at(1).at("body"), "c1");
    tenant.send("POST", "/__sim/options", R"({"logOrder":"oldestFirst"})");
    const boost::json::value oldest = bodyOf(tenant.send("GET", path + "?type=COMMENT&pageSize=2"));
    EXPECT_EQ(oldest.at(0).at("body"), "c0");
    const std::string anchor = std::to_string(oldest.at(1).at("id").as_int64());
    const boost::json::value rest =
        bodyOf(tenant.send("GET", path + "?type=COMMENT&pageSize=2&anchorId=" + anchor));
    ASSERT_EQ(rest.as_array().size(), 1U);
    EXPECT_EQ(rest.at(0).at("body"), "c2");
}

TEST(NinjaOneLog, ShowsAnEntryAfterItsLag) {
    NinjaOneScenario scenario;
    scenario.options.logLagMs = 2'000;
    NinjaHarness tenant{std::move(scenario)};
    tenant.signIn();
    tenant.create();
    const auto count = [&] {
        return bodyOf(tenant.send("GET", "/v2/ticketing/ticket/1001/log-entry")).as_array().size();
    };
    tenant.clock.advance(1'999ms);
    EXPECT_EQ(count(), 0U);
    tenant.clock.advance(1ms);
    EXPECT_EQ(count(), 2U);
}

TEST(NinjaOneSeed, KnowsTheSixCallersAndTheAwkwardNumbers) {
    NinjaHarness tenant;
    tenant.signIn();
    const auto digits = [](std::string_view phone) {
        std::string out;
        for (const char c : phone)
            if (c >= '0' && c <= '9') out.push_back(c);
        return out.size() > 9 ? out.substr(out.size() - 9) : out;
    };
    std::multiset<std::string> numbers;
    const boost::json::value contacts = bodyOf(tenant.send("GET", "/v2/contacts"));
    for (const auto& contact : contacts.as_array())
        if (const auto* phone = contact.as_object().if_contains("phone"))
            numbers.insert(digits(phone->as_string()));
    for (const char* number : {"639981001", "465712002", "199003003", "639984004", "261915005", "536496006"})
        EXPECT_EQ(numbers.count(number), 1U) << number;
    EXPECT_EQ(numbers.count("199007777"), 2U);
    EXPECT_EQ(numbers.count("199009999"), 0U);
    int inactive = 0;
    const boost::json::value users = bodyOf(tenant.send("GET", "/v2/user/end-users"));
    for (const auto& user : users.as_array())
        inactive +=
            !user.at("enabled").as_bool() && digits(user.at("phone").as_string()) == "639988888" ? 1 : 0;
    EXPECT_EQ(inactive, 1);
}

TEST(NinjaOneContacts, AreCreatedAndChanged) {
    NinjaHarness tenant;
    tenant.signIn();
    EXPECT_EQ(
        tenant.send("POST", "/v2/contacts", R"({"organizationId":11,"firstName":"","lastName":"B"})").status,
        400);
    EXPECT_EQ(
        tenant.send("POST", "/v2/contacts", R"({"organizationId":99,"firstName":"A","lastName":"B"})").status,
        400);
    const Reply created =
        tenant.send("POST", "/v2/contacts", R"({"organizationId":11,"firstName":"A","lastName":"B"})");
    ASSERT_EQ(created.status, 200);
    const std::string path = "/v2/contact/" + boost::json::serialize(bodyOf(created).at("id"));
    EXPECT_EQ(tenant.send("PATCH", path, R"({"phone":"0199001111"})").status, 200);
    EXPECT_EQ(bodyOf(tenant.send("GET", path)).at("phone"), "0199001111");
}

TEST(NinjaOneTickets, ComeBackAsTheyWereStored) {
    NinjaHarness tenant;
    tenant.signIn();
    const Reply created = tenant.create();
    ASSERT_EQ(created.status, 200) << created.body;
    const boost::json::value ticket = bodyOf(created);
    EXPECT_EQ(ticket.at("id"), 1001);
    EXPECT_EQ(ticket.at("version"), 1);
    EXPECT_EQ(ticket.at("source"), "TECHNICIAN");
    EXPECT_EQ(ticket.at("status").at("statusId"), 1000);
    EXPECT_EQ(ticket.at("attributeValues").at(0).at("value"), "3CX-1");
    EXPECT_EQ(bodyOf(tenant.send("GET", "/v2/ticketing/ticket/1001")), ticket);
    const boost::json::value log = bodyOf(tenant.send("GET", "/v2/ticketing/ticket/1001/log-entry"));
    ASSERT_EQ(log.as_array().size(), 2U);
    EXPECT_EQ(log.at(0).at("type"), "SAVE");  // newest first
    EXPECT_EQ(log.at(0).at("body"), "Ticket created");
    EXPECT_EQ(log.at(1).at("body"), "Ref: 3CX-1");
    EXPECT_EQ(log.at(1).at("publicEntry"), false);
}

TEST(NinjaOneTickets, ChangeOnlyWithTheirVersion) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    const auto put = [&](const std::string& version, const std::string& status) {
        return tenant.send(
            "PUT", "/v2/ticketing/ticket/1001",
            R"({"clientId":11,"ticketFormId":1,"subject":"VPN","requesterUid":"5b0c8c52-4b0e-4a86-9c3f-0d7d0a6f0a11","status":")" +
                status + "\"" + (version.empty() ? "" : ",\"version\":" + version) + "}");
    };
    EXPECT_EQ(put("", "5000").status, 400);
    EXPECT_EQ(put("7", "5000").status, 409);
    EXPECT_EQ(put("1", "6000").status, 400);
    const Reply changed = put("1", "5000");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_GT(bodyOf(changed).at("version").as_int64(), 1);
    EXPECT_TRUE(bodyOf(changed).at("tags").as_array().empty());  // a PUT replaces everything
    EXPECT_EQ(put("1", "5000").status, 409);
}

TEST(NinjaOneComments, AreMultipartOnly) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    const std::string path = "/v2/ticketing/ticket/1001/comment";
    const auto comment = [&](const std::string& part) {
        return tenant.send("POST", path,
                           "--B\r\nContent-Disposition: form-data; name=\"comment\"\r\nContent-Type: "
                           "application/json\r\n\r\n" +
                               part +
                               "\r\n--B\r\nContent-Disposition: form-data; name=\"files\"; "
                               "filename=\"t.txt\"\r\n\r\nhello\r\n--B--\r\n",
                           "multipart/form-data; boundary=B");
    };
    EXPECT_EQ(tenant.send("POST", path, R"({"public":false,"body":"x"})").status, 415);
    EXPECT_EQ(comment("{").status, 400);
    EXPECT_EQ(comment(R"({"body":"no public"})").status, 400);
    const Reply stored = comment(R"({"public":false,"body":"Transcription"})");
    EXPECT_EQ(stored.status, 204);
    EXPECT_TRUE(stored.body.empty());
    const boost::json::value log =
        bodyOf(tenant.send("GET", "/v2/ticketing/ticket/1001/log-entry?type=COMMENT"));
    ASSERT_EQ(log.as_array().size(), 1U);
    EXPECT_EQ(log.at(0).at("body"), "Transcription");
    const boost::json::value ticket = tenant.state().at("tickets").at(0);
    EXPECT_EQ(ticket.at("version"), 2);
    EXPECT_EQ(ticket.at("logEntries").as_array().back().at("files").at(0).at("content"), "hello");
    const auto anchor = log.at(0).at("id").as_int64();
    EXPECT_TRUE(
        bodyOf(tenant.send("GET", "/v2/ticketing/ticket/1001/log-entry?anchorId=" + std::to_string(anchor)))
            .as_array()
            .empty());
}

TEST(NinjaOneBoards, ShowACreatedTicketOnlyAfterTheLag) {
    NinjaOneScenario scenario;
    scenario.options.lagMs = 3000;
    NinjaHarness tenant{std::move(scenario)};
    tenant.signIn();
    tenant.create();
    EXPECT_TRUE(tenant.board(2).empty());
    tenant.clock.advance(2999ms);
    EXPECT_TRUE(tenant.board(2).empty());
    tenant.clock.advance(1ms);
    const boost::json::array rows = tenant.board(2);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("summary"), "VPN");
    EXPECT_EQ(rows[0].at("organization"), "Cabinet Moreau");
    EXPECT_EQ(rows[0].at("requester"), "Claire Fontaine");
    EXPECT_EQ(rows[0].at("attributeValues").at(0).at("value"), "3CX-1");
}

TEST(NinjaOneBoards, ShowEachTicketAfterALagOfItsOwn) {
    const auto lags = [](std::uint64_t seed) {
        NinjaOneScenario scenario;
        scenario.options.lagMs = 1'000;
        scenario.options.lagUpToMs = 30'000;
        scenario.options.seed = seed;
        NinjaHarness tenant{std::move(scenario)};
        tenant.signIn();
        for (int i = 0; i < 20; ++i) tenant.create();
        std::vector<std::size_t> seen;
        for (int i = 0; i <= 30; ++i) {
            tenant.clock.advance(i == 0 ? 999ms : 1'000ms);
            seen.push_back(tenant.board(2).size());
        }
        return seen;
    };
    const auto seen = lags(1);
    EXPECT_EQ(seen.front(), 0U);
    EXPECT_GT(seen[15], 2U);
    EXPECT_LT(seen[15], 18U);
    EXPECT_EQ(seen.back(), 20U);
    EXPECT_EQ(seen, lags(1));
    EXPECT_NE(seen, lags(2));
}

TEST(NinjaOneBoards, ArePagedByTheNumberOfRowsServed) {
    NinjaHarness tenant;
    tenant.signIn();
    for (int i = 0; i < 5; ++i) {
        tenant.create();
        tenant.clock.advance(1s);
    }
    const auto run = [&](const std::string& body) {
        return bodyOf(tenant.send("POST", "/v2/ticketing/trigger/board/2/run", body));
    };
    const boost::json::value first = run(R"({"pageSize":3})");
    EXPECT_EQ(first.at("data").as_array().size(), 3U);
    EXPECT_EQ(first.at("data").at(0).at("id"), 1005);  // newest first
    EXPECT_EQ(first.at("metadata").at("lastCursorId"), 3);
    const boost::json::value second = run(R"({"pageSize":3,"lastCursorId":3})");
    EXPECT_EQ(second.at("data").as_array().size(), 2U);
    EXPECT_EQ(second.at("metadata").at("lastCursorId"), 5);
    EXPECT_TRUE(run(R"({"pageSize":3,"lastCursorId":5})").at("data").as_array().empty());
}

TEST(NinjaOneBoards, RefuseFiltersNobodyDocumented) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    const auto run = [&](int board, const std::string& body) {
        return tenant.send("POST", "/v2/ticketing/trigger/board/" + std::to_string(board) + "/run", body)
            .status;
    };
    EXPECT_EQ(run(2, R"({"filters":[{"field":"clientId","operator":"is","value":11}]})"), 400);
    EXPECT_EQ(
        run(2,
            R"({"filters":[{"field":"ticket_changed","operator":"hours_since:greater_or_equal_than","value":"1:0"}]})"),
        200);
    EXPECT_EQ(run(77, "{}"), 404);
    EXPECT_TRUE(tenant.board(5).empty());
    EXPECT_EQ(tenant.board(2, R"({"searchCriteria":"3cx-1","includeColumns":["id"]})").at(0),
              (boost::json::value{{"id", 1001}}));
}

TEST(NinjaOneState, CountsRequestsByRouteAndKeepsAJournal) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    tenant.send("GET", "/v2/ticketing/ticket/1001");
    tenant.send("GET", "/api/v2/ticketing/ticket/1002");
    const boost::json::value state = tenant.state();
    EXPECT_EQ(state.at("requests").at("GET /ticketing/ticket/{id}"), 2);
    EXPECT_EQ(state.at("requests").at("POST /ticketing/ticket"), 1);
    EXPECT_EQ(state.at("tokens").at("issued"), 1);
    const boost::json::value journal = bodyOf(tenant.send("GET", "/__sim/journal"));
    EXPECT_EQ(journal.as_array().size(), 4U);
    EXPECT_EQ(journal.at(1).at("status"), 200);
    EXPECT_EQ(journal.at(1).at("headers").at("authorization").as_string(), "Bearer " + tenant.token);
}

TEST(NinjaOneViolations, AreCountedWhateverTheAnswerWas) {
    NinjaHarness tenant;
    tenant.signIn();
    tenant.create();
    EXPECT_EQ(tenant.state().at("violations").at("count"), 0);
    tenant.fault(R"({"kind":"502"})");
    EXPECT_EQ(tenant.create(R"({"clientId":"11","boardId":5})").status, 502);
    EXPECT_EQ(tenant.send("GET", "/v2/contacts?phone=1").status, 400);
    EXPECT_EQ(tenant.send("GET", "/v2/ticketing/boards").status, 404);
    tenant.token.clear();
    EXPECT_EQ(tenant.send("GET", "/v2/contacts").status, 400);
    const boost::json::value seen = tenant.state().at("violations");
    EXPECT_EQ(seen.at("count"), 4);
    const boost::json::value& first = seen.at("latest").at(0);
    EXPECT_EQ(first.at("operation"), "POST /ticketing/ticket");
    EXPECT_EQ(first.at("violations").at(0), "ticketFormId must not be null");
    EXPECT_EQ(seen.at("latest").at(1).at("violations").at(0), "query.phone is no known parameter");
    tenant.send("POST", "/__sim/reset");
    EXPECT_EQ(tenant.state().at("violations").at("count"), 0);
}

TEST(NinjaOneViolations, KeepTheLatestHundred) {
    NinjaHarness tenant;
    tenant.signIn();
    for (int i = 0; i < 120; ++i) tenant.send("GET", "/v2/nothing/" + std::to_string(i));
    const boost::json::value seen = tenant.state().at("violations");
    EXPECT_EQ(seen.at("count"), 120);
    EXPECT_EQ(seen.at("latest").as_array().size(), 100U);
    EXPECT_EQ(seen.at("latest").at(99).at("path"), "/v2/nothing/119");
}

TEST(NinjaOneScenarios, NameTheFieldThatIsWrong) {
    EXPECT_TRUE(parseNinjaOneScenario(
        R"({"options":{"lagMs":3000,"rotation":"grace"},"faults":[{"kind":"commit-reset"}]})"));
    const auto detail = [](const char* text) { return parseNinjaOneScenario(text).error().detail; };
    EXPECT_NE(detail(R"({"options":{"rotation":"never"}})").find("options.rotation"), std::string::npos);
    EXPECT_NE(detail(R"({"faults":[{"kind":"nonsense"}]})").find("faults[0]"), std::string::npos);
    EXPECT_NE(detail(R"({"option":{}})").find("option"), std::string::npos);
    EXPECT_NE(detail(R"({"seed":{},"tenant":{}})").find("tenant"), std::string::npos);
    EXPECT_NE(detail(R"({"tenant":{"organizations":90000}})").find("tenant"), std::string::npos);
}

}  // namespace
}  // namespace ninja3cx::simulators
