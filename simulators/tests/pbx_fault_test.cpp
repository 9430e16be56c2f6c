#include "simulators/tests/pbx_harness.hpp"

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::PbxHarness;

constexpr const char* kTwoCalls = R"({"calls":[
  {"at":0.1,"extension":"201","callerNumber":"+331","ringS":1,"durationS":30},
  {"at":0.3,"extension":"202","callerNumber":"+332","ringS":1,"durationS":30}]})";

std::vector<std::int64_t> sequencesOf(const std::vector<std::string>& frames) {
    std::vector<std::int64_t> numbers;
    for (const std::string& frame : frames)
        numbers.push_back(boost::json::parse(frame).at("sequence").as_int64());
    return numbers;
}
using Numbers = std::vector<std::int64_t>;

struct FeedRow {
    const char* name;
    const char* fault;
    Numbers numbers;
};
class PbxFeedFault : public ::testing::TestWithParam<FeedRow> {};
TEST_P(PbxFeedFault, DisturbsTheNumbersOfEvents) {
    PbxHarness pbx{kTwoCalls};
    const auto socket = pbx.listen();
    ASSERT_EQ(pbx.send("POST", "/sim/fault", GetParam().fault).status, 200);
    pbx.pass(1500ms);
    EXPECT_EQ(sequencesOf(socket->frames), GetParam().numbers);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PbxFeedFault,
    ::testing::Values(FeedRow{"Skip", R"({"kind":"skip-sequence"})", {2, 3, 4}},
                      FeedRow{"Duplicate", R"({"kind":"duplicate"})", {1, 1, 2, 3, 4}},
                      FeedRow{"Reorder", R"({"kind":"reorder"})", {2, 1, 3, 4}},
                      FeedRow{"Lose", R"({"kind":"lose"})", {1, 2, 3}},
                      FeedRow{"Foreign",
                              R"({"kind":"event","params":{"type":99,"entity":"/callcontrol/../x"}})",
                              {1, 2, 3, 4, 5}}),
    [](const auto& info) { return std::string{info.param.name}; });

struct SocketRow {
    const char* name;
    const char* fault;
    const char* end;
};
class PbxSocketFault : public ::testing::TestWithParam<SocketRow> {};
TEST_P(PbxSocketFault, EndsEverySocket) {
    PbxHarness pbx{kTwoCalls};
    const auto socket = pbx.listen();
    ASSERT_EQ(pbx.send("POST", "/sim/fault", GetParam().fault).status, 200);
    pbx.pass(1500ms);
    EXPECT_EQ(socket->end, GetParam().end);
    EXPECT_TRUE(socket->frames.empty());
    const auto again = pbx.listen();
    pbx.pass(40s);
    EXPECT_EQ(sequencesOf(again->frames).at(0), 1);  // numbers begin again with each connection
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PbxSocketFault,
    ::testing::Values(SocketRow{"Close", R"({"kind":"ws-close","params":{"code":1012}})", "closed 1012"},
                      SocketRow{"Reset", R"({"kind":"ws-reset"})", "broken"},
                      SocketRow{"Silence", R"({"kind":"ws-silence"})", "dead"},
                      SocketRow{"Expiry", R"({"kind":"expire-token","params":{"sockets":"close"}})",
                                "closed 1008"}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxFaults, ExpireTheTokenWhileTheSocketStays) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    const auto socket = pbx.listen();
    pbx.send("POST", "/sim/fault", R"({"kind":"expire-token"})");
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 401);
    EXPECT_EQ(socket->end, "");
    pbx.signIn();
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);
}

TEST(PbxFaults, AnswerRequestsWithTroubleForAsLongAsAsked) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    pbx.send("POST", "/sim/fault", R"({"kind":"503","times":2})");
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 503);
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 503);
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);
    pbx.send("POST", "/sim/fault", R"({"kind":"slow","params":{"ms":5000},"match":{"pathRegex":"201"}})");
    EXPECT_EQ(pbx.send("GET", "/callcontrol/202").delay, 0ms);
    EXPECT_EQ(pbx.send("GET", "/callcontrol/201").delay, 5000ms);
    EXPECT_EQ(pbx.send("POST", "/sim/fault", R"({"kind":"earthquake"})").status, 400);
}

