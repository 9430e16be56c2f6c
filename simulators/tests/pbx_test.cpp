#include "simulators/exchange/multipart.hpp"
#include "simulators/tests/pbx_harness.hpp"

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::PbxHarness;
using testing::RecordingSink;

constexpr const char* kWorkedExample = R"({
 "extensions": [{"number":"201","firstName":"Marie","lastName":"Martin","email":"m@site.example"},
                {"number":"202","firstName":"Ben","lastName":"Roy","email":"b@site.example","devices":0},
                {"number":"299","firstName":"Not","lastName":"Monitored","email":"n@site.example"}],
 "monitored": ["201","202"],
 "calls": [{"at":2,"extension":"201","callerNumber":"+33142345678","callerName":"Dupont SARL","did":"+33170000000","ringS":6,
            "durationS":114,"variant":"hold","holdAtS":34,"holdForS":15}]
})";

std::string event(int sequence, int type, const std::string& entity) {
    return "{\"sequence\":" + std::to_string(sequence) +
           ",\"event\":{\"event_type\":" + std::to_string(type) + ",\"entity\":\"" + entity +
           "\",\"attached_data\":null}}";
}
constexpr const char* kLeg = "/callcontrol/201/participants/8106";

TEST(PbxWorkedExample, RingsIsAnsweredHeldResumedAndEnded) {
    PbxHarness pbx{kWorkedExample};
    pbx.signIn();
    const auto socket = pbx.listen();
    const boost::json::value all = pbx.get("/callcontrol");
    ASSERT_EQ(all.as_array().size(), 3U);
    EXPECT_EQ(all.at(0).at("type"), "Wroutepoint");
    EXPECT_EQ(all.at(1).at("devices").at(0).at("device_id"), "sip:201@127.0.0.1:5483;rinstance=a1");
    EXPECT_TRUE(all.at(2).at("devices").as_array().empty());

    pbx.pass(2050ms);
    EXPECT_EQ(socket->frames, std::vector{event(1, 0, kLeg)});
    const boost::json::value expected = boost::json::parse(
        R"({"id":8106,"status":"Ringing","dn":"201","party_caller_name":"Dupont SARL","party_dn":"10001","party_caller_id":"+33142345678",)"
        R"("party_did":"+33170000000","device_id":"sip:201@127.0.0.1:5483;rinstance=a1","party_dn_type":"Wexternalline","direct_control":false,)"
        R"("originated_by_dn":"ROUTER","originated_by_type":"Wroutepoint","referred_by_dn":"","referred_by_type":"None",)"
        R"("on_behalf_of_dn":"","on_behalf_of_type":"None","callid":4711,"legid":3})");
    EXPECT_EQ(pbx.get(kLeg), expected);
    EXPECT_EQ(pbx.get("/xapi/v1/ActiveCalls").at("value").at(0).at("Caller"), "10001 Trunk (+33142345678)");
    EXPECT_EQ(pbx.get("/xapi/v1/ActiveCalls").at("value").at(0).at("Callee"), "201 Marie Martin");
    EXPECT_EQ(pbx.get("/xapi/v1/ActiveCalls").at("value").at(0).at("Status"), "Routing");

    pbx.pass(6000ms);
    EXPECT_EQ(socket->frames.back(), event(2, 0, kLeg));
    EXPECT_EQ(pbx.get(kLeg).at("status"), "Connected");
    EXPECT_EQ(pbx.get("/xapi/v1/ActiveCalls").at("value").at(0).at("Status"), "Talking");

    pbx.pass(34s);
    EXPECT_EQ(socket->frames.back(), event(3, 0, kLeg));
    EXPECT_EQ(pbx.get(kLeg).at("status"), "Connected");
    pbx.pass(15s);
    EXPECT_EQ(socket->frames.back(), event(4, 0, kLeg));

    pbx.pass(65s);
    EXPECT_EQ(socket->frames.back(), event(5, 1, kLeg));
    EXPECT_EQ(socket->frames.size(), 5U);
    EXPECT_EQ(pbx.send("GET", kLeg).status, 404);
    EXPECT_TRUE(pbx.get("/callcontrol/201/participants").as_array().empty());
    EXPECT_TRUE(pbx.get("/xapi/v1/ActiveCalls").at("value").as_array().empty());
    EXPECT_EQ(pbx.call(0).at("state"), "ended");
    EXPECT_EQ(pbx.call(0).at("outcome"), "answered");
}

