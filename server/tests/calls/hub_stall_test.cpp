#include "server/calls/ledger.hpp"
#include "server/tests/doubles/hub_world.hpp"

#include <gtest/gtest.h>

/// The database takes nothing for a while: its disk is full, or may only be read.
namespace ninja3cx::calls::doubles {
namespace {

using namespace std::chrono_literals;
using protocol::CallState;
using protocol::ChannelPositions;
using protocol::LinkState;
using protocol::Presence;
using protocol::Recording;
using protocol::Speaker;

class HubStall : public testing::Test {
protected:
    void SetUp() override {
        world.hub->onAgentOnline(kExtension);
        world.settle();
    }
    void fill() {
        world.store->failures = 1'000'000;
        world.hub->onStorage(protocol::StorageProblem::DatabaseNotWritten);
    }
    void free() {
        world.store->failures = 0;
        world.hub->onStorage(std::nullopt);
        world.pass(2s);
    }
    /// As the technician's program is shown it.
    std::optional<protocol::Call> shown() const {
        const auto calls = world.hub->snapshot(kExtension).calls;
        return calls.empty() ? std::nullopt : std::optional{calls.back()};
    }
    void begin() {
        world.phone(CallState::Ringing);
        world.pass(200ms);
        world.phone(CallState::Connected);
        world.pass(200ms);
    }
    World world;
};

TEST_F(HubStall, ACallThatBeginsIsShownAndItsAudioIsTakenButNotAcknowledged) {
    fill();
    world.phone(CallState::Ringing);
    world.pass(200ms);
    ASSERT_TRUE(shown());
    EXPECT_EQ(shown()->state, CallState::Ringing);
    world.phone(CallState::Connected);
    world.pass(200ms);
    EXPECT_EQ(shown()->state, CallState::Connected);
    EXPECT_EQ(world.hub->snapshot(kExtension).agents.front().presence, Presence::InCall);
    EXPECT_EQ(world.hub->snapshot(std::nullopt).system.liveCalls, 1);

    const CallId callId = shown()->callId;
    const auto grant = world.hub->startAudio(kExtension, callId);
    ASSERT_TRUE(grant);
    world.sendAudio(*grant, 3);
    world.pass(1s);
    EXPECT_EQ(world.journalDisk[callId].size(), 6U);
    EXPECT_EQ(world.hub->takeAck(callId), std::nullopt) << "a crash would leave audio of no call";
    EXPECT_EQ(world.hub->startAudio(kExtension, callId)->next, ChannelPositions{}) << "nor by another word";
    EXPECT_TRUE(world.disk.calls.empty());

    free();
    EXPECT_EQ(world.disk.calls.at(callId).state, CallState::Connected);
    EXPECT_EQ(world.hub->takeAck(callId), (ChannelPositions{3, 3}));
    EXPECT_EQ(world.texts().size(), 6U);
    EXPECT_EQ(shown()->recording, Recording::Active);
}

TEST_F(HubStall, ACallThatBeganAndEndedInItGetsItsDraftOnce) {
    fill();
    begin();
    const CallId callId = shown()->callId;
    const auto grant = world.hub->startAudio(kExtension, callId);
    world.sendAudio(*grant, 3);
    world.phone(CallState::Ended);
    EXPECT_TRUE(world.hub->endAudio(kExtension, {callId, {3, 3}}));
    world.pass(2s);
    EXPECT_EQ(shown()->state, CallState::Ended);
    EXPECT_FALSE(world.hub->isAudioComplete(callId)) << "the technician's program keeps it";
    EXPECT_TRUE(world.hub->snapshot(kExtension).drafts.empty());

    free();
    EXPECT_TRUE(world.hub->isAudioComplete(callId));
    EXPECT_EQ(world.hub->snapshot(kExtension).drafts.size(), 1U);
    EXPECT_EQ(world.disk.drafts.size(), 1U);
}

TEST_F(HubStall, AHangUpIsShownOfACallThatWasStoredBefore) {
    begin();
    fill();
    world.phone(CallState::Ended);
    world.pass(200ms);
    EXPECT_EQ(shown()->state, CallState::Ended);
    EXPECT_EQ(world.disk.calls.begin()->second.state, CallState::Connected);
}

TEST_F(HubStall, WhatHasWaitedDoesNotComeAfterWhatWasShown) {
    world.phone(CallState::Ringing);
    fill();
    world.phone(CallState::Connected);  // waits: nothing has failed yet
    world.pass(200ms);
    world.phone(CallState::Held);
    world.phone(CallState::Ended);
    world.hub->onPbxLink(LinkState::Failed);
    world.pass(200ms);
    const auto before = world.events->events.size();
    free();
    for (std::size_t at = before; at < world.events->events.size(); ++at) {
        const auto& event = world.events->events[at].second;
        if (const auto* changed = std::get_if<protocol::CallChanged>(&event)) {
            EXPECT_EQ(changed->call.state, CallState::Ended);
        }
        if (const auto* changed = std::get_if<protocol::AgentChanged>(&event)) {
            EXPECT_NE(changed->agent.presence, Presence::InCall);
        }
        if (const auto* changed = std::get_if<protocol::SystemChanged>(&event)) {
            EXPECT_EQ(changed->system.pbx, LinkState::Failed);
            EXPECT_EQ(changed->system.storageProblem, std::nullopt);
        }
    }
    EXPECT_EQ(shown()->state, CallState::Ended);
}

TEST_F(HubStall, ACallThatMayNotBeRecordedIsForgottenAndStaysOnTheFaces) {
    HubOptions options;
    options.doNotRecord = {{"+33612", "", "", ""}};
    World strict{options};
    strict.hub->onAgentOnline(kExtension);
    strict.phone(CallState::Connected, "3cx/201/1", "");
    const CallId callId = strict.callId();
    strict.sendAudio(*strict.hub->startAudio(kExtension, callId), 2);
    strict.store->failures = 1'000'000;
    strict.phone(CallState::Connected, "3cx/201/1", kCustomer);
    strict.pass(1s);
    EXPECT_EQ(strict.hub->snapshot(kExtension).calls.front().recording, Recording::Blocked);
    EXPECT_FALSE(strict.hub->startAudio(kExtension, callId));
    strict.store->failures = 0;
    strict.pass(2s);
    ASSERT_EQ(strict.hub->snapshot(kExtension).calls.size(), 1U);
    EXPECT_EQ(strict.hub->snapshot(kExtension).calls.front().recording, Recording::Blocked);
    EXPECT_TRUE(strict.hub->snapshot(kExtension).utterances.empty());
    EXPECT_TRUE(strict.journalDisk.empty());
}

TEST_F(HubStall, AServerThatIsKilledInItHasAcknowledgedNothingOfTheCall) {
    fill();
    begin();
    const CallId callId = shown()->callId;
    world.sendAudio(*world.hub->startAudio(kExtension, callId), 3);
    world.pass(1s);
    EXPECT_EQ(world.hub->takeAck(callId), std::nullopt);
    world.journalDisk.clear();  // set aside: of no call
    world.restart();
    EXPECT_TRUE(world.hub->snapshot(kExtension).calls.empty());
    world.hub->onAgentOnline(kExtension);
    world.phone(CallState::Connected);  // the PBX still shows it
    ASSERT_TRUE(shown());
    EXPECT_NE(shown()->callId, callId);
    EXPECT_TRUE(world.hub->startAudio(kExtension, shown()->callId));
}

TEST_F(HubStall, AStoreThatDoesNotAnswerIsOneThatTakesNothing) {
    world.hub->onPhone([] {
        PhoneEvent ringing;
        ringing.key = "3cx/201/1";
        ringing.extension = kExtension;
        ringing.state = CallState::Ringing;
        return ringing;
    }());
    for (int i = 0; i < 40; ++i) {
        world.clock.advance(100ms);
        world.hub->tick();
    }
    EXPECT_EQ(world.hub->snapshot(kExtension).calls.size(), 1U);
    world.settle();
    EXPECT_EQ(world.hub->snapshot(kExtension).calls.size(), 1U);
    EXPECT_EQ(world.disk.calls.size(), 1U);
}

TEST_F(HubStall, NoMoreThanABoundedNumberOfChangesWaitsAndNoAudioIsLost) {
    begin();
    const CallId callId = world.callId();
    const AudioGrant grant = *world.hub->startAudio(kExtension, callId);
    world.settle();
    fill();
    bool isWatching = false;
    for (std::size_t i = 0; !world.hub->isFull(); ++i) {
        ASSERT_LE(i, Ledger::kMostWaiting);
        isWatching = !isWatching;
        EXPECT_TRUE(world.hub->watchCall("supervisor:key-1", {callId, isWatching}));
    }
    world.pass(200ms);
    EXPECT_EQ(world.hub->snapshot(kExtension).system.storageProblem, "audioNotStored");
    const auto refused = world.hub->watchCall("supervisor:key-1", {callId, !isWatching});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Busy);

    EXPECT_TRUE(world.sendFrame(grant, Speaker::Agent, 0));
    world.settle();
    EXPECT_TRUE(world.journalDisk[callId].empty()) << "not taken, so that it stays with the agent";
    world.phone(CallState::Ringing, "3cx/201/2", "+33699999999");
    world.pass(200ms);
    EXPECT_EQ(world.hub->snapshot(kExtension).calls.size(), 2U) << "calls are shown all the same";

    free();
    EXPECT_FALSE(world.hub->isFull());
    EXPECT_EQ(world.hub->snapshot(kExtension).system.storageProblem, std::nullopt);
    const auto again = world.hub->takeRewind(callId);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->next, ChannelPositions{});
    world.sendAudio(*again, 1);
    EXPECT_EQ(world.journalDisk[callId].size(), 2U);
}

}  // namespace
}  // namespace ninja3cx::calls::doubles