TEST(PbxFaults, RestartForgetsEveryCallAndCountsAgain) {
    PbxHarness pbx{kTwoCalls};
    pbx.signIn();
    const auto socket = pbx.listen();
    pbx.pass(2s);
    pbx.send("POST", "/sim/fault", R"({"kind":"restart"})");
    EXPECT_EQ(socket->end, "broken");
    pbx.signIn();
    EXPECT_TRUE(pbx.get("/callcontrol/201/participants").as_array().empty());
    pbx.send("POST", "/sim/scenario",
             R"({"calls":[{"extension":"201","callerNumber":"+331","durationS":5}]})");
    EXPECT_EQ(pbx.get("/callcontrol/201/participants").at(0).at("callid"), 1);
    EXPECT_EQ(pbx.call(0).at("outcome"), "dropped");
}

TEST(PbxFaults, TakeAnExtensionOutOfSight) {
    PbxHarness pbx{kTwoCalls};
    pbx.signIn();
    pbx.send("POST", "/sim/fault", R"({"kind":"unmonitor","params":{"dn":"201"}})");
    const auto socket = pbx.listen();
    pbx.pass(500ms);
    EXPECT_EQ(pbx.send("GET", "/callcontrol/201").status, 403);
    EXPECT_EQ(pbx.get("/callcontrol").as_array().size(), 6U);
    EXPECT_EQ(socket->frames.size(), 1U);
}

TEST(PbxFaults, ShowThingsNobodyKnows) {
    PbxHarness pbx{kTwoCalls};
    pbx.signIn();
    pbx.pass(1250ms);
    pbx.send("POST", "/sim/fault", R"({"kind":"unknown-fields"})");
    pbx.send("POST", "/sim/fault", R"({"kind":"status","params":{"status":"Parked"}})");
    const boost::json::value leg = pbx.get("/callcontrol/201/participants/8106");
    EXPECT_TRUE(leg.at("party_did").is_null());
    EXPECT_TRUE(leg.as_object().contains("x_new_in_this_build"));
    EXPECT_EQ(leg.at("status"), "Parked");
    const auto socket = pbx.listen();
    pbx.send("POST", "/sim/fault", R"({"kind":"frame","params":{"text":"{broken"}})");
    pbx.send("POST", "/sim/fault", R"({"kind":"frame","params":{"as":"binary","bytes":3}})");
    EXPECT_EQ(socket->frames, (std::vector<std::string>{"{broken", "binary:xxx"}));
}

TEST(PbxFaults, StrikeAtTheirTimeInAScenario) {
    PbxHarness pbx{R"({"faults":[{"kind":"ws-reset","at":3}]})"};
    const auto socket = pbx.listen();
    pbx.pass(2900ms);
    EXPECT_EQ(socket->end, "");
    pbx.pass(200ms);
    EXPECT_EQ(socket->end, "broken");
}

/// Rings at 201 from 0.1 s to 1.1 s.
constexpr const char* kMissed =
    R"({"calls":[{"at":0.1,"extension":"201","callerNumber":"+331","ringS":1,"variant":"missed"}]})";
constexpr const char* kLeg = "/callcontrol/201/participants/8106";

struct OrderRow {
    const char* name;
    const char* kind;
    std::vector<std::string> frames;
};
class PbxOrderFault : public ::testing::TestWithParam<OrderRow> {};
TEST_P(PbxOrderFault, MixesUpsertAndRemove) {
    PbxHarness pbx{kMissed};
    const auto socket = pbx.listen();
    pbx.control("/sim/fault", std::string{R"({"kind":")"} + GetParam().kind + "\"}");
    pbx.pass(2s);
    EXPECT_EQ(socket->frames, GetParam().frames);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, PbxOrderFault,
    ::testing::Values(OrderRow{"RemoveFirst",
                               "remove-first",
                               {testing::eventFrame(1, 1, kLeg), testing::eventFrame(2, 0, kLeg)}},
                      OrderRow{"LateUpsert",
                               "late-upsert",
                               {testing::eventFrame(1, 0, kLeg), testing::eventFrame(2, 1, kLeg),
                                testing::eventFrame(3, 0, kLeg)}},
                      OrderRow{"LostUpsert", "lose", {testing::eventFrame(1, 1, kLeg)}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxFaults, SupersedeTheTokenAgainAndAgain) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    const auto status = [&] { return pbx.send("GET", "/callcontrol").status; };
    pbx.control("/sim/fault", R"({"kind":"supersede-token","params":{"everyS":30},"times":3})");
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(status(), 401) << i;
        pbx.signIn();
        EXPECT_EQ(status(), 200) << i;
        pbx.pass(31s);
    }
    EXPECT_EQ(status(), 200);  // three times are over
    EXPECT_EQ(pbx.get("/_sim/state").at("tokens").at("superseded"), 3);
    pbx.control("/sim/fault", R"({"kind":"supersede-token","params":{"everyS":30}})");
    pbx.send("DELETE", "/sim/fault");
    pbx.signIn();
    pbx.pass(100s);
    EXPECT_EQ(status(), 200);
}

TEST(PbxFaults, LeaveTheTokensAloneWhereSeveralMayLive) {
    PbxHarness pbx{R"({"profile":{"singleToken":false}})"};
    pbx.signIn();
    pbx.control("/sim/fault", R"({"kind":"supersede-token"})");
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);
}

