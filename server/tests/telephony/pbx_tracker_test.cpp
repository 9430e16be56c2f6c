#include "server/telephony/pbx_tracker.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::telephony {
namespace {

using protocol::CallState;
using protocol::Direction;

Participant leg(std::int64_t id, const std::string& status, std::int64_t callId = 4711,
                const std::string& dn = "201") {
    Participant made;
    made.id = id;
    made.status = status;
    made.dn = dn;
    made.partyCallerId = "+33142345678";
    made.partyCallerName = "Dupont SARL";
    made.partyDnType = "Wexternalline";
    made.originatedByDn = "ROUTER";
    made.callId = callId;
    made.legId = 3;
    return made;
}

std::vector<CallState> statesOf(const PbxTracker::Events& events) {
    std::vector<CallState> states;
    for (const auto& event : events) states.push_back(event.state);
    return states;
}
using States = std::vector<CallState>;

TEST(PbxTracker, FollowsAnInboundCallOnceThroughRepeats) {
    PbxTracker tracker;
    const auto rang = tracker.upsert(leg(8106, "Ringing"));
    ASSERT_EQ(statesOf(rang), States{CallState::Ringing});
    EXPECT_EQ(rang[0].key, "3cx/201/4711/8106");
    EXPECT_EQ(rang[0].direction, Direction::Inbound);
    EXPECT_EQ(rang[0].remoteNumber, "+33142345678");
    EXPECT_TRUE(tracker.upsert(leg(8106, "Ringing")).empty());
    EXPECT_EQ(statesOf(tracker.upsert(leg(8106, "Connected"))), States{CallState::Connected});
    EXPECT_TRUE(tracker.upsert(leg(8106, "Connected")).empty());
    EXPECT_EQ(statesOf(tracker.remove("201", 8106)), States{CallState::Ended});
    EXPECT_TRUE(tracker.remove("201", 8106).empty());
    EXPECT_TRUE(tracker.liveKeys().empty());
}

TEST(PbxTracker, CallsARingThatIsNotAnsweredMissed) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Ringing"));
    EXPECT_EQ(statesOf(tracker.remove("201", 1)), States{CallState::Missed});
}

TEST(PbxTracker, KeepsOneCallForTwoRingingDevices) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Ringing"));
    EXPECT_TRUE(tracker.upsert(leg(2, "Ringing")).empty());
    const auto answered = tracker.upsert(leg(2, "Connected"));
    ASSERT_EQ(statesOf(answered), States{CallState::Connected});
    EXPECT_EQ(answered[0].key, "3cx/201/4711/1");
    EXPECT_TRUE(tracker.upsert(leg(1, "Ringing")).empty())
        << "the other device's late news un-answers nothing";
    EXPECT_TRUE(tracker.remove("201", 1).empty());
    EXPECT_EQ(statesOf(tracker.remove("201", 2)), States{CallState::Ended});
}

TEST(PbxTracker, ToleratesHoldAndUnknownStates) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected"));
    EXPECT_EQ(statesOf(tracker.upsert(leg(1, "OnHold"))), States{CallState::Held});
    EXPECT_EQ(statesOf(tracker.upsert(leg(1, "Connected"))), States{CallState::Connected});
    EXPECT_TRUE(tracker.upsert(leg(1, "Frobnicated")).empty());
    EXPECT_EQ(statesOf(tracker.remove("201", 1)), States{CallState::Ended});
}