struct HoldRow {
    const char* name;
    const char* hold;
    std::size_t frames;
    const char* status;
};
class PbxHold : public ::testing::TestWithParam<HoldRow> {};
TEST_P(PbxHold, ShowsAsTheProfileSays) {
    PbxHarness pbx{kWorkedExample};
    pbx.signIn();
    ASSERT_EQ(pbx.send("POST", "/sim/profile", std::string{R"({"hold":")"} + GetParam().hold + "\"}").status,
              200);
    const auto socket = pbx.listen();
    pbx.pass(43s);  // rings at 2, talks at 8, is held at 42
    EXPECT_EQ(socket->frames.size(), GetParam().frames);
    EXPECT_EQ(pbx.get(kLeg).at("status"), GetParam().status);
    EXPECT_EQ(pbx.call(0).at("state"), "held");
    pbx.pass(15s);
    EXPECT_EQ(pbx.get(kLeg).at("status"), "Connected");
}
INSTANTIATE_TEST_SUITE_P(Rows, PbxHold,
                         ::testing::Values(HoldRow{"Silent", "silent", 2, "Connected"},
                                           HoldRow{"Upsert", "upsert-connected", 3, "Connected"},
                                           HoldRow{"Status", "status-held", 3, "Held"}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxTokens, AreOnlyOneAtATime) {
    PbxHarness pbx{"{}"};
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 401);
    EXPECT_EQ(pbx.askForToken("wrong").status, 401);
    pbx.signIn();
    const std::string first = pbx.token;
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);
    pbx.signIn();
    EXPECT_NE(pbx.token, first);
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);
    pbx.token = first;
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 401);
    EXPECT_TRUE(
        pbx.pbx.socketRefusal({"GET", "/callcontrol/ws", {}, {{"Authorization", "Bearer " + first}}, ""}));
}

TEST(PbxTokens, LookLikeAJwtThatTellsItsLife) {
    PbxHarness pbx{R"({"profile":{"expiresIn":"minutes","singleToken":false}})"};
    const boost::json::value answer = boost::json::parse(pbx.askForToken().body);
    EXPECT_EQ(answer.at("expires_in"), 60);
    EXPECT_TRUE(answer.at("refresh_token").is_null());
    const std::string token{answer.at("access_token").as_string()};
    const std::size_t dot = token.find('.');
    const auto payload = boost::json::parse(*decodeBase64(token.substr(dot + 1, token.rfind('.') - dot - 1)));
    EXPECT_EQ(payload.at("exp").as_int64() - payload.at("iat").as_int64(), 3600);
    pbx.signIn();
    pbx.token = token;  // the older one lives on in this profile
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);
    pbx.clock.advance(3600s);
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 401);
}

TEST(PbxTokens, ComeForAMultipartFormAsWell) {
    PbxHarness pbx{"{}"};
    std::string body;
    for (const auto& [name, value] :
         {std::pair{"grant_type", "client_credentials"}, {"client_id", "900"}, {"client_secret", "sim-key"}})
        body += std::string{"--b\r\nContent-Disposition: form-data; name=\""} + name + "\"\r\n\r\n" + value +
                "\r\n";
    EXPECT_EQ(pbx.pbx
                  .handle({"POST",
                           "/connect/token",
                           {},
                           {{"Content-Type", "multipart/form-data; boundary=b"}},
                           body + "--b--\r\n"})
                  .status,
              200);
}