struct ReplyRow {
    const char* name;
    const char* fault;
    int status;
};
class PbxReplyFault : public ::testing::TestWithParam<ReplyRow> {};
TEST_P(PbxReplyFault, MeetsTheNextRequestForALeg) {
    PbxHarness pbx{kMissed};
    pbx.signIn();
    pbx.pass(500ms);
    pbx.control("/sim/fault", GetParam().fault);
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);
    EXPECT_EQ(pbx.send("GET", kLeg).status, GetParam().status);
    EXPECT_EQ(pbx.send("GET", kLeg).status, 200);
}
INSTANTIATE_TEST_SUITE_P(Rows, PbxReplyFault,
                         ::testing::Values(ReplyRow{"Forbidden", R"({"kind":"403"})", 403},
                                           ReplyRow{"Gone", R"({"kind":"404"})", 404},
                                           ReplyRow{"State", R"({"kind":"422"})", 422},
                                           ReplyRow{"Media", R"({"kind":"424"})", 424}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxFaults, LastForSomeSecondsWhereAsked) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    pbx.control("/sim/fault", R"({"kind":"503","params":{"forS":10}})");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 503);
    pbx.pass(11s);
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 200);
}

TEST(PbxFaults, MeetTheUpgradeAsWell) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    const auto status = [&] {
        const auto refusal = pbx.pbx.socketRefusal(
            {"GET", "/callcontrol/ws", {}, {{"Authorization", "Bearer " + pbx.token}}, ""});
        return refusal ? refusal->status : 101;
    };
    pbx.control("/sim/fault", R"({"kind":"503","match":{"pathRegex":"/ws$"}})");
    EXPECT_EQ(status(), 503);
    EXPECT_EQ(status(), 101);
}

TEST(PbxFaults, SpoilTheBody) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    const std::string whole = pbx.send("GET", "/callcontrol").body;
    pbx.control("/sim/fault", R"({"kind":"malformed"})");
    EXPECT_EQ(pbx.send("GET", "/callcontrol").body, whole.substr(0, whole.size() / 2));
    pbx.control("/sim/fault", R"({"kind":"huge-body","params":{"bytes":5000000}})");
    const std::string huge = pbx.send("GET", "/callcontrol").body;
    EXPECT_EQ(huge.size(), 5'000'000U);
    EXPECT_EQ(boost::json::parse(huge), boost::json::parse(whole));
    pbx.control("/sim/fault", R"({"kind":"slow-body"})");
    EXPECT_EQ(pbx.send("GET", "/callcontrol").bodyBytesPerSecond, 1U);
    EXPECT_EQ(pbx.send("GET", "/callcontrol").bodyBytesPerSecond, 0U);
}

