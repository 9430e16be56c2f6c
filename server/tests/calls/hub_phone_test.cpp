#include "server/calls/do_not_record.hpp"
#include "server/directory/phone_number.hpp"
#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallStage;
using protocol::CallState;
using protocol::Direction;
using protocol::Presence;
using protocol::Recording;

HubOptions siteIn(const std::string& country) {
    HubOptions options;
    options.numberForms = [country](std::string_view written) {
        return directory::formsOf(written, directory::DialPlan{country});
    };
    return options;
}

protocol::Agent agentOf(const World& world) {
    const auto snapshot = world.hub->snapshot(kExtension);
    return snapshot.agents.empty() ? protocol::Agent{} : snapshot.agents.front();
}

TEST(HubPhone, AMissedCallIsRecordedAndMakesNoDraft) {
    World world;
    world.phone(CallState::Ringing);
    EXPECT_EQ(agentOf(world).presence, Presence::Ringing);
    world.phone(CallState::Ended);
    EXPECT_EQ(world.call().state, CallState::Missed);
    EXPECT_EQ(world.call().stage, CallStage::Closed);
    world.pass(30s);
    EXPECT_TRUE(world.disk.drafts.empty());
    EXPECT_EQ(world.analyser->inputs.size(), 0U);
}

/// As while 3CX throttles: it came and went, and nobody could ask whether somebody spoke.
TEST(HubPhone, ACallWhoseAnswerNobodyCouldSeeHasEndedAndIsNotMissed) {
    World world;
    PhoneEvent event;
    event.key = "3cx/201/new/8106";
    event.extension = kExtension;
    event.state = CallState::Ringing;
    event.isTentative = true;
    world.hub->onPhone(event);
    world.clock.advance(3s);
    event.state = CallState::Ended;
    event.isAnswerUnknown = true;
    world.hub->onPhone(event);
    world.settle();
    EXPECT_EQ(world.call().state, CallState::Ended);
    EXPECT_FALSE(world.call().answeredAtMs);
    EXPECT_EQ(world.call().stage, CallStage::Closed);
    world.pass(30s);
    EXPECT_TRUE(world.disk.drafts.empty());
}

TEST(HubPhone, ACallThatRangAndVanishedIsNotCalledMissed) {
    World world;
    world.phone(CallState::Ringing);
    world.hub->onPhoneResync("3cx/", {});
    world.settle();
    EXPECT_EQ(world.call().state, CallState::Ended);
    EXPECT_TRUE(world.call().isEndEstimated);
    EXPECT_EQ(world.call().stage, CallStage::Closed);
}

TEST(HubPhone, ATentativeCallIsShownAndFilledInLater) {
    HubOptions options;
    options.doNotRecord = {{"", "", "", "inbound"}};
    World world{options};
    PhoneEvent announced;
    announced.key = "3cx/201/new/8106";
    announced.extension = kExtension;
    announced.state = CallState::Ringing;
    announced.isTentative = true;
    world.hub->onPhone(announced);
    world.settle();
    EXPECT_EQ(world.call().state, CallState::Ringing);
    EXPECT_NE(world.call().recording, Recording::Blocked) << "its direction is a guess";
    world.phone(CallState::Connected, announced.key, "+33142345678", Direction::Outbound);
    EXPECT_EQ(world.disk.calls.size(), 1U);
    EXPECT_EQ(world.call().direction, Direction::Outbound);
    EXPECT_EQ(world.call().remoteNumber, "+33142345678");
    EXPECT_NE(world.call().recording, Recording::Blocked);
    world.phone(CallState::Connected, announced.key, "+33142345678", Direction::Inbound);
    EXPECT_EQ(world.call().direction, Direction::Outbound) << "once known it stays";
}