TEST(PbxRest, TellsUnknownFromUnmonitored) {
    PbxHarness pbx{kWorkedExample};
    pbx.signIn();
    EXPECT_EQ(pbx.send("GET", "/callcontrol/201").status, 200);
    EXPECT_EQ(pbx.send("GET", "/callcontrol/299").status, 403);
    EXPECT_EQ(pbx.send("GET", "/callcontrol/777").status, 404);
    EXPECT_EQ(pbx.send("GET", "/callcontrol/201/participants/1").status, 404);
    EXPECT_EQ(
        pbx.send("GET", "/callcontrol/201/devices/sip%3A201%40127.0.0.1%3A5483%3Brinstance%3Da1").status,
        200);
}

/// A call that rings at 201 from the start, under direct control.
constexpr const char* kRinging = R"({
 "extensions": [{"number":"201","firstName":"A","lastName":"B","email":"","directControl":true},
                {"number":"202","firstName":"C","lastName":"D","email":"","directControl":false}],
 "calls": [{"extension":"201","callerNumber":"+33199000001","ringS":60,"durationS":60}]})";

struct ActionRow {
    const char* name;
    bool isConnected;
    const char* action;
    const char* body;
    int status;
};
class PbxActions : public ::testing::TestWithParam<ActionRow> {};
TEST_P(PbxActions, ObeyTheStateOfTheLeg) {
    PbxHarness pbx{kRinging};
    pbx.signIn();
    pbx.pass(100ms);
    if (GetParam().isConnected) {
        ASSERT_EQ(pbx.send("POST", std::string{kLeg} + "/answer", "{}").status, 200);
    }
    const Reply reply = pbx.send("POST", std::string{kLeg} + "/" + GetParam().action, GetParam().body);
    EXPECT_EQ(reply.status, GetParam().status) << reply.body;
    if (reply.status == 200) {
        EXPECT_EQ(boost::json::parse(reply.body).at("finalstatus"), "Success");
    }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PbxActions,
    ::testing::Values(
        ActionRow{"AnswerRinging", false, "answer", "{}", 200},
        ActionRow{"AnswerTwice", true, "answer", "{}", 422},
        ActionRow{"DropRinging", false, "drop", "{}", 200},
        ActionRow{"DropConnected", true, "drop", "{}", 200}, ActionRow{"NoBody", false, "drop", "", 400},
        ActionRow{"DivertRinging", false, "divert", R"({"destination":"202"})", 200},
        ActionRow{"DivertConnected", true, "divert", R"({"destination":"202"})", 422},
        ActionRow{"DivertNowhere", false, "divert", "{}", 400},
        ActionRow{"TransferRinging", false, "transferto", R"({"Destination":"202"})", 422},
        ActionRow{"TransferConnected", true, "transferto", R"({"Destination":"202"})", 200},
        ActionRow{"RouteConnected", true, "routeto", R"({"destination":"202"})", 200},
        ActionRow{"Attach", true, "attach_participant_data", R"({"attacheddata":{"a":"b"}})", 200},
        ActionRow{"Stream", true, "stream", "x", 424}, ActionRow{"Hold", true, "hold", "{}", 404}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxActionsOnAPhone, CannotAnswerWithoutDirectControl) {
    PbxHarness pbx{R"({"calls":[{"extension":"201","callerNumber":"+331","ringS":60,"durationS":1}]})"};
    pbx.signIn();
    pbx.pass(10ms);
    const Reply reply = pbx.send("POST", std::string{kLeg} + "/answer", "{}");
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(boost::json::parse(reply.body).at("finalstatus"), "Failed");
}

TEST(PbxTransfer, RemovesTheLegThenRingsTheOtherWithTheSameCallId) {
    PbxHarness pbx{R"({"calls":[{"at":0.05,"extension":"201","callerNumber":"+331","ringS":1,"durationS":30,
        "variant":"transfer","transferTo":"202","transferAtS":5}]})"};
    pbx.signIn();
    const auto socket = pbx.listen();
    pbx.pass(6100ms);
    ASSERT_EQ(socket->frames.size(), 4U);
    EXPECT_EQ(socket->frames[2], event(3, 1, kLeg));
    EXPECT_EQ(socket->frames[3], event(4, 0, "/callcontrol/202/participants/8107"));
    const boost::json::value leg = pbx.get("/callcontrol/202/participants/8107");
    EXPECT_EQ(leg.at("callid"), 4711);
    EXPECT_EQ(leg.at("referred_by_dn"), "201");
    EXPECT_EQ(leg.at("status"), "Ringing");
    pbx.pass(2s);
    EXPECT_EQ(pbx.get("/callcontrol/202/participants/8107").at("status"), "Connected");
    EXPECT_EQ(pbx.call(0).at("answeredBy"), "202");
    pbx.pass(30s);
    EXPECT_EQ(pbx.call(0).at("state"), "ended");
}