struct DirectionRow {
    const char* name;
    const char* status;
    const char* partyType;
    const char* originatedBy;
    std::int64_t legId;
    Direction expected;
};
class Directions : public testing::TestWithParam<DirectionRow> {};
TEST_P(Directions, AreReadFromTheFirstSight) {
    const DirectionRow& row = GetParam();
    Participant participant = leg(1, row.status);
    participant.partyDnType = row.partyType;
    participant.originatedByDn = row.originatedBy;
    participant.legId = row.legId;
    PbxTracker tracker;
    EXPECT_EQ(tracker.upsert(participant).at(0).direction, row.expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Directions,
    testing::Values(DirectionRow{"Ringing", "Ringing", "Wexternalline", "ROUTER", 3, Direction::Inbound},
                    DirectionRow{"Dialing", "Dialing", "Wexternalline", "", 1, Direction::Outbound},
                    DirectionRow{"LateInbound", "Connected", "Wexternalline", "ROUTER", 3,
                                 Direction::Inbound},
                    DirectionRow{"LateOutbound", "Connected", "Wexternalline", "", 1, Direction::Outbound},
                    DirectionRow{"Colleague", "Ringing", "Wextension", "202", 2, Direction::Internal}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxTracker, EndsWhatAFullLookNoLongerShows) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected", 10));
    tracker.upsert(leg(2, "Ringing", 11, "202"));
    const auto events = tracker.resync(
        {Dn{"201", "Wextension", {}}, Dn{"202", "Wextension", {leg(2, "Connected", 11, "202")}}});
    ASSERT_EQ(statesOf(events), (States{CallState::Ended, CallState::Connected}));
    EXPECT_TRUE(events[0].isTimeEstimated);
    EXPECT_EQ(tracker.liveKeys(), std::vector<std::string>{"3cx/202/11/2"});
}

TEST(PbxTracker, TakesUpACallFromBeforeARestart) {
    PbxTracker tracker{{"3cx/201/4711/8106"}};
    const auto events = tracker.resync({Dn{"201", "Wextension", {leg(8107, "Connected")}}});
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].key, "3cx/201/4711/8106")
        << "the device that rang first is gone, the call is the same";
}

TEST(PbxTracker, MakesANewCallOfANumberUsedAgain) {
    PbxTracker tracker;
    tracker.upsert(leg(5, "Connected", 1));
    tracker.remove("201", 5);
    EXPECT_EQ(tracker.upsert(leg(2, "Ringing", 1)).at(0).key, "3cx/201/1/2");
}

TEST(PbxTracker, IgnoresARemoveOfTheUnknown) {
    PbxTracker tracker;
    EXPECT_TRUE(tracker.remove("201", 99).empty());
}

TEST(PbxTracker, TellsTwoCallsOnOneExtensionApart) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected", 10));
    EXPECT_EQ(statesOf(tracker.upsert(leg(2, "Ringing", 11))), States{CallState::Ringing});
    EXPECT_EQ(tracker.liveKeys().size(), 2U);
    EXPECT_EQ(statesOf(tracker.remove("201", 1)), States{CallState::Ended});
    EXPECT_EQ(tracker.liveKeys().size(), 1U);
}

// ---- calls that were announced before they could be looked at

TEST(PbxTracker, MakesATentativeCallOfAnAnnouncedLegAndFillsItInLater) {
    PbxTracker tracker;
    const auto announced = tracker.announce("201", 8106);
    ASSERT_EQ(statesOf(announced), States{CallState::Ringing});
    EXPECT_TRUE(announced[0].isTentative);
    EXPECT_EQ(tracker.liveKeys(), std::vector{announced[0].key});
    EXPECT_TRUE(tracker.announce("201", 8106).empty()) << "repeats say nothing";
    EXPECT_TRUE(tracker.announce("201", 8107).empty()) << "it may be one more device";
    const auto known =
        tracker.resync({{"201", "Wextension", {leg(8107, "Ringing"), leg(8106, "Connected")}}});
    ASSERT_EQ(statesOf(known), States{CallState::Connected});
    EXPECT_EQ(known[0].key, announced[0].key);
    EXPECT_FALSE(known[0].isTentative);
    EXPECT_TRUE(tracker.remove("201", 8107).empty());
    const auto ended = tracker.remove("201", 8106);
    ASSERT_EQ(statesOf(ended), States{CallState::Ended});
    EXPECT_EQ(ended[0].key, announced[0].key);
}

TEST(PbxTracker, EndsAnAnnouncedCallThatVanished) {
    PbxTracker tracker;
    (void)tracker.announce("201", 8106);
    const auto removed = tracker.remove("201", 8106);
    ASSERT_EQ(statesOf(removed), States{CallState::Ended});
    EXPECT_TRUE(removed[0].isAnswerUnknown);
    EXPECT_FALSE(removed[0].isTimeEstimated);
    (void)tracker.announce("201", 8108);
    const auto ended = tracker.resync({});
    ASSERT_EQ(statesOf(ended), States{CallState::Ended});
    EXPECT_TRUE(ended[0].isTimeEstimated);
    EXPECT_TRUE(ended[0].isAnswerUnknown);
    EXPECT_TRUE(tracker.liveKeys().empty());
}

