#include "server/calls/presence.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls {
namespace {

using protocol::CallStage;
using protocol::CallState;
using protocol::Presence;

protocol::Call callIn(CallState state, CallStage stage = CallStage::Live) {
    protocol::Call call;
    call.callId = CallId{"call-1"};
    call.state = state;
    call.stage = stage;
    return call;
}

const PbxUser kThere{"", true, false, false};
const PbxUser kAway{"", true, true, false};
const PbxUser kLoggedOut{"", true, false, true};
const PbxUser kAwayAndLoggedOut{"", true, true, true};
const PbxUser kUnregistered{"", false, false, false};
const PbxUser kUntold{"", std::nullopt, false, false};
const PbxUser kUntoldLoggedOut{"", std::nullopt, false, true};

struct Row {
    const char* name;
    bool isConnected;
    std::optional<PbxUser> user;
    std::vector<protocol::Call> calls;
    Presence expected;
};
class PresenceOfTechnician : public testing::TestWithParam<Row> {};

TEST_P(PresenceOfTechnician, IsTheBusiestThatHolds) {
    const Row& row = GetParam();
    std::vector<CallAndDraft> items;
    for (const protocol::Call& call : row.calls) items.push_back({&call, nullptr});
    EXPECT_EQ(presenceOf(row.isConnected, row.user, items).presence, row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PresenceOfTechnician,
    testing::Values(
        Row{"ProgramAlone", true, {}, {}, Presence::Available},
        Row{"NothingKnown", false, {}, {}, Presence::Offline},
        Row{"DeskPhoneAlone", false, kThere, {}, Presence::Available},
        Row{"ProgramWithoutTelephone", true, kUnregistered, {}, Presence::Available},
        Row{"NeitherTelephoneNorProgram", false, kUnregistered, {}, Presence::Offline},
        Row{"TelephoneNotTold", false, kUntold, {}, Presence::Offline},
        Row{"TelephoneNotToldButProgram", true, kUntoldLoggedOut, {}, Presence::QueueLoggedOut},
        Row{"AwayProfile", true, kAway, {}, Presence::Away},
        Row{"AwayProfileOnADeskPhone", false, kAway, {}, Presence::Away},
        Row{"OutOfTheQueues", true, kLoggedOut, {}, Presence::QueueLoggedOut},
        Row{"AwayBeforeOutOfTheQueues", true, kAwayAndLoggedOut, {}, Presence::Away},
        Row{"OfflineBeforeAway", false, PbxUser{"", false, true, true}, {}, Presence::Offline},
        Row{"CallBeforeAway", true, kAway, {callIn(CallState::Connected)}, Presence::InCall},
        Row{"CallOnADeskPhone", false, kUnregistered, {callIn(CallState::Held)}, Presence::InCall},
        Row{"RingBeforeOutOfTheQueues", true, kLoggedOut, {callIn(CallState::Ringing)}, Presence::Ringing},
        Row{"CallBeforeRing",
            true,
            {},
            {callIn(CallState::Ringing), callIn(CallState::Connected)},
            Presence::InCall},
        Row{"WritingUp",
            true,
            kAway,
            {callIn(CallState::Ended, CallStage::Transcribing)},
            Presence::AfterCall},
        Row{"WritingUpIsDoneByAProgram",
            false,
            kThere,
            {callIn(CallState::Ended, CallStage::Transcribing)},
            Presence::Available},
        Row{"AllDone", true, kThere, {callIn(CallState::Ended, CallStage::Closed)}, Presence::Available},
        Row{"Missed", true, {}, {callIn(CallState::Missed)}, Presence::Available}),
    [](const auto& info) { return info.param.name; });

TEST(PresenceForAgentPrograms, HasNoWordThatOlderOnesRefuse) {
    EXPECT_EQ(forAgentPrograms(Presence::QueueLoggedOut), Presence::Away);
    for (const Presence old : {Presence::Available, Presence::Ringing, Presence::InCall, Presence::AfterCall,
                               Presence::Away, Presence::Offline})
        EXPECT_EQ(forAgentPrograms(old), old);
}

}  // namespace
}  // namespace ninja3cx::calls