TEST(PbxFaults, KeepTheRestartingPbxDownForAWhile) {
    PbxHarness pbx{kMissed};
    pbx.signIn();
    pbx.control("/sim/fault", R"({"kind":"restart","params":{"downS":20}})");
    EXPECT_EQ(pbx.askForToken().status, 502);
    EXPECT_EQ(pbx.send("GET", "/callcontrol").status, 502);
    EXPECT_TRUE(pbx.pbx.socketRefusal({"GET", "/callcontrol/ws", {}, {}, ""}));
    pbx.pass(21s);
    EXPECT_EQ(pbx.askForToken().status, 200);
}

TEST(PbxFaults, SendEntitiesThatNobodyMayFollow) {
    PbxHarness pbx{"{}"};
    const auto socket = pbx.listen();
    pbx.control("/sim/fault", R"({"kind":"odd-entities","params":{"dn":"203"}})");
    pbx.pass(1s);
    std::vector<std::string> entities;
    for (const std::string& frame : socket->frames)
        entities.emplace_back(boost::json::parse(frame).at("event").at("entity").as_string());
    const auto isThere = [&](const std::string& entity) {
        return std::count(entities.begin(), entities.end(), entity) == 1;
    };
    EXPECT_TRUE(isThere("/callcontrol/203"));
    EXPECT_TRUE(isThere("/callcontrol/203/participants/1/"));
    EXPECT_TRUE(isThere("/callcontrol/203/participants/../../../xapi/v1/Users"));
    EXPECT_TRUE(isThere("//elsewhere.example/callcontrol/1"));
}

TEST(PbxFaults, SendAMessageThatIsTooLarge) {
    PbxHarness pbx{"{}"};
    const auto socket = pbx.listen();
    pbx.control("/sim/fault", R"({"kind":"frame","params":{"bytes":2097152,"content":"event"}})");
    pbx.pass(1s);
    ASSERT_EQ(socket->frames.size(), 1U);
    EXPECT_GT(socket->frames[0].size(), 2'097'152U);
    EXPECT_EQ(boost::json::parse(socket->frames[0]).at("sequence"), 1);
}

TEST(PbxChatter, RepeatsTheUpsertOfALivingLeg) {
    PbxHarness pbx{
        R"({"profile":{"chatter":true},"calls":[{"extension":"201","callerNumber":"+331","ringS":1,"durationS":2}]})"};
    const auto socket = pbx.listen();
    pbx.pass(10s);
    EXPECT_EQ(socket->frames.size(), 3U + 4U);  // rings, answered, removed; and at 0.75, 1.5, 2.25, 3.0
}

TEST(PbxRequestsOverTheSocket, AreAnsweredAsEvents) {
    PbxHarness pbx{kTwoCalls};
    pbx.pass(500ms);
    auto sink = std::make_shared<testing::RecordingSink>();
    const SocketId id = pbx.pbx.openSocket(sink);
    pbx.pbx.socketText(id, R"({"requestID":"7","path":"/callcontrol/201/participants"})");
    pbx.pbx.socketText(id, "not json");
    pbx.pass(100ms);
    ASSERT_EQ(sink->frames.size(), 1U);
    const boost::json::value answer = boost::json::parse(sink->frames[0]).at("event");
    EXPECT_EQ(answer.at("event_type"), 4);
    EXPECT_EQ(answer.at("attached_data").at("RequestID"), "7");
    EXPECT_EQ(answer.at("attached_data").at("Response").at(0).at("id"), 8106);
}

}  // namespace
}  // namespace ninja3cx::simulators