/// The answer to a look may overtake the event of a hang-up.
TEST(PbxTracker, WaitsForTheNewsOfARemovalWhereItHearsThem) {
    PbxTracker tracker;
    (void)tracker.upsert(leg(8106, "Connected"));
    EXPECT_TRUE(tracker.resync({}, PbxTracker::Removals::Heard).empty());
    EXPECT_TRUE(tracker.hasMissing());
    EXPECT_EQ(tracker.liveKeys().size(), 1U);
    const auto ended = tracker.remove("201", 8106);
    ASSERT_EQ(statesOf(ended), States{CallState::Ended});
    EXPECT_FALSE(ended[0].isTimeEstimated);
    EXPECT_FALSE(tracker.hasMissing());
}

TEST(PbxTracker, EndsACallThatIsMissingTwiceInARow) {
    PbxTracker tracker;
    (void)tracker.upsert(leg(8106, "Connected"));
    (void)tracker.resync({}, PbxTracker::Removals::Heard);
    (void)tracker.resync({{"201", "Wextension", {leg(8106, "Connected")}}}, PbxTracker::Removals::Heard);
    EXPECT_FALSE(tracker.hasMissing()) << "it was there";
    EXPECT_TRUE(tracker.resync({}, PbxTracker::Removals::Heard).empty());
    const auto ended = tracker.resync({}, PbxTracker::Removals::Heard);
    ASSERT_EQ(statesOf(ended), States{CallState::Ended});
    EXPECT_TRUE(ended[0].isTimeEstimated);
}

