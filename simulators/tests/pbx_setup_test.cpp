#include "simulators/tests/pbx_harness.hpp"

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::PbxHarness;

struct SetupRow {
    const char* name;
    const char* profile;
    int token;
    int callControl;
    int socket;
    int xapi;
    int old;  // /api/SystemStatus
};
class PbxSetup : public ::testing::TestWithParam<SetupRow> {};
TEST_P(PbxSetup, IsSeenInTheStatuses) {
    PbxHarness pbx{std::string{R"({"profile":)"} + GetParam().profile + "}"};
    const Reply token = pbx.askForToken();
    EXPECT_EQ(token.status, GetParam().token);
    if (token.status == 200) pbx.signIn();
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, GetParam().callControl);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Defs?$select=Id").status, GetParam().xapi);
    EXPECT_EQ(pbx.send("GET", "/api/SystemStatus").status, GetParam().old);
    const auto refusal =
        pbx.pbx.socketRefusal({"GET", "/callcontrol/ws", {}, {{"Authorization", "Bearer " + pbx.token}}, ""});
    EXPECT_EQ(refusal ? refusal->status : 101, GetParam().socket);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PbxSetup,
    ::testing::Values(SetupRow{"Good", "{}", 200, 200, 101, 200, 404},
                      SetupRow{"NoCallControl", R"({"callControl":"off"})", 200, 403, 403, 200, 404},
                      SetupRow{"NoXapi", R"({"xapi":"off"})", 200, 200, 101, 403, 404},
                      SetupRow{"NoLicence", R"({"licence":"missing"})", 200, 403, 403, 403, 404},
                      SetupRow{"Old", R"({"version":"v18"})", 404, 404, 404, 404, 401}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxSetups, SayInTheBodyWhetherItIsTheLicence) {
    PbxHarness pbx{R"({"profile":{"licence":"missing"}})"};
    pbx.signIn();
    EXPECT_NE(pbx.send("GET", "/callcontrol").body.find("licence"), std::string::npos);
    pbx.control("/sim/profile", R"({"licence":"full","callControl":"off"})");
    EXPECT_NE(pbx.send("GET", "/callcontrol").body.find("not enabled"), std::string::npos);
}

/// Who follows the calls of a V18 leaves out by it what is no extension.
TEST(PbxConsole, ListsItsExtensionsWithoutItsQueues) {
    PbxHarness pbx{R"({"profile":{"version":"v18"},"users":[{"number":"202","registered":false}]})"};
    EXPECT_EQ(pbx.send("GET", "/api/ExtensionList").status, 401);
    const Reply login = pbx.send("POST", "/api/login", R"({"Username":"admin","Password":"sim-key"})");
    const std::string cookie = testing::headerOf(login, "Set-Cookie");
    const Reply answer = pbx.pbx.handle(
        {"GET", "/api/ExtensionList", {}, {{"Cookie", cookie.substr(0, cookie.find(';'))}}, ""});
    ASSERT_EQ(answer.status, 200);
    const auto rows = boost::json::parse(answer.body).at("list").as_array();
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_EQ(rows[0].at("Number"), "201");
    EXPECT_EQ(rows[0].at("LastName"), "Bernard");
    EXPECT_EQ(rows[0].at("IsRegistered"), true);
    EXPECT_EQ(rows[1].at("IsRegistered"), false);
    EXPECT_EQ(rows[5].at("Number"), "206");
    pbx.control("/sim/profile", R"({"version":"v20.0.9"})");
    EXPECT_EQ(pbx.send("GET", "/api/ExtensionList").status, 404);
}

TEST(PbxClock, IsWrongByTheSkew) {
    PbxHarness pbx{R"({"profile":{"clockSkewS":7200},
        "calls":[{"extension":"201","callerNumber":"+331","ringS":9,"durationS":9}]})"};
    const Reply answer = pbx.askForToken();
    EXPECT_EQ(testing::headerOf(answer, "Date"), "Thu, 01 Jan 2026 02:00:00 GMT");
    const std::string token{boost::json::parse(answer.body).at("access_token").as_string()};
    const std::size_t dot = token.find('.');
    const auto payload = boost::json::parse(*decodeBase64(token.substr(dot + 1, token.rfind('.') - dot - 1)));
    EXPECT_EQ(payload.at("iat"), 1'767'225'600 + 7200);
    EXPECT_EQ(payload.at("exp").as_int64() - payload.at("iat").as_int64(), 3600);
    pbx.token = token;
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);  // its own time is the one that counts
    EXPECT_EQ(pbx.rows("/xapi/v1/ActiveCalls")[0].at("ServerNow"), "2026-01-01T02:00:00.000Z");
}

TEST(PbxProfile, KeepsItsTlsWhileItRuns) {
    PbxHarness pbx{"{}"};
    const Reply reply = pbx.send("POST", "/sim/profile", R"({"tls":"valid"})");
    EXPECT_EQ(reply.status, 400);
    EXPECT_NE(reply.body.find("profile.tls"), std::string::npos);
}

TEST(PbxRunTime, RefusesToChangeTheSite) {
    PbxHarness pbx{"{}"};
    for (const auto& [body, field] : {std::pair{R"({"profile":{}})", "profile:"},
                                      {R"({"trunk":"1"})", "trunk:"},
                                      {R"({"monitored":[]})", "monitored:"},
                                      {R"({"extensions":[]})", "extensions:"},
                                      {R"({"queues":[]})", "queues:"},
                                      {R"({"clientSecret":"x"})", "clientId, clientSecret:"},
                                      {R"({"repeatEveryS":9})", "repeatEveryS:"}}) {
        const Reply reply = pbx.send("POST", "/sim/scenario", body);
        EXPECT_EQ(reply.status, 400) << body;
        EXPECT_NE(reply.body.find(field), std::string::npos) << reply.body;
    }
}

}  // namespace
}  // namespace ninja3cx::simulators