TEST(PbxDevices, EachRingUntilOneAnswers) {
    PbxHarness pbx{
        R"({"profile":{"devices":2},"calls":[{"at":0.05,"extension":"201","callerNumber":"+331","ringS":2,"durationS":3}]})"};
    pbx.signIn();
    const auto socket = pbx.listen();
    pbx.pass(100ms);
    EXPECT_EQ(pbx.get("/callcontrol/201/participants").as_array().size(), 2U);
    pbx.pass(2s);
    EXPECT_EQ(pbx.get("/callcontrol/201/participants").as_array().size(), 1U);
    pbx.pass(4s);
    EXPECT_EQ(socket->frames.size(), 5U);  // 2 ring, 1 answers, 2 are removed
}

TEST(PbxMissed, IsRemovedWhileItRings) {
    PbxHarness pbx{
        R"({"calls":[{"at":0.05,"extension":"201","callerNumber":"","ringS":2,"variant":"missed"}]})"};
    pbx.signIn();
    const auto socket = pbx.listen();
    pbx.pass(2100ms);
    EXPECT_EQ(socket->frames, (std::vector{event(1, 0, kLeg), event(2, 1, kLeg)}));
    EXPECT_EQ(pbx.call(0).at("outcome"), "missed");
    EXPECT_TRUE(pbx.call(0).at("answeredAt").is_null());
}

TEST(PbxOutbound, DialsThenConnects) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    const auto socket = pbx.listen();
    const Reply made = pbx.send("POST", "/callcontrol/201/makecall", R"({"destination":"0612345678"})");
    ASSERT_EQ(made.status, 200);
    const boost::json::value leg = boost::json::parse(made.body).at("result");
    EXPECT_EQ(leg.at("status"), "Dialing");
    EXPECT_EQ(leg.at("legid"), 1);
    EXPECT_EQ(leg.at("originated_by_dn"), "");
    pbx.pass(6100ms);
    EXPECT_EQ(pbx.get(kLeg).at("status"), "Connected");
    EXPECT_EQ(pbx.send("POST", "/callcontrol/201/makecall", "{}").status, 400);
    EXPECT_EQ(pbx.send("POST", "/callcontrol/201/devices/sip:gone/makecall", R"({"destination":"1"})").status,
              404);
}

TEST(PbxInternal, ShowsBothLegs) {
    PbxHarness pbx{
        R"({"calls":[{"extension":"202","callerNumber":"201","direction":"internal","ringS":1,"durationS":5}]})"};
    pbx.signIn();
    pbx.pass(100ms);
    EXPECT_EQ(pbx.get(kLeg).at("status"), "Dialing");
    EXPECT_EQ(pbx.get("/callcontrol/202/participants").at(0).at("party_dn_type"), "Wextension");
    pbx.pass(1s);
    EXPECT_EQ(pbx.get(kLeg).at("status"), "Connected");
    EXPECT_EQ(pbx.get("/callcontrol/202/participants").at(0).at("status"), "Connected");
}

TEST(PbxCallsBefore, AreAlreadyTalking) {
    PbxHarness pbx{
        R"({"calls":[{"at":-20,"extension":"201","callerNumber":"+331","ringS":5,"durationS":60}]})"};
    pbx.signIn();
    pbx.pass(50ms);
    EXPECT_EQ(pbx.get(kLeg).at("status"), "Connected");
    pbx.pass(46s);
    EXPECT_EQ(pbx.send("GET", kLeg).status, 404);
}