TEST(HubPhone, ATentativeCallIsStillOneAfterARestart) {
    HubOptions options;
    options.doNotRecord = {{"", "", "", "inbound"}};
    World world{options};
    PhoneEvent announced;
    announced.key = "3cx/201/new/8106";
    announced.extension = kExtension;
    announced.state = CallState::Ringing;
    announced.isTentative = true;
    world.hub->onPhone(announced);
    world.settle();
    world.restart();
    world.hub->onPhone(announced);
    world.settle();
    EXPECT_NE(world.call().recording, Recording::Blocked) << "its direction is a guess";
    world.phone(CallState::Connected, announced.key, "+33142345678", Direction::Outbound);
    EXPECT_EQ(world.disk.calls.size(), 1U);
    EXPECT_EQ(world.call().direction, Direction::Outbound);
    EXPECT_NE(world.call().recording, Recording::Blocked);
}

TEST(HubPhone, AfterARestartTheDirectionThatComesIsJudged) {
    HubOptions options;
    options.doNotRecord = {{"", "", "", "outbound"}};
    World world{options};
    PhoneEvent announced;
    announced.key = "3cx/201/new/8106";
    announced.extension = kExtension;
    announced.state = CallState::Ringing;
    announced.isTentative = true;
    world.hub->onPhone(announced);
    world.settle();
    world.restart();
    world.phone(CallState::Connected, announced.key, "+33142345678", Direction::Outbound);
    EXPECT_EQ(world.call().recording, Recording::Blocked);
}

TEST(HubPhone, RepeatsAndLatecomersChangeNothing) {
    World world;
    world.phone(CallState::Connected);
    const protocol::Call before = world.call();
    world.phone(CallState::Ringing);
    world.phone(CallState::Connected);
    EXPECT_EQ(world.call(), before);
    world.phone(CallState::Ended);
    world.phone(CallState::Connected);
    world.phone(CallState::Ended);
    EXPECT_EQ(world.disk.calls.size(), 1U);
    EXPECT_EQ(world.call().state, CallState::Ended);
    world.phone(CallState::Ended, "3cx/201/never-heard-of");
    EXPECT_EQ(world.disk.calls.size(), 1U);
}

TEST(HubPhone, AnAnsweredCallWithoutAnyAudioStillGetsItsDraft) {
    World world;
    world.phone(CallState::Connected);
    world.phone(CallState::Ended);
    EXPECT_FALSE(world.draft());
    world.pass(16s);
    ASSERT_TRUE(world.draft());
    EXPECT_EQ(world.draft()->state, protocol::DraftState::Inbox);
    EXPECT_EQ(world.draft()->heldBecause, "noText");
    EXPECT_EQ(world.draft()->fields.requesterUid, "5b0c8c52");
    EXPECT_FALSE(world.call().isAudioComplete);
}

TEST(HubPhone, TwoCallsAtOnceOnOneExtensionAreTwo) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.phone(CallState::Connected, "3cx/201/1");
    world.clock.advance(10ms);
    world.phone(CallState::Ringing, "3cx/201/2");
    EXPECT_EQ(world.disk.calls.size(), 2U);
    EXPECT_EQ(world.hub->status().liveCalls, 2);
    EXPECT_EQ(agentOf(world).presence, Presence::InCall);
    world.phone(CallState::Ended, "3cx/201/1");
    EXPECT_EQ(agentOf(world).presence, Presence::Ringing);
}

TEST(HubPhone, AResyncEndsVanishedCallsAsEstimated) {
    World world;
    world.phone(CallState::Connected, "3cx/201/1");
    world.clock.advance(10ms);
    world.phone(CallState::Connected, "3cx/201/2", "+33700000000");
    world.hub->onPhoneResync("3cx/", {"3cx/201/2"});
    world.settle();
    int ended = 0;
    for (const auto& [callId, call] : world.disk.calls) {
        if (call.state != CallState::Ended) continue;
        ++ended;
        EXPECT_TRUE(call.isEndEstimated);
        EXPECT_EQ(call.remoteNumber, kCustomer);
    }
    EXPECT_EQ(ended, 1);
}