enum class Unseen { Nothing = 1, WhileThrottled, WhileAsked, OfAnotherLeg, OfAnotherLegThenSeen };
struct UnansweredEnd {
    const char* name;
    std::vector<const char*> seen;  // of leg 8106, a look each
    Unseen unseen;                  // then an event, of which no state was read
    bool isRemoved;                 // by its event; otherwise a resync misses it
    CallState state;
    bool isAnswerUnknown;
};
class UnansweredEnds : public testing::TestWithParam<UnansweredEnd> {};
TEST_P(UnansweredEnds, AreMissedOnlyWhenAnAnswerWouldHaveBeenSeen) {
    PbxTracker tracker;
    for (const char* status : GetParam().seen) (void)tracker.upsert(leg(8106, status));
    switch (GetParam().unseen) {
        case Unseen::Nothing:
            break;
        case Unseen::WhileThrottled:
            (void)tracker.announce("201", 8106);
            break;
        case Unseen::WhileAsked:
            tracker.mark("201", 8106);
            break;
        case Unseen::OfAnotherLeg:
            tracker.mark("201", 8107);
            break;
        case Unseen::OfAnotherLegThenSeen:
            tracker.mark("201", 8107);
            (void)tracker.upsert(leg(8107, "Ringing", 4712));  // of another call
            break;
    }
    const auto ended = GetParam().isRemoved ? tracker.remove("201", 8106) : tracker.resync({});
    ASSERT_EQ(statesOf(ended), States{GetParam().state});
    EXPECT_EQ(ended[0].isAnswerUnknown, GetParam().isAnswerUnknown);
    EXPECT_EQ(ended[0].isTimeEstimated, !GetParam().isRemoved);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, UnansweredEnds,
    testing::Values(
        UnansweredEnd{"RangAndEnded", {"Ringing"}, Unseen::Nothing, true, CallState::Missed, false},
        UnansweredEnd{"RangAndVanished", {"Ringing"}, Unseen::Nothing, false, CallState::Ended, true},
        UnansweredEnd{"ThrottledFromTheStart", {}, Unseen::WhileThrottled, true, CallState::Ended, true},
        UnansweredEnd{
            "ThrottledFromTheStartAndVanished", {}, Unseen::WhileThrottled, false, CallState::Ended, true},
        UnansweredEnd{
            "RangAndThrottledThen", {"Ringing"}, Unseen::WhileThrottled, true, CallState::Ended, true},
        UnansweredEnd{
            "DialledAndThrottledThen", {"Dialing"}, Unseen::WhileThrottled, true, CallState::Ended, true},
        UnansweredEnd{"RangAndAskedThen", {"Ringing"}, Unseen::WhileAsked, true, CallState::Ended, true},
        UnansweredEnd{
            "RangAndAnotherLegAskedThen", {"Ringing"}, Unseen::OfAnotherLeg, true, CallState::Ended, true},
        UnansweredEnd{"RangBesideAnotherCall",
                      {"Ringing"},
                      Unseen::OfAnotherLegThenSeen,
                      true,
                      CallState::Missed,
                      false},
        UnansweredEnd{
            "Spoken", {"Ringing", "Connected"}, Unseen::WhileThrottled, true, CallState::Ended, false},
        UnansweredEnd{"SpokenAndVanished", {"Connected"}, Unseen::Nothing, false, CallState::Ended, false}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(PbxTracker, AStateThatWasReadTellsAMissedCallAgain) {
    PbxTracker tracker;
    (void)tracker.upsert(leg(8106, "Ringing"));
    tracker.mark("201", 8106);
    (void)tracker.upsert(leg(8106, "Ringing"));
    EXPECT_EQ(statesOf(tracker.remove("201", 8106)), States{CallState::Missed});
}

TEST(PbxTracker, ALookAfterTheThrottlingTellsAMissedCallAgain) {
    PbxTracker tracker;
    (void)tracker.upsert(leg(8106, "Ringing"));
    (void)tracker.announce("201", 8106);
    (void)tracker.resync({{"201", "Wextension", {leg(8106, "Ringing")}}});
    EXPECT_EQ(statesOf(tracker.remove("201", 8106)), States{CallState::Missed});
}

TEST(PbxTracker, AnnouncesNothingWhereACallIsKnown) {
    PbxTracker tracker;
    (void)tracker.upsert(leg(8106, "Connected"));
    EXPECT_TRUE(tracker.announce("201", 8107).empty());
    EXPECT_EQ(statesOf(tracker.announce("202", 8107)), States{CallState::Ringing});
}

TEST(PbxTracker, TakesAnAnnouncedCallUpAgainAfterARestart) {
    PbxTracker before;
    const std::string key = before.announce("201", 8106)[0].key;
    PbxTracker after{{key}};
    const auto known = after.resync({{"201", "Wextension", {leg(8106, "Connected")}}});
    ASSERT_EQ(known.size(), 1U);
    EXPECT_EQ(known[0].key, key);
}

TEST(PbxTracker, MergesAnAnnouncedLegThatBelongsToAKnownCall) {
    PbxTracker tracker;
    (void)tracker.announce("201", 8106);
    (void)tracker.upsert(leg(8107, "Ringing"));
    const auto merged = tracker.upsert(leg(8106, "Ringing"));
    EXPECT_EQ(statesOf(merged), States{CallState::Ended}) << "two keys, one call";
    EXPECT_EQ(tracker.liveKeys(), std::vector<std::string>{"3cx/201/4711/8107"});
}

Dn dnWith(std::vector<Participant> legs) {
    return {legs.empty() ? "201" : legs[0].dn, "Wextension", std::move(legs)};
}

TEST(PbxTracker, KeepsTheCallOfALegThatGoesOverToAnotherCall) {
    for (const bool isByLook : {false, true}) {
        PbxTracker tracker;
        Participant consultation = leg(9, "Connected", 4800, "205");
        consultation.partyCallerId = "+33465712002";
        tracker.upsert(consultation);
        Participant customer = leg(9, "Connected", 4711, "205");
        customer.referredByDn = "201";
        const auto events = isByLook ? tracker.resync({dnWith({customer})}, PbxTracker::Removals::Heard)
                                     : tracker.upsert(customer);
        ASSERT_EQ(statesOf(events), States{CallState::Connected});
        EXPECT_EQ(events[0].key, "3cx/205/4800/9");
        EXPECT_EQ(events[0].remoteNumber, "+33142345678");
        EXPECT_EQ(tracker.liveKeys().size(), 1U);
        EXPECT_EQ(statesOf(tracker.remove("205", 9)), States{CallState::Ended});
    }
}

TEST(PbxTracker, EndsACallWhoseOnlyLegGoesOverToAKnownOne) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected", 4711));
    tracker.upsert(leg(2, "Connected", 4800));
    const auto events = tracker.upsert(leg(2, "Connected", 4711));
    ASSERT_EQ(statesOf(events), States{CallState::Ended});
    EXPECT_EQ(events[0].key, "3cx/201/4800/2");
    EXPECT_EQ(tracker.liveKeys(), std::vector<std::string>{"3cx/201/4711/1"});
}

Participant withColleague(const std::string& status, std::int64_t callId) {
    Participant made = leg(1, status, callId, "202");
    made.partyCallerId = made.partyDn = made.originatedByDn = "201";
    made.partyDnType = "Wextension";
    return made;
}

class CustomersCallId : public testing::TestWithParam<std::int64_t> {};
TEST_P(CustomersCallId, BeginsACallOfItsOwnAfterTheInquiry) {
    for (const bool isByLook : {false, true}) {
        PbxTracker tracker;
        tracker.upsert(withColleague("Connected", 4712));
        const Participant customer = leg(1, "Connected", GetParam(), "202");
        const auto events = isByLook ? tracker.resync({dnWith({customer})}, PbxTracker::Removals::Heard)
                                     : tracker.upsert(customer);
        ASSERT_EQ(statesOf(events), (States{CallState::Ended, CallState::Connected}));
        EXPECT_EQ(events[0].key, "3cx/202/4712/1");
        EXPECT_EQ(events[0].remoteNumber, "201");
        EXPECT_NE(events[1].key, events[0].key);
        EXPECT_EQ(events[1].direction, Direction::Inbound);
        EXPECT_EQ(events[1].remoteNumber, "+33142345678");
        EXPECT_TRUE(tracker.upsert(customer).empty());
        EXPECT_EQ(statesOf(tracker.remove("202", 1)), States{CallState::Ended});
    }
}
INSTANTIATE_TEST_SUITE_P(Rows, CustomersCallId, testing::Values(4711, 4712));

TEST(PbxTracker, KeepsTheCustomerInAConference) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected"));
    Participant conference = leg(1, "Connected");
    conference.partyCallerId = conference.partyDn = "700";
    conference.partyCallerName = "Conference";
    conference.partyDnType = "Wconference";
    EXPECT_TRUE(tracker.upsert(conference).empty());
    const auto ended = tracker.remove("201", 1);
    ASSERT_EQ(statesOf(ended), States{CallState::Ended});
    EXPECT_EQ(ended[0].remoteNumber, "+33142345678");
}

