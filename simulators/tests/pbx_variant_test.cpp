#include "simulators/tests/pbx_harness.hpp"

namespace ninja3cx::simulators {
namespace {

using namespace std::chrono_literals;
using testing::eventFrame;
using testing::PbxHarness;

/// Rings at 201 after 1 s for 1 s; talks from 2 s to 62 s.
std::string callWith(const std::string& more) {
    return R"({"calls":[{"at":1,"extension":"201","callerNumber":"+33142345678","callerName":"Dupont","did":"+33170000000",
        "ringS":1,"durationS":60,)" +
           more + "}]}";
}
constexpr const char* kCustomer = "/callcontrol/201/participants/8106";
constexpr const char* kInquiry = "/callcontrol/201/participants/8107";
constexpr const char* kColleague = "/callcontrol/202/participants/8108";

std::string transfer(const std::string& more = "") {
    return callWith(R"("variant":"attended-transfer","transferTo":"202","transferAtS":10,"consultForS":15)" +
                    more);
}

TEST(PbxAttendedTransfer, ConsultsWithASecondCallThenHandsOver) {
    PbxHarness pbx{transfer()};
    pbx.signIn();
    pbx.pass(12500ms);
    EXPECT_EQ(pbx.get(kCustomer).at("callid"), 4711);
    EXPECT_EQ(pbx.get(kInquiry).at("callid"), 4712);
    EXPECT_EQ(pbx.get(kInquiry).at("status"), "Dialing");
    EXPECT_EQ(pbx.get(kColleague).at("status"), "Ringing");
    EXPECT_EQ(pbx.get(kColleague).at("party_dn"), "201");
    EXPECT_EQ(pbx.call(0).at("state"), "held");
    pbx.pass(3s);
    EXPECT_EQ(pbx.get(kColleague).at("status"), "Connected");

    const auto socket = pbx.listen();
    pbx.pass(15s);  // handed over at 29 s
    EXPECT_EQ(socket->frames, (std::vector{eventFrame(1, 0, kCustomer), eventFrame(2, 1, kCustomer),
                                           eventFrame(3, 1, kInquiry), eventFrame(4, 0, kColleague)}));
    const boost::json::value colleague = pbx.get(kColleague);
    EXPECT_EQ(colleague.at("callid"), 4711);
    EXPECT_EQ(colleague.at("referred_by_dn"), "201");
    EXPECT_EQ(colleague.at("party_caller_id"), "+33142345678");
    EXPECT_EQ(colleague.at("party_dn_type"), "Wexternalline");
    EXPECT_EQ(pbx.call(0).at("answeredBy"), "202");
    EXPECT_EQ(pbx.call(1).at("outcome"), "transferred");
    pbx.pass(35s);
    EXPECT_EQ(pbx.call(0).at("outcome"), "answered");
    EXPECT_EQ(pbx.send("GET", kColleague).status, 404);
}

TEST(PbxAttendedTransfer, MayKeepTheCallIdOfTheConsultation) {
    PbxHarness pbx{transfer(R"(,"consultCallId":"stays")")};
    pbx.signIn();
    pbx.pass(31s);
    EXPECT_EQ(pbx.get(kColleague).at("callid"), 4712);
    EXPECT_EQ(pbx.get(kColleague).at("party_caller_id"), "+33142345678");
    EXPECT_EQ(pbx.rows("/xapi/v1/ActiveCalls")[0].at("Id"), 4712);
}

TEST(PbxAttendedTransfer, WhoseColleagueHasNoPhoneGoesBackToTheCustomer) {
    PbxHarness pbx{transfer()};
    pbx.signIn();
    pbx.control("/sim/user", R"({"number":"202","registered":false})");
    pbx.pass(32s);
    EXPECT_EQ(pbx.call(0).at("state"), "talking");
    EXPECT_EQ(pbx.call(0).at("answeredBy"), "201");
    EXPECT_EQ(pbx.call(1).at("state"), "ended");
}

TEST(PbxConsultation, ReturnsToTheCustomer) {
    PbxHarness pbx{
        callWith(R"("variant":"consultation","transferTo":"202","transferAtS":10,"consultForS":15)")};
    pbx.signIn();
    pbx.pass(20s);
    EXPECT_EQ(pbx.get("/callcontrol/201/participants").as_array().size(), 2U);
    pbx.pass(12s);
    EXPECT_EQ(pbx.get("/callcontrol/201/participants").as_array().size(), 1U);
    EXPECT_TRUE(pbx.get("/callcontrol/202/participants").as_array().empty());
    EXPECT_EQ(pbx.call(0).at("state"), "talking");
    EXPECT_EQ(pbx.call(0).at("answeredBy"), "201");
    EXPECT_EQ(pbx.call(1).at("outcome"), "answered");
}

TEST(PbxConference, BecomesEverybodysParty) {
    PbxHarness pbx{callWith(R"("variant":"conference","conferenceWith":"202","conferenceAtS":10)")};
    pbx.signIn();
    pbx.pass(13s);
    EXPECT_EQ(pbx.get("/callcontrol/202/participants").at(0).at("status"), "Ringing");
    EXPECT_EQ(pbx.get(kCustomer).at("party_dn"), "10001");
    pbx.pass(2s);
    for (const char* dn : {"201", "202"}) {
        const boost::json::value leg = pbx.get("/callcontrol/" + std::string{dn} + "/participants").at(0);
        EXPECT_EQ(leg.at("status"), "Connected");
        EXPECT_EQ(leg.at("party_dn_type"), "Wconference");
        EXPECT_EQ(leg.at("callid"), 4711);
    }
    pbx.pass(50s);
    EXPECT_EQ(pbx.call(0).at("state"), "ended");
    EXPECT_TRUE(pbx.get("/callcontrol/202/participants").as_array().empty());
}

TEST(PbxPark, TakesTheLegAwayUntilSomebodyPicksUp) {
    PbxHarness pbx{callWith(R"("variant":"park","parkAtS":10,"parkForS":8,"pickedUpBy":"202")")};
    pbx.signIn();
    pbx.pass(15s);
    EXPECT_EQ(pbx.send("GET", kCustomer).status, 404);
    EXPECT_EQ(pbx.call(0).at("state"), "parked");
    EXPECT_EQ(pbx.rows("/xapi/v1/ActiveCalls")[0].at("Callee"), "SP0 Parking");
    pbx.pass(6s);
    const boost::json::value leg = pbx.get("/callcontrol/202/participants").at(0);
    EXPECT_EQ(leg.at("status"), "Connected");
    EXPECT_EQ(leg.at("originated_by_type"), "Wparking");
    EXPECT_EQ(leg.at("callid"), 4711);
    EXPECT_EQ(pbx.call(0).at("answeredBy"), "202");
}

TEST(PbxSecondCall, RingsBesideTheOneThatTalks) {
    PbxHarness pbx{R"({"calls":[
        {"at":1,"extension":"201","callerNumber":"+331","ringS":1,"durationS":60},
        {"at":10,"extension":"201","callerNumber":"+332","ringS":9,"variant":"missed"}]})"};
    pbx.signIn();
    pbx.pass(12s);
    const boost::json::value legs = pbx.get("/callcontrol/201/participants");
    ASSERT_EQ(legs.as_array().size(), 2U);
    EXPECT_EQ(legs.at(0).at("status"), "Connected");
    EXPECT_EQ(legs.at(1).at("status"), "Ringing");
    EXPECT_NE(legs.at(0).at("callid"), legs.at(1).at("callid"));
    pbx.pass(10s);
    EXPECT_EQ(pbx.get("/callcontrol/201/participants").as_array().size(), 1U);
    EXPECT_EQ(pbx.call(0).at("state"), "talking");
}

TEST(PbxAnonymous, HidesTheNumberInEitherWay) {
    PbxHarness pbx{R"({"calls":[{"extension":"201","callerNumber":"","ringS":5,"durationS":5},
                                {"extension":"202","callerNumber":"anonymous","ringS":5,"durationS":5}]})"};
    pbx.signIn();
    pbx.pass(1s);
    EXPECT_EQ(pbx.get("/callcontrol/201/participants").at(0).at("party_caller_id"), "");
    EXPECT_EQ(pbx.get("/callcontrol/202/participants").at(0).at("party_caller_id"), "anonymous");
}

TEST(PbxHoldMusic, IsToldWithItsTimes) {
    PbxHarness pbx{
        callWith(R"("variant":"hold","holdAtS":10,"holdForS":5,"audio":"a.flac","holdMusic":"music.flac")")};
    pbx.pass(30s);
    EXPECT_EQ(pbx.call(0).at("holdMusic"), "music.flac");
    EXPECT_EQ(pbx.call(0).at("holds").at(0), (boost::json::value{{"fromS", 10.0}, {"toS", 15.0}}));
}

}  // namespace
}  // namespace ninja3cx::simulators
