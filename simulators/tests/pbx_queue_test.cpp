#include "simulators/tests/pbx_harness.hpp"

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::eventFrame;
using testing::PbxHarness;

/// The caller waits 20 s in queue 800, then 201 and 202 ring and 202 answers after 5 s.
std::string waiting(const std::string& more = "") {
    return R"({"queues":[{"dn":"800","name":"Support","members":["201","202"]}],"monitored":["201","202","800"],
        "calls":[{"at":0.05,"extension":"202","callerNumber":"+33142345678","callerName":"Dupont","ringS":5,"durationS":30,
                  "variant":"queue","waitS":20)" +
           more + "}]}";
}
constexpr const char* kQueueLeg = "/callcontrol/800/participants/8106";
constexpr const char* kFirstMember = "/callcontrol/201/participants/8107";
constexpr const char* kSecondMember = "/callcontrol/202/participants/8108";

TEST(PbxQueues, ShowTheWaitingCallerThenRingTheMembers) {
    PbxHarness pbx{waiting()};
    pbx.signIn();
    const auto socket = pbx.listen();
    pbx.pass(10s);
    EXPECT_EQ(socket->frames, std::vector{eventFrame(1, 0, kQueueLeg)});
    const boost::json::value queue = pbx.get("/callcontrol/800");
    EXPECT_EQ(queue.at("type"), "Wqueue");
    EXPECT_EQ(queue.at("participants").at(0).at("party_caller_id"), "+33142345678");
    EXPECT_EQ(queue.at("participants").at(0).at("status"), "Connected");
    const boost::json::array calls = pbx.rows("/xapi/v1/ActiveCalls");
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(calls[0].at("Caller"), "10001 Trunk (+33142345678)");
    EXPECT_EQ(calls[0].at("Callee"), "800 Support");
    EXPECT_EQ(calls[0].at("Status"), "Transferring");
    EXPECT_EQ(pbx.call(0).at("state"), "waiting");

    pbx.pass(11s);
    EXPECT_EQ(pbx.get(kFirstMember).at("originated_by_dn"), "800");
    EXPECT_EQ(pbx.get(kFirstMember).at("originated_by_type"), "Wqueue");
    EXPECT_EQ(pbx.get(kSecondMember).at("callid"), pbx.get(kQueueLeg).at("callid"));

    pbx.pass(5s);
    EXPECT_EQ(socket->frames, (std::vector{eventFrame(1, 0, kQueueLeg), eventFrame(2, 0, kFirstMember),
                                           eventFrame(3, 0, kSecondMember), eventFrame(4, 0, kSecondMember),
                                           eventFrame(5, 1, kQueueLeg), eventFrame(6, 1, kFirstMember)}));
    EXPECT_EQ(pbx.rows("/xapi/v1/ActiveCalls")[0].at("Callee"), "202 Sophie Lambert");
    EXPECT_EQ(pbx.rows("/xapi/v1/ActiveCalls")[0].at("Status"), "Talking");
    EXPECT_EQ(pbx.call(0).at("answeredBy"), "202");
    EXPECT_TRUE(pbx.get("/callcontrol/800/participants").as_array().empty());
}

struct PatienceRow {
    const char* name;
    double givesUpAfterS;
    const char* state;
    const char* outcome;
};
class PbxQueuePatience : public ::testing::TestWithParam<PatienceRow> {};
TEST_P(PbxQueuePatience, EndsTheCallUnlessItWasAnsweredBefore) {
    PbxHarness pbx{waiting(",\"givesUpAfterS\":" + std::to_string(GetParam().givesUpAfterS))};
    pbx.signIn();
    pbx.pass(28s);
    EXPECT_EQ(pbx.call(0).at("state"), GetParam().state);
    EXPECT_EQ(pbx.call(0).at("outcome"), GetParam().outcome);
    EXPECT_EQ(pbx.rows("/xapi/v1/ActiveCalls").empty(), std::string{GetParam().state} == "ended");
}
INSTANTIATE_TEST_SUITE_P(Rows, PbxQueuePatience,
                         ::testing::Values(PatienceRow{"WhileWaiting", 12, "ended", "abandoned"},
                                           PatienceRow{"WhileItRings", 23, "ended", "abandoned"},
                                           PatienceRow{"TooLate", 27, "talking", ""}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxQueues, RingOnlyThoseWhoAreLoggedIn) {
    PbxHarness pbx{waiting()};
    pbx.signIn();
    pbx.control("/sim/user", R"({"number":"201","queueStatus":"LoggedOut"})");
    pbx.pass(21s);
    EXPECT_TRUE(pbx.get("/callcontrol/201/participants").as_array().empty());
    EXPECT_EQ(pbx.get("/callcontrol/202/participants").as_array().size(), 1U);
}

TEST(PbxQueues, KeepACallerWaitingUntilSomebodyLogsIn) {
    PbxHarness pbx{waiting()};
    pbx.signIn();
    for (const char* number : {"201", "202"})
        pbx.control("/sim/user", R"({"number":")" + std::string{number} + R"(","queueStatus":"LoggedOut"})");
    pbx.pass(60s);
    EXPECT_EQ(pbx.call(0).at("state"), "waiting");
    pbx.control("/sim/user", R"({"number":"202","queueStatus":"LoggedIn"})");
    pbx.pass(15s);
    EXPECT_EQ(pbx.call(0).at("answeredBy"), "202");
}

TEST(PbxQueues, AreListed) {
    PbxHarness pbx{"{}"};
    pbx.signIn();
    const boost::json::array queues = pbx.rows("/xapi/v1/Queues?$select=Number,Name");
    ASSERT_EQ(queues.size(), 1U);
    EXPECT_EQ(queues[0], (boost::json::value{{"Number", "800"}, {"Name", "Support"}}));
    EXPECT_EQ(pbx.send("GET", "/callcontrol/800").status, 403);  // there, but not monitored
}

TEST(PbxUsers, ChangeOverTime) {
    PbxHarness pbx{R"({"users":[{"at":10,"number":"201","queueStatus":"LoggedOut","profile":"Away"},
                                {"at":20,"number":"201","registered":false}]})"};
    pbx.signIn();
    const auto user = [&] { return pbx.rows("/xapi/v1/Users?$filter=Number%20eq%20'201'")[0]; };
    pbx.pass(9s);
    EXPECT_EQ(user().at("QueueStatus"), "LoggedIn");
    EXPECT_EQ(user().at("CurrentProfileName"), "Available");
    pbx.pass(2s);
    EXPECT_EQ(user().at("QueueStatus"), "LoggedOut");
    EXPECT_EQ(user().at("CurrentProfileName"), "Away");
    EXPECT_EQ(user().at("IsRegistered"), true);
    pbx.pass(10s);
    EXPECT_EQ(user().at("IsRegistered"), false);
    EXPECT_TRUE(pbx.get("/callcontrol/201/devices").as_array().empty());
    pbx.control("/sim/user", R"({"number":"201","registered":true})");
    EXPECT_EQ(user().at("IsRegistered"), true);
}

TEST(PbxUsers, AreRefusedWithTheFieldThatIsWrong) {
    PbxHarness pbx{"{}"};
    for (const auto& [body, field] : {std::pair{R"({"number":"999"})", "number:"},
                                      {R"({"number":"201","queueStatus":"Gone"})", "queueStatus:"},
                                      {R"({"number":"201","profile":""})", "profile:"},
                                      {R"({"number":"201","at":3})", "at:"},
                                      {R"({"number":"201","mood":"good"})", "mood:"}}) {
        const Reply reply = pbx.send("POST", "/sim/user", body);
        EXPECT_EQ(reply.status, 400);
        EXPECT_NE(reply.body.find(field), std::string::npos) << reply.body;
    }
}

TEST(PbxUsers, WithoutAPhoneMissTheirCalls) {
    PbxHarness pbx{R"({"users":[{"number":"201","registered":false}],
        "calls":[{"at":1,"extension":"201","callerNumber":"+331","ringS":4,"durationS":9}]})"};
    pbx.pass(6s);
    EXPECT_EQ(pbx.call(0).at("outcome"), "missed");
}

}  // namespace
}  // namespace ninja3cx::simulators