TEST(PbxTracker, EndsACallInDoubtUnlessALookShowsIt) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected"));
    EXPECT_FALSE(tracker.doubt("201", 2)) << "of no known call";
    EXPECT_TRUE(tracker.doubt("201", 1));
    EXPECT_TRUE(
        tracker.resync({{"201", "Wextension", {leg(1, "Connected")}}}, PbxTracker::Removals::Heard).empty());
    EXPECT_TRUE(tracker.doubt("201", 1));
    EXPECT_EQ(statesOf(tracker.resync({{"201", "Wextension", {}}}, PbxTracker::Removals::Heard)),
              States{CallState::Ended});
}

TEST(PbxTracker, FollowsABlindTransferToTheNextExtension) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected", 4711, "201"));
    EXPECT_EQ(statesOf(tracker.remove("201", 1)), States{CallState::Ended});
    Participant next = leg(2, "Ringing", 4711, "202");
    next.referredByDn = "201";
    const auto events = tracker.upsert(next);
    ASSERT_EQ(statesOf(events), States{CallState::Ringing});
    EXPECT_EQ(events[0].extension, Extension{"202"});
    EXPECT_EQ(events[0].direction, Direction::Inbound);
}

TEST(PbxTracker, ACallThatAColleagueTakesIsNotMissedHere) {
    for (const bool isAnswerReadLater : {false, true}) {
        PbxTracker tracker;
        tracker.upsert(leg(1, "Ringing", 4711, "201"));
        tracker.upsert(leg(2, "Ringing", 4711, "202"));
        tracker.upsert(leg(3, "Ringing", 4711, "203"));
        tracker.mark("202", 2);
        if (!isAnswerReadLater) tracker.upsert(leg(2, "Connected", 4711, "202"));
        PbxTracker::Events ended = tracker.remove("201", 1);
        for (auto& event : tracker.remove("203", 3)) ended.push_back(std::move(event));
        if (isAnswerReadLater) {
            EXPECT_TRUE(ended.empty()) << "whether it is missed is not known yet";
            EXPECT_EQ(tracker.liveKeys().size(), 3U) << "nor has it ended in some other way";
            ended = tracker.upsert(leg(2, "Connected", 4711, "202"));
            ASSERT_EQ(ended.size(), 3U);
            EXPECT_EQ(ended[0].state, CallState::Connected);
            ended.erase(ended.begin());
        }
        ASSERT_EQ(statesOf(ended), (States{CallState::Ended, CallState::Ended}));
        EXPECT_EQ(ended[0].extension, Extension{"201"});
        EXPECT_TRUE(ended[0].isAnswerUnknown && ended[1].isAnswerUnknown);
        EXPECT_FALSE(ended[0].isTimeEstimated);
        EXPECT_EQ(tracker.liveKeys().size(), 1U);
    }
}