TEST(PbxRunTime, PlaysCallsThatComeLaterWithTheirAudio) {
    PbxHarness pbx{"{}"};
    const Reply started = pbx.send(
        "POST", "/sim/scenario",
        R"({"calls":[{"name":"late","extension":"203","callerNumber":"+331","durationS":5,"audio":"samples/calls/01.flac"}]})");
    EXPECT_EQ(started.status, 200) << started.body;
    EXPECT_EQ(pbx.call(0).at("audio"), "samples/calls/01.flac");
    EXPECT_EQ(pbx.call(0).at("state"), "ringing");
    const Reply wrong = pbx.send("POST", "/sim/scenario",
                                 R"({"calls":[{"extension":"999","callerNumber":"","durationS":5}]})");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_NE(wrong.body.find("calls[0].extension"), std::string::npos);
}

TEST(PbxProfiles, ChangeKeysIdsAndOldInterfaces) {
    PbxHarness pbx{
        R"({"profile":{"keyCase":"pascal","ids":"string"},"calls":[{"extension":"201","callerNumber":"+331","durationS":5}]})"};
    pbx.signIn();
    pbx.pass(10ms);
    EXPECT_EQ(pbx.get(kLeg).at("Id"), "8106");
    EXPECT_EQ(pbx.get(kLeg).at("PartyDnType"), "Wexternalline");
    EXPECT_EQ(pbx.send("GET", "/api/SystemStatus").status, 404);
    pbx.send("POST", "/sim/profile", R"({"version":"v18"})");
    EXPECT_EQ(pbx.askForToken().status, 404);
    EXPECT_EQ(pbx.send("GET", "/api/SystemStatus").status, 401);
    const Reply login = pbx.send("POST", "/api/login", R"({"Username":"admin","Password":"sim-key"})");
    EXPECT_EQ(login.body, "AuthSuccess");
    EXPECT_EQ(
        pbx.pbx.handle({"GET", "/api/activeCalls", {}, {{"Cookie", ".AspNetCore.Cookies=simulated"}}, ""})
            .status,
        200);
}

TEST(PbxXapi, FiltersSelectsAndNamesItsVersion) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    const Reply defs = pbx.send("GET", "/xapi/v1/Defs?$select=Id");
    EXPECT_EQ(defs.status, 200);
    EXPECT_EQ(testing::headerOf(defs, "X-3CX-Version"), "20.0.9.995");
    EXPECT_EQ(testing::headerOf(defs, "Date"), "Thu, 01 Jan 2026 00:00:00 GMT");
    const boost::json::value users =
        pbx.get("/xapi/v1/Users?$select=Number,EmailAddress&$orderby=Number%20desc&$top=2&$count=true");
    EXPECT_EQ(users.at("@odata.count"), 6);
    EXPECT_EQ(users.at("value").as_array().size(), 2U);
    EXPECT_EQ(users.at("value").at(0),
              (boost::json::value{{"Number", "206"}, {"EmailAddress", "nicolas.faure@infogerance.example"}}));
    const auto count = [&](const std::string& filter) {
        return pbx.get("/xapi/v1/Users?$filter=" + percentEncode(filter)).at("value").as_array().size();
    };
    EXPECT_EQ(count("Number eq '202'"), 1U);
    EXPECT_EQ(count("DisplayName eq 'Laura Petit'"), 1U);
    EXPECT_EQ(count("Number gt '202' and Number le '205'"), 3U);
    EXPECT_EQ(count("Id ge 105 and Number ne '206'"), 1U);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Users?$filter=Number%20eq%20'202'%20or%20Id%20eq%201").status, 400);
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Users?$filter=contains(Number,'2')").status, 400);
    EXPECT_TRUE(pbx.get("/xapi/v1/Recordings").at("value").as_array().empty());
    EXPECT_EQ(pbx.get("/xapi/v1/SystemStatus").at("FQDN"), "pbx.example");
    EXPECT_EQ(pbx.send("GET", "/xapi/v1/Recordings(5)").status, 404);
}

}  // namespace
}  // namespace ninja3cx::simulators
