#include "server/telephony/active_calls.hpp"

#include "server/telephony/active_calls_tracker.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <set>

namespace ninja3cx::telephony {
namespace {

using protocol::CallState;
using protocol::Direction;
using States = std::vector<CallState>;
using Gap = ActiveCallsTracker::Gap;

// ---- parsing ----------------------------------------------------------------------------------------------

struct PartyRow {
    const char* name;
    const char* text;
    Party expected;
};
class Parties : public testing::TestWithParam<PartyRow> {};
TEST_P(Parties, AreTakenApart) {
    EXPECT_EQ(readParty(GetParam().text), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Parties,
    testing::Values(
        PartyRow{"Extension", "201 Marie Martin", {"201", "Marie Martin", std::nullopt}},
        PartyRow{"Outside", "10001 Trunk name (0612345678)", {"10001", "Trunk name", "0612345678"}},
        PartyRow{"International", "10001 Trunk (+33 1 42 34 56 78)", {"10001", "Trunk", "+33 1 42 34 56 78"}},
        PartyRow{"Withheld", "10001 Trunk (anonymous)", {"10001", "Trunk", ""}},
        PartyRow{"NoNumber", "10001 Trunk ()", {"10001", "Trunk", ""}},
        PartyRow{"WordInBrackets", "201 Marie (support)", {"201", "Marie (support)", std::nullopt}},
        PartyRow{"SecondOfThatName", "201 Marie (2)", {"201", "Marie (2)", std::nullopt}},
        PartyRow{"Queue", "800 Support", {"800", "Support", std::nullopt}},
        PartyRow{"Blanks", "  201   Marie  ", {"201", "Marie", std::nullopt}},
        PartyRow{"NumberAlone", "201", {"201", "", std::nullopt}},
        PartyRow{"OpenBracket", "10001 Trunk (06", {"10001", "Trunk (06", std::nullopt}},
        PartyRow{"Nothing", "  ", {"", "", std::nullopt}}),
    [](const auto& info) { return std::string{info.param.name}; });

TEST(ActiveCalls, AreReadFromEitherList) {
    const std::string row =
        R"j({"Id":4711,"Caller":"10001 Trunk (+33142345678)","Callee":"201 Marie Martin","Status":"Routing",)j"
        R"j("EstablishedAt":"2026-01-12T09:00:00Z","LastChangeStatus":"2026-01-12T09:00:02Z","ServerNow":"2026-01-12T09:00:12Z","New":null})j";
    for (const std::string& text : {R"({"value":[)" + row + "]}", R"({"list":[)" + row + "]}"}) {
        const auto calls = parseActiveCalls(text);
        ASSERT_TRUE(calls) << calls.error().detail;
        ASSERT_EQ(calls->size(), 1U);
        EXPECT_EQ((*calls)[0].id, 4711);
        EXPECT_EQ((*calls)[0].caller.outsideNumber, "+33142345678");
        EXPECT_EQ((*calls)[0].callee.dn, "201");
        EXPECT_EQ((*calls)[0].age(), std::chrono::seconds{12});
        EXPECT_EQ(*(*calls)[0].serverNow - *(*calls)[0].statusSince, std::chrono::seconds{10});
    }
    EXPECT_TRUE(parseActiveCalls(R"({"value":[{"id":"12"},{"Id":null},7]})"));
    EXPECT_EQ(parseActiveCalls(R"({"value":[{"id":"12"},{"Id":null},7]})")->size(), 1U);
    for (const char* const wrong : {"", "{", "<html>", "{}", R"({"value":3})"})
        EXPECT_FALSE(parseActiveCalls(wrong)) << wrong;
    EXPECT_EQ(*parseExtensions(R"({"value":[{"Number":"201"},{"number":202},{"Name":"x"}]})"),
              (std::vector<std::string>{"201", "202"}));
}

// ---- tracking ---------------------------------------------------------------------------------------------

constexpr SystemTime kNine{std::chrono::milliseconds{1'768'208'400'000}};

ActiveCall row(const std::string& caller, const std::string& callee, const std::string& status,
               std::int64_t id = 12, std::optional<SystemTime> establishedAt = kNine) {
    return {id, readParty(caller), readParty(callee), status, establishedAt, std::nullopt, std::nullopt};
}
const std::string kCustomer = "10001 Trunk (0612345678)";
const std::string kOther = "10001 Trunk (0698765432)";
const std::string kMarie = "201 Marie Martin";
const std::string kPaul = "202 Paul Petit";
const std::string kQueue = "800 Support";

class ActiveCallsSeen : public testing::Test {
protected:
    ActiveCallsTracker::Events look(std::vector<ActiveCall> rows, Gap gap = Gap::None) {
        return tracker_.look(rows, gap, kNine);
    }
    static States statesOf(const ActiveCallsTracker::Events& events) {
        States states;
        for (const auto& event : events) states.push_back(event.state);
        return states;
    }
    static bool isExtension(const std::string& dn) { return dn == "201" || dn == "202"; }
    ActiveCallsTracker tracker_{{}, isExtension};
};

TEST_F(ActiveCallsSeen, FollowAnInboundCall) {
    const auto rang = look({row(kCustomer, kMarie, "Routing")});
    ASSERT_EQ(statesOf(rang), States{CallState::Ringing});
    EXPECT_EQ(rang[0].key, "3cx-list/201/12/1768208400");
    EXPECT_EQ(rang[0].extension, Extension{"201"});
    EXPECT_EQ(rang[0].direction, Direction::Inbound);
    EXPECT_EQ(rang[0].remoteNumber, "0612345678");
    EXPECT_EQ(rang[0].remoteName, "") << "a trunk's name is nobody's";
    EXPECT_TRUE(look({row(kCustomer, kMarie, "Routing")}).empty());
    EXPECT_EQ(statesOf(look({row(kCustomer, kMarie, "Talking")})), States{CallState::Connected});
    EXPECT_TRUE(look({row(kCustomer, kMarie, "Talking")}).empty());
    const auto ended = look({});
    ASSERT_EQ(statesOf(ended), States{CallState::Ended});
    EXPECT_TRUE(ended[0].isTimeEstimated);
    EXPECT_FALSE(ended[0].isAnswerUnknown);
    EXPECT_EQ(ended[0].key, rang[0].key);
    EXPECT_TRUE(look({}).empty());
}

TEST_F(ActiveCallsSeen, FollowAnOutboundCall) {
    EXPECT_TRUE(look({row(kMarie, "", "whatever")}).empty());
    const auto dialed = look({row(kMarie, kCustomer, "Initiating")});
    ASSERT_EQ(statesOf(dialed), States{CallState::Dialing});
    EXPECT_EQ(dialed[0].direction, Direction::Outbound);
    EXPECT_TRUE(look({row(kMarie, kCustomer, "Dialing")}).empty());
    EXPECT_EQ(statesOf(look({row(kMarie, kCustomer, "Talking")})), States{CallState::Connected});
    EXPECT_EQ(statesOf(look({})), States{CallState::Ended});
}

TEST_F(ActiveCallsSeen, ShowAnInternalCallOnBothExtensions) {
    const auto rang = look({row(kMarie, kPaul, "Routing")});
    ASSERT_EQ(statesOf(rang), (States{CallState::Dialing, CallState::Ringing}));
    EXPECT_EQ(rang[0].extension, Extension{"201"});
    EXPECT_EQ(rang[0].remoteNumber, "202");
    EXPECT_EQ(rang[0].remoteName, "Paul Petit");
    EXPECT_EQ(rang[1].extension, Extension{"202"});
    EXPECT_EQ(rang[1].remoteNumber, "201");
    for (const auto& event : rang) EXPECT_EQ(event.direction, Direction::Internal);
    EXPECT_EQ(statesOf(look({row(kMarie, kPaul, "Talking")})),
              (States{CallState::Connected, CallState::Connected}));
    EXPECT_EQ(statesOf(look({})), (States{CallState::Ended, CallState::Ended}));
}

TEST_F(ActiveCallsSeen, TellWhoAnsweredForAQueue) {
    EXPECT_TRUE(look({row(kCustomer, kQueue, "Transferring")}).empty()) << "a queue is nobody's telephone";
    EXPECT_EQ(statesOf(look({row(kCustomer, kQueue, "Transferring"), row(kCustomer, kMarie, "Routing"),
                             row(kCustomer, kPaul, "Routing")})),
              (States{CallState::Ringing, CallState::Ringing}));
    const auto answered = look({row(kCustomer, kPaul, "Talking")});
    ASSERT_EQ(statesOf(answered), (States{CallState::Missed, CallState::Connected}));
    EXPECT_EQ(answered[0].extension, Extension{"201"});
    EXPECT_EQ(answered[1].extension, Extension{"202"});
}

TEST_F(ActiveCallsSeen, FollowABlindTransfer) {
    look({row(kCustomer, kMarie, "Talking")});
    EXPECT_TRUE(look({row(kCustomer, kMarie, "Rerouting")}).empty()) << "it still talks, or is on hold";
    const auto moved = look({row(kCustomer, kPaul, "Routing")});
    ASSERT_EQ(statesOf(moved), (States{CallState::Ended, CallState::Ringing}));
    EXPECT_EQ(moved[1].extension, Extension{"202"});
    EXPECT_EQ(moved[1].remoteNumber, "0612345678");
}

TEST_F(ActiveCallsSeen, TakeTheRowThatTalksWhereACallHasSeveral) {
    EXPECT_EQ(statesOf(look({row(kCustomer, kMarie, "Routing"), row(kCustomer, kMarie, "Talking")})),
              States{CallState::Connected});
}

TEST_F(ActiveCallsSeen, TellTwoCallsOnOneExtensionApart) {
    look({row(kCustomer, kMarie, "Talking", 12)});
    const auto second = look({row(kCustomer, kMarie, "Talking", 12), row(kOther, kMarie, "Routing", 13)});
    ASSERT_EQ(statesOf(second), States{CallState::Ringing});
    EXPECT_EQ(second[0].remoteNumber, "0698765432");
    EXPECT_EQ(statesOf(look({row(kOther, kMarie, "Routing", 13)})), States{CallState::Ended});
}

TEST_F(ActiveCallsSeen, CallARingMissedOnlyWhereAnAnswerWouldHaveBeenSeen) {
    look({row(kCustomer, kMarie, "Routing")});
    EXPECT_EQ(statesOf(look({})), States{CallState::Missed});
    look({row(kCustomer, kMarie, "Routing")});
    const auto unseen = look({}, Gap::Long);
    ASSERT_EQ(statesOf(unseen), States{CallState::Ended});
    EXPECT_TRUE(unseen[0].isAnswerUnknown);
}

TEST_F(ActiveCallsSeen, NeverUseAKeyAgainThatHasEnded) {
    const auto first = look({row(kCustomer, kMarie, "Routing")});
    look({});
    const auto second = look({row(kCustomer, kMarie, "Routing")});
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].key, first[0].key + "~2");
}

TEST_F(ActiveCallsSeen, TakeReusedNumbersForAnotherCallAfterThePbxBeganAnew) {
    look({row(kCustomer, kMarie, "Talking", 1)});
    const auto events = look({row(kOther, kMarie, "Routing", 1, kNine + std::chrono::minutes{5})});
    ASSERT_EQ(statesOf(events), (States{CallState::Ended, CallState::Ringing}));
    EXPECT_NE(events[0].key, events[1].key);
    EXPECT_EQ(events[1].remoteNumber, "0698765432");
}

TEST_F(ActiveCallsSeen, TakeUpACallFromBeforeARestart) {
    ActiveCallsTracker tracker{{"3cx-list/201/12/1768208400", "3cx/201/4711/8106"}, isExtension};
    const auto events = tracker.look({row(kCustomer, kMarie, "Talking", 12, kNine + std::chrono::seconds{6})},
                                     Gap::Long, kNine);
    ASSERT_EQ(statesOf(events), States{CallState::Connected});
    EXPECT_EQ(events[0].key, "3cx-list/201/12/1768208400");
}

TEST_F(ActiveCallsSeen, NameACallByTheTimeItWasSeenWhereNoneIsGiven) {
    const auto events = look({row(kCustomer, kMarie, "Talking", 12, std::nullopt)});
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].key, "3cx-list/201/12/1768208400");
}

TEST_F(ActiveCallsSeen, KeepTheStateWhereTheWordIsUnknown) {
    look({row(kCustomer, kMarie, "Talking")});
    EXPECT_TRUE(look({row(kCustomer, kMarie, "Whispering")}).empty());
    EXPECT_TRUE(look({row(kCustomer, kMarie, "Talking"), row(kOther, kPaul, "Whispering", 13)}).empty());
}

}  // namespace
}  // namespace ninja3cx::telephony