TEST(PbxTracker, ALookTellsWhetherAColleagueTookIt) {
    for (const bool isTaken : {false, true}) {
        PbxTracker tracker;
        tracker.upsert(leg(1, "Ringing", 4711, "201"));
        tracker.upsert(leg(2, "Ringing", 4711, "202"));
        tracker.upsert(leg(3, "Ringing", 4800, "203"));
        tracker.mark("202", 2);
        EXPECT_TRUE(tracker.remove("201", 1).empty());
        const auto events = tracker.resync({dnWith({leg(3, "Ringing", 4800, "203")}),
                                            dnWith({leg(2, isTaken ? "Connected" : "Ringing", 4711, "202")})},
                                           PbxTracker::Removals::Heard);
        ASSERT_FALSE(events.empty());
        EXPECT_EQ(events.back().extension, Extension{"201"});
        EXPECT_EQ(events.back().state, isTaken ? CallState::Ended : CallState::Missed);
    }
}

TEST(PbxTracker, ACallThatNobodyTakesIsMissedByEachOfThem) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Ringing", 4711, "201"));
    tracker.upsert(leg(2, "Ringing", 4711, "202"));
    tracker.upsert(leg(3, "Connected", 4800, "203"));  // another one's
    EXPECT_EQ(statesOf(tracker.remove("201", 1)), States{CallState::Missed});
    EXPECT_EQ(statesOf(tracker.remove("202", 2)), States{CallState::Missed});
}

TEST(PbxTracker, WhetherAColleagueTookItIsNotKnownWhereHisAnswerIsNot) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Ringing", 4711, "201"));
    tracker.upsert(leg(2, "Ringing", 4711, "202"));
    tracker.mark("202", 2);
    EXPECT_TRUE(tracker.remove("201", 1).empty());
    const auto ended = tracker.remove("202", 2);
    ASSERT_EQ(statesOf(ended), (States{CallState::Ended, CallState::Ended}));
    EXPECT_TRUE(ended[0].isAnswerUnknown && ended[1].isAnswerUnknown);
}

/// Whoever puts the customer through talks with them already, and may take them back.
TEST(PbxTracker, ACallThatIsPutThroughAndNotTakenIsMissed) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected", 4711, "201"));
    tracker.upsert(leg(2, "Ringing", 4711, "202"));
    EXPECT_EQ(statesOf(tracker.remove("202", 2)), States{CallState::Missed});
}

TEST(PbxTracker, ACallThatWasOutOfSightAndIsThereAgainIsOneOfItsOwn) {
    PbxTracker tracker;
    const auto began = tracker.upsert(leg(1, "Connected"));
    tracker.resync({}, PbxTracker::Removals::Heard);
    ASSERT_EQ(statesOf(tracker.resync({}, PbxTracker::Removals::Heard)), States{CallState::Ended});
    const auto again = tracker.resync({dnWith({leg(1, "Connected")})}, PbxTracker::Removals::Heard);
    ASSERT_EQ(statesOf(again), States{CallState::Connected});
    EXPECT_EQ(again[0].key, began[0].key + "~2") << "the hub takes nothing more under a key that has ended";
}

TEST(PbxTracker, TakesATalkThatRingsAfterAReconnectionForAnotherCall) {
    PbxTracker tracker;
    tracker.upsert(leg(1, "Connected", 1));
    const auto events = tracker.resync({dnWith({leg(1, "Ringing", 1)})});
    ASSERT_EQ(statesOf(events), (States{CallState::Ended, CallState::Ringing}));
    EXPECT_TRUE(events[0].isTimeEstimated);
    EXPECT_EQ(events[1].key, events[0].key + "~2");
    EXPECT_EQ(tracker.liveKeys(), std::vector<std::string>{events[1].key});
}

TEST(PbxTracker, TakesALateWordOfAnEndedCallForNoNewOne) {
    PbxTracker tracker;
    const auto rang = tracker.upsert(leg(1, "Ringing"));
    tracker.remove("201", 1);
    EXPECT_EQ(tracker.upsert(leg(1, "Ringing"))[0].key, rang[0].key)
        << "the hub knows that this key has ended";
}

}  // namespace
}  // namespace ninja3cx::telephony