TEST(HubPhone, TheAgentProgramAndThePbxSpeakOfOneCall) {
    World world{siteIn("FR")};
    world.hub->onAgentOnline(kExtension);
    world.hub->onCallDetected(kExtension,
                              {"url", "a1", CallState::Connected, Direction::Inbound, "0612345678", ""});
    world.settle();
    world.phone(CallState::Connected, "3cx/201/1");
    EXPECT_EQ(world.disk.calls.size(), 1U);
    world.hub->onCallDetected(kExtension, {"url", "a1", CallState::Ended, Direction::Inbound, "", ""});
    world.settle();
    EXPECT_EQ(world.call().state, CallState::Connected);
    world.phone(CallState::Ended, "3cx/201/1");
    EXPECT_EQ(world.call().state, CallState::Ended);
}

struct TwoNumbers {
    const char* name;
    std::string ofThePbx;
    std::string ofTheAgent;
    std::size_t calls;
};
class TwoSources : public testing::TestWithParam<TwoNumbers> {};

TEST_P(TwoSources, SpeakOfOneCallIfItIsOneNumber) {
    World world{siteIn("FR")};
    world.hub->onAgentOnline(kExtension);
    world.phone(CallState::Connected, "3cx/201/1", GetParam().ofThePbx);
    ASSERT_TRUE(world.hub->onCallDetected(
        kExtension, {"url", "a1", CallState::Connected, Direction::Inbound, GetParam().ofTheAgent, ""}));
    world.settle();
    EXPECT_EQ(world.disk.calls.size(), GetParam().calls);
}

INSTANTIATE_TEST_SUITE_P(Rows, TwoSources,
                         testing::Values(TwoNumbers{"National", "+33612345678", "06 12 34 56 78", 1},
                                         TwoNumbers{"Overseas", "+262692123456", "0692 12 34 56", 1},
                                         TwoNumbers{"Abroad", "+390612345678", "0039 06 1234 5678", 1},
                                         TwoNumbers{"Extension", "203", "203", 1},
                                         TwoNumbers{"Withheld", "anonymous", "Unknown", 1},
                                         TwoNumbers{"TwoPeople", "+33612345678", "0612345679", 2},
                                         TwoNumbers{"TwoExtensions", "203", "204", 2}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(HubPhone, ACallOnlyTheAgentSawEndsWhenItsProgramStaysAway) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.hub->onCallDetected(kExtension,
                              {"url", "a1", CallState::Connected, Direction::Inbound, kCustomer, ""});
    world.hub->onAgentOffline(kExtension);
    world.pass(50s);
    EXPECT_EQ(world.call().state, CallState::Connected);
    world.pass(11s);
    EXPECT_EQ(world.call().state, CallState::Ended);
    EXPECT_TRUE(world.call().isEndEstimated);
}

TEST(HubPhone, ACallOnlyTheAgentSawEndsWhenItsProgramStaysAwayAfterARestart) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.hub->onCallDetected(kExtension,
                              {"url", "a1", CallState::Connected, Direction::Inbound, kCustomer, ""});
    world.settle();
    world.restart();
    world.pass(50s);
    EXPECT_EQ(world.call().state, CallState::Connected);
    world.pass(11s);
    EXPECT_EQ(world.call().state, CallState::Ended);
}

/// What an agent program says once the server is back, of a call that began and ended while it was away.
protocol::CallDetected wholeCall(CallState state = CallState::Ended, const std::string& number = kCustomer) {
    protocol::CallDetected told{"softphone", "a1", state, Direction::Inbound, number, ""};
    told.startedAgeMs = 912'000;
    if (state == CallState::Ended) told.answeredAgeMs = 900'000;
    told.endedAgeMs = 600'000;
    return told;
}

TEST(HubPhone, ACallThatBeganAndEndedWhileTheServerWasAwayGetsItsDraft) {
    World world;
    world.hub->onAgentOnline(kExtension);
    const std::int64_t nowMs = toEpochMs(world.clock.now());
    ASSERT_TRUE(world.hub->onCallDetected(kExtension, wholeCall()));
    world.settle();
    EXPECT_EQ(world.call().state, CallState::Ended);
    EXPECT_EQ(world.call().startedAtMs, nowMs - 912'000);
    EXPECT_EQ(world.call().answeredAtMs, nowMs - 900'000);
    EXPECT_EQ(world.call().endedAtMs, nowMs - 600'000);
    for (const auto& changed : world.events->all<protocol::CallChanged>())
        EXPECT_EQ(changed.call.state, CallState::Ended) << "nobody is to capture it";
    world.pass(16s);
    ASSERT_TRUE(world.draft());
    EXPECT_EQ(world.draft()->state, protocol::DraftState::Inbox);
    EXPECT_EQ(world.draft()->heldBecause, "noText");
    EXPECT_EQ(world.draft()->fields.requesterUid, "5b0c8c52");
}

TEST(HubPhone, ACallOfAnOutageIsOneHoweverOftenItIsSaid) {
    for (const CallState state : {CallState::Ended, CallState::Missed}) {
        World world;
        world.hub->onAgentOnline(kExtension);
        for (int i = 0; i < 2; ++i) ASSERT_TRUE(world.hub->onCallDetected(kExtension, wholeCall(state)));
        world.pass(16s);
        world.restart();
        world.hub->onAgentOnline(kExtension);
        ASSERT_TRUE(world.hub->onCallDetected(kExtension, wholeCall(state)));
        world.pass(16s);
        EXPECT_EQ(world.disk.calls.size(), 1U);
        EXPECT_EQ(world.disk.drafts.size(), state == CallState::Ended ? 1U : 0U);
        EXPECT_EQ(world.call().state, state);
    }
}

TEST(HubPhone, ACallThatWasAnsweredWhileTheServerWasAwayIsNotMissed) {
    World world;
    world.hub->onAgentOnline(kExtension);
    ASSERT_TRUE(world.hub->onCallDetected(
        kExtension, {"softphone", "a1", CallState::Ringing, Direction::Inbound, kCustomer, ""}));
    world.settle();
    world.clock.advance(912s);
    const std::int64_t nowMs = toEpochMs(world.clock.now());
    ASSERT_TRUE(world.hub->onCallDetected(kExtension, wholeCall()));
    world.settle();
    EXPECT_EQ(world.call().state, CallState::Ended);
    EXPECT_EQ(world.call().answeredAtMs, nowMs - 900'000);
    world.pass(16s);
    EXPECT_TRUE(world.draft());
}

TEST(HubPhone, ACallOfAnOutageThatThePbxSawAsWellIsOne) {
    World world{siteIn("FR")};
    world.phone(CallState::Connected, "3cx/201/1");
    world.clock.advance(300s);
    world.phone(CallState::Ended, "3cx/201/1");
    world.clock.advance(602s);
    world.hub->onAgentOnline(kExtension);
    ASSERT_TRUE(world.hub->onCallDetected(kExtension, wholeCall(CallState::Ended, "0612345678")));
    world.settle();
    EXPECT_EQ(world.disk.calls.size(), 1U);
    world.clock.advance(3600s);
    protocol::CallDetected later = wholeCall();
    later.localId = "a2";
    ASSERT_TRUE(world.hub->onCallDetected(kExtension, later));
    world.settle();
    EXPECT_EQ(world.disk.calls.size(), 2U) << "the customer called again";
}

TEST(HubPhone, ACallOfAnOutageThatIsNotToBeRecordedHasNoDraft) {
    HubOptions options = siteIn("FR");
    options.doNotRecord = {{"0612", "", "", ""}};
    World world{options};
    world.hub->onAgentOnline(kExtension);
    ASSERT_TRUE(world.hub->onCallDetected(kExtension, wholeCall()));
    world.pass(16s);
    EXPECT_EQ(world.call().recording, Recording::Blocked);
    EXPECT_EQ(world.call().stage, CallStage::Closed);
    EXPECT_TRUE(world.disk.drafts.empty());
}

TEST(HubPhone, AnAgeThatCannotBeIsRefused) {
    World world;
    for (const std::int64_t age : {std::int64_t{-1}, protocol::CallDetected::kLongestAgeMs + 1}) {
        protocol::CallDetected told = wholeCall();
        told.endedAgeMs = age;
        const auto refused = world.hub->onCallDetected(kExtension, told);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::BadMessage);
    }
    EXPECT_TRUE(world.disk.calls.empty());
}

TEST(HubPhone, WhatAnAgentProgramReportsIsBounded) {
    World world;
    world.hub->onAgentOnline(kExtension);
    const auto report = [&](const std::string& localId, CallState state, const std::string& number = "",
                            const std::string& name = "", const std::string& source = "url") {
        return world.hub->onCallDetected(kExtension,
                                         {source, localId, state, Direction::Inbound, number, name});
    };
    const std::vector<Result<void>> tooLong{report("", CallState::Connected),
                                            report(std::string(129, 'a'), CallState::Connected),
                                            report("a", CallState::Connected, std::string(65, '1')),
                                            report("a", CallState::Connected, "", std::string(201, 'n')),
                                            report("a", CallState::Connected, "", "", std::string(33, 's'))};
    for (const auto& outcome : tooLong) {
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().kind, ErrorKind::BadMessage);
    }
    EXPECT_TRUE(world.hub->snapshot(kExtension).calls.empty());

    for (int i = 0; i < 8; ++i) EXPECT_TRUE(report("a" + std::to_string(i), CallState::Connected));
    const auto ninth = report("a8", CallState::Connected);
    ASSERT_FALSE(ninth);
    EXPECT_EQ(ninth.error().kind, ErrorKind::Busy);
    EXPECT_TRUE(report("a0", CallState::Held)) << "a known one";
    EXPECT_TRUE(report("a0", CallState::Ended));
    EXPECT_TRUE(report("a8", CallState::Connected));
    EXPECT_TRUE(world.hub->onCallDetected(
        Extension{"202"}, {"url", "b1", CallState::Connected, Direction::Inbound, kCustomer, ""}));
}

TEST(HubPhone, AnAgentProgramThatReportsCallsWithoutEndIsStopped) {
    World world;
    world.hub->onAgentOnline(kExtension);
    int taken = 0;
    for (int i = 0; i < 600; ++i) {
        const std::string localId = std::to_string(i);
        const auto begun = world.hub->onCallDetected(
            kExtension, {"url", localId, CallState::Connected, Direction::Inbound, kCustomer, ""});
        taken += begun ? 1 : 0;
        (void)world.hub->onCallDetected(
            kExtension, {"url", localId, CallState::Ended, Direction::Inbound, kCustomer, ""});
        world.settle();
    }
    EXPECT_EQ(taken, 500);
    world.phone(CallState::Ringing, "3cx/201/77");
    EXPECT_EQ(world.hub->status().liveCalls, 1) << "what the PBX says is always heard";
}

TEST(HubPhone, AThousandPausesOfOneCallAreEnough) {
    World world;
    world.hub->onAgentOnline(kExtension);
    world.phone(CallState::Ringing);
    world.phone(CallState::Connected);
    const CallId callId = world.callId();
    for (int i = 0; i < 1'000; ++i) {
        EXPECT_TRUE(world.hub->pauseRecording(kExtension, {callId, true}));
        EXPECT_TRUE(world.hub->pauseRecording(kExtension, {callId, false}));
    }
    const auto more = world.hub->pauseRecording(kExtension, {callId, true});
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().kind, ErrorKind::Busy);
}

TEST(HubPhone, MoreAgentsThanAnySiteHasAreTurnedAway) {
    World world;
    for (int i = 0; i < 1'000; ++i) {
        const Extension extension{std::to_string(i)};
        ASSERT_TRUE(world.hub->mayJoin(extension));
        world.hub->onAgentOnline(extension);
    }
    EXPECT_FALSE(world.hub->mayJoin(Extension{"1001"}));
    EXPECT_TRUE(world.hub->mayJoin(Extension{"7"}));
}

TEST(HubPhone, ASettledCallLeavesTheLiveViewAfterAWhile) {
    World world;
    world.phone(CallState::Ringing);
    world.phone(CallState::Missed);
    EXPECT_EQ(world.hub->snapshot(std::nullopt).calls.size(), 1U);
    world.pass(61s);
    EXPECT_TRUE(world.hub->snapshot(std::nullopt).calls.empty());
    EXPECT_EQ(world.events->all<protocol::CallRemoved>().size(), 1U);
    EXPECT_EQ(world.disk.calls.size(), 1U);
}

TEST(HubPhone, AnotherExtensionsSnapshotHoldsNothingOfTheCall) {
    World world;
    world.hub->onAgentOnline(Extension{"202"});
    world.hub->onAgentOnline(kExtension);
    world.wholeCall();
    const auto foreign = world.hub->snapshot(Extension{"202"});
    EXPECT_TRUE(foreign.calls.empty());
    EXPECT_TRUE(foreign.utterances.empty());
    EXPECT_TRUE(foreign.drafts.empty());
    ASSERT_EQ(foreign.agents.size(), 1U);
    EXPECT_EQ(foreign.system.waitingDrafts, 0);
    const auto own = world.hub->snapshot(kExtension);
    EXPECT_EQ(own.calls.size(), 1U);
    EXPECT_EQ(own.utterances.size(), 6U);
    EXPECT_EQ(own.drafts.size(), 1U);
    for (const auto& [audience, event] : world.events->events)
        if (!std::holds_alternative<protocol::SystemChanged>(event) &&
            !std::holds_alternative<protocol::AgentChanged>(event)) {
            EXPECT_EQ(audience.extension, kExtension);
        }
    EXPECT_TRUE(world.hub->owns(kExtension, world.callId()));
    EXPECT_FALSE(world.hub->owns(Extension{"202"}, world.callId()));
    EXPECT_TRUE(world.hub->owns(kExtension, own.drafts.front().draftId));
    EXPECT_FALSE(world.hub->owns(Extension{"202"}, own.drafts.front().draftId));
}

TEST(HubPhone, WatchingIsAuditedAndShown) {
    World world;
    world.phone(CallState::Connected);
    EXPECT_TRUE(world.hub->watchCall("supervisor:key-1", {world.callId(), true}));
    EXPECT_TRUE(world.hub->watchCall("supervisor:key-1", {world.callId(), true}));
    world.settle();
    EXPECT_EQ(world.hub->snapshot(kExtension).calls.front().watchers, 1);
    EXPECT_TRUE(world.wasAudited("supervisor:key-1", "call.watch"));
    EXPECT_TRUE(world.hub->watchCall("supervisor:key-1", {world.callId(), false}));
    world.settle();
    EXPECT_EQ(world.hub->snapshot(kExtension).calls.front().watchers, 0);
    EXPECT_FALSE(world.hub->watchCall("supervisor:key-1", {CallId{"call-none"}, true}));
}

TEST(HubPhone, NothingIsShownBeforeItIsOnDisk) {
    World world;
    world.settle();
    const std::size_t before = world.events->events.size();
    PhoneEvent ringing;
    ringing.key = "3cx/201/1";
    ringing.extension = kExtension;
    ringing.state = CallState::Ringing;
    world.hub->onPhone(ringing);
    EXPECT_EQ(world.events->events.size(), before);
    EXPECT_TRUE(world.hub->snapshot(std::nullopt).calls.empty());
    world.settle();
    EXPECT_EQ(world.hub->snapshot(std::nullopt).calls.size(), 1U);
    EXPECT_EQ(world.disk.calls.size(), 1U);
}

// ---- do not record ----------------------------------------------------------------------------------------

TEST(DoNotRecord, ABlockedCallIsNeverJournalled) {
    HubOptions options = siteIn("FR");
    options.doNotRecord = {{"0612", "", "", ""}};
    World world{options};
    world.phone(CallState::Ringing);
    EXPECT_EQ(world.call().recording, Recording::Blocked);
    world.phone(CallState::Connected);
    const auto grant = world.hub->startAudio(kExtension, world.callId());
    ASSERT_FALSE(grant);
    EXPECT_EQ(grant.error().kind, ErrorKind::Rejected);
    EXPECT_FALSE(world.sendFrame({1, {}}, protocol::Speaker::Agent, 0));
    world.settle();
    EXPECT_TRUE(world.journalDisk.empty());
    world.phone(CallState::Ended);
    world.pass(20s);
    EXPECT_EQ(world.call().stage, CallStage::Closed);
    EXPECT_TRUE(world.disk.drafts.empty());
}

TEST(DoNotRecord, ANumberThatBecomesKnownDuringAReplayEndsTheReplay) {
    HubOptions options = siteIn("FR");
    options.doNotRecord = {{"+33612", "", "", ""}};
    World before{options};
    before.phone(CallState::Connected, "3cx/201/1", "");
    before.sendAudio(*before.hub->startAudio(kExtension, before.callId()), 2);
    const CallId callId = before.callId();
    World world{options};
    ASSERT_EQ(world.hub->restore(before.disk.openWork(), {{callId, {2, 2}}}), std::vector{callId});
    const auto& frames = before.journalDisk.at(callId);
    world.hub->onAudioReplayed(callId, frames.front());
    world.phone(CallState::Connected, "3cx/201/1", kCustomer);
    EXPECT_EQ(world.hub->replayEnd(callId), std::nullopt);
    for (const auto& frame : frames) world.hub->onAudioReplayed(callId, frame);
    world.hub->onReplayDone(callId);
    world.settle();
    EXPECT_EQ(world.transcriber->opened, 1);
    EXPECT_EQ(world.transcriber->dropped, std::vector{callId});
}

TEST(DoNotRecord, ANumberThatBecomesKnownLateErasesWhatWasCaptured) {
    HubOptions options = siteIn("FR");
    options.doNotRecord = {{"+33612", "", "", ""}};
    World world{options};
    world.phone(CallState::Connected, "3cx/201/1", "");
    const auto grant = world.hub->startAudio(kExtension, world.callId());
    ASSERT_TRUE(grant);
    world.sendAudio(*grant, 2);
    EXPECT_EQ(world.texts().size(), 4U);
    world.phone(CallState::Connected, "3cx/201/1", kCustomer);
    EXPECT_EQ(world.call().recording, Recording::Blocked);
    EXPECT_TRUE(world.texts().empty());
    EXPECT_TRUE(world.journalDisk.empty());
    EXPECT_TRUE(world.hub->snapshot(kExtension).utterances.empty());
    // The agent program learns it, now or when it asks: it deletes its copy too.
    EXPECT_EQ(world.events->all<protocol::CallChanged>().back().call.recording, Recording::Blocked);
    EXPECT_EQ(world.hub->startAudio(kExtension, world.callId()).error().kind, ErrorKind::Rejected);
    EXPECT_EQ(world.sendFrame(*grant, protocol::Speaker::Agent, 2).error().kind, ErrorKind::Rejected);
    EXPECT_EQ(world.hub->endAudio(kExtension, {world.callId(), {2, 2}}).error().kind, ErrorKind::Rejected);
}

struct RuleRow {
    const char* name;
    DoNotRecordRule rule;
    bool isBlocked;
};
class DoNotRecordRules : public testing::TestWithParam<RuleRow> {};

TEST_P(DoNotRecordRules, MatchACallOfClaireMartin) {
    protocol::Call call;
    call.extension = kExtension;
    call.direction = Direction::Inbound;
    call.remoteNumber = "06 12 34 56 78";
    call.caller = oneContact();
    HubOptions options = siteIn("FR");
    options.doNotRecord = {GetParam().rule};
    EXPECT_EQ(isDoNotRecord(call, options), GetParam().isBlocked);
}

INSTANTIATE_TEST_SUITE_P(Rows, DoNotRecordRules,
                         testing::Values(RuleRow{"Empty", {"", "", "", ""}, false},
                                         RuleRow{"Prefix", {"0612", "", "", ""}, true},
                                         RuleRow{"International", {"+33 6 12", "", "", ""}, true},
                                         RuleRow{"DoubleZero", {"0033612345678", "", "", ""}, true},
                                         RuleRow{"BracketedZero", {"+33 (0)6 12", "", "", ""}, true},
                                         RuleRow{"OtherNumber", {"0613", "", "", ""}, false},
                                         RuleRow{"Organisation", {"", "exemple sarl", "", ""}, true},
                                         RuleRow{"OtherOrganisation", {"", "Exemple", "", ""}, false},
                                         RuleRow{"Extension", {"", "", "201", ""}, true},
                                         RuleRow{"OtherExtension", {"", "", "20", ""}, false},
                                         RuleRow{"Direction", {"", "", "", "inbound"}, true},
                                         RuleRow{"AllMustMatch", {"0612", "", "202", ""}, false}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(DoNotRecord, ASwitchboardIsItsOrganisations) {
    protocol::Call call;
    call.caller.organizationName = "Exemple SARL";
    HubOptions options;
    options.doNotRecord = {{"", "exemple sarl", "", ""}};
    EXPECT_TRUE(isDoNotRecord(call, options));
    options.doNotRecord = {{"", "CLINIQUE DE L'ETE", "", ""}};
    call.caller.organizationName = "Clinique de l'Été";
    EXPECT_TRUE(isDoNotRecord(call, options)) << "however its letters are written";
    call.caller.organizationName = "Autre";
    EXPECT_FALSE(isDoNotRecord(call, options));
}

struct PlanRow {
    const char* name;
    const char* country;
    std::string rule;
    std::string number;
    bool isBlocked;
};
class DoNotRecordPlans : public testing::TestWithParam<PlanRow> {};

TEST_P(DoNotRecordPlans, ReadARuleAsTheSiteDials) {
    protocol::Call call;
    call.remoteNumber = GetParam().number;
    HubOptions options = siteIn(GetParam().country);
    options.doNotRecord = {{GetParam().rule, "", "", ""}};
    EXPECT_EQ(isDoNotRecord(call, options), GetParam().isBlocked);
}

INSTANTIATE_TEST_SUITE_P(Rows, DoNotRecordPlans,
                         testing::Values(PlanRow{"Overseas", "FR", "0590 12", "+590590123456", true},
                                         PlanRow{"OverseasIsNotParis", "FR", "0190", "+590590123456", false},
                                         PlanRow{"Abroad", "FR", "00", "+3221234567", true},
                                         PlanRow{"AtHome", "FR", "00", "+33612345678", false},
                                         PlanRow{"ItalyKeepsItsZero", "IT", "06", "+390612345678", true},
                                         PlanRow{"SpainHasNone", "ES", "91", "+34912345678", true},
                                         PlanRow{"AmericanArea", "US", "(415)", "+14155552671", true},
                                         PlanRow{"OtherArea", "US", "(415)", "+12125552671", false},
                                         PlanRow{"FromAmerica", "US", "011 33", "+33612345678", true}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(DoNotRecord, InternalCallsFollowThePolicy) {
    protocol::Call call;
    call.direction = Direction::Internal;
    HubOptions options;
    EXPECT_TRUE(isDoNotRecord(call, options));
    options.recordsInternalCalls = true;
    EXPECT_FALSE(isDoNotRecord(call, options));
}

TEST(DoNotRecord, AWithheldNumberMatchesNoNumberRule) {
    protocol::Call call;
    HubOptions options = siteIn("FR");
    options.doNotRecord = {{"0", "", "", ""}, {"+", "", "", ""}};
    EXPECT_FALSE(isDoNotRecord(call, options));
    call.remoteNumber = "Anonymous";
    EXPECT_FALSE(isDoNotRecord(call, options));
    options.doNotRecord.push_back({"anonymous", "", "", ""});
    EXPECT_TRUE(isDoNotRecord(call, options)) << "unless the rule is that it is withheld";
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
